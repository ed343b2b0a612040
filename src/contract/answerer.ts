import { isDeepStrictEqual } from "node:util";
import type { AnswerHeaders } from "../vocabulary/cors-answers";
import type { Integration } from "../vocabulary/integration";
import type { Route } from "../vocabulary/route";
import type { Attributes } from "./attributes";
import { DEFAULT_PASSTHROUGH_BEHAVIOR } from "./defaults";
import { type DecodeIntegrationOptions, decodeIntegration } from "./integration";
import { INTEGRATION, type IntegrationAttributes } from "./integration-resource";
import { decodeMappings, decodeSettings } from "./integration-settings";
import {
  decodeMockBody,
  decodeMockHeaders,
  decodeMockRequest,
  encodeMockRequest,
  INTEGRATION_RESPONSE,
  METHOD_RESPONSE,
  MOCK_PASSTHROUGH,
} from "./mock";
import { type Decoded, refused } from "./unsupported";

/** Who answers a route, with the headers of a mock's answer. */
export interface Answerer {
  readonly integration: Integration;
  readonly mockHeaders: AnswerHeaders;
}

/** What says who answers a route. */
export interface AnswererResources {
  readonly integration: Attributes;
  /** Method responses. */
  readonly responses: readonly Attributes[];
  /** Integration responses. */
  readonly answers: readonly Attributes[];
}

export interface DecodeAnswererOptions extends DecodeIntegrationOptions {
  /**
   * Whether fixed headers of a mock are its own, and not those of the API's CORS.
   * @default false
   */
  readonly ownHeaders?: boolean;
  /**
   * Whether a mock is read by its templates even where its answer is the same for every request.
   * @default false
   */
  readonly byTemplates?: boolean;
}

/** Who answers a route. */
export function decodeAnswerer(
  route: Pick<Route, "method" | "path">,
  { integration, answers, responses }: AnswererResources,
  options: DecodeAnswererOptions = {},
): Decoded<Answerer> {
  const read = INTEGRATION.read(integration);
  const undeclared = undeclaredStatus(answers, responses);
  if (undeclared !== undefined && !read.type.endsWith("_PROXY"))
    return refused("undeclared-status", METHOD_RESPONSE.type, "status_code", undeclared);
  if (read.type === "MOCK") return decodeMock(read, answers, options);
  const { entry, unsupported } = decodeIntegration(route, read, answers, options);
  return { entry: entry && { integration: entry, mockHeaders: {} }, unsupported };
}

function undeclaredStatus(answers: readonly Attributes[], responses: readonly Attributes[]): string | undefined {
  const declared = responses.map((each) => METHOD_RESPONSE.read(each).status_code);
  return answers
    .map((each) => INTEGRATION_RESPONSE.read(each).status_code)
    .find((status) => !declared.includes(status));
}

/** The status of what no pattern matches. */
const statusOfOthers = (answers: readonly Attributes[]) =>
  answers
    .map((each) => INTEGRATION_RESPONSE.read(each))
    .find(({ selection_pattern }) => selection_pattern === undefined)?.status_code;

/** A mock with one fixed answer is written as such; any other by its templates. */
function decodeMock(
  read: IntegrationAttributes,
  answers: readonly Attributes[],
  { ownHeaders = false, byTemplates = false }: DecodeAnswererOptions,
): Decoded<Answerer> {
  const [answer, ...others] = answers.map((each) => INTEGRATION_RESPONSE.read(each));
  if (!answer) return refused("no-answers", INTEGRATION.type, "type", read.type);
  const { headers, mapped, templates } = decodeMockHeaders(answer);
  const body = decodeMockBody(ownHeaders ? answer.response_templates : templates);
  const { settings, unsupported } = decodeSettings(read, []);
  const isFixed =
    !byTemplates &&
    others.length === 0 &&
    body !== "mapped" &&
    Object.keys(ownHeaders ? answer.response_parameters : mapped).length === 0 &&
    answer.selection_pattern === undefined &&
    answer.content_handling === undefined &&
    Object.keys(settings).length === 0 &&
    // The one that the catalog writes, and the one that AWS takes.
    [MOCK_PASSTHROUGH, DEFAULT_PASSTHROUGH_BEHAVIOR].includes(read.passthrough_behavior) &&
    (Object.keys(read.request_templates).length === 0 || decodeMockRequest(read.request_templates) !== undefined);
  if (isFixed)
    return {
      entry: { integration: { type: "mock", status: Number(answer.status_code), ...body }, mockHeaders: headers },
      unsupported: [],
    };
  const { requestTemplates, ...mappings } = decodeMappings(read, answers, MOCK_PASSTHROUGH);
  const chosen = decodeMockRequest(read.request_templates);
  const isChosen =
    chosen !== undefined && isDeepStrictEqual(requestTemplates, encodeMockRequest(chosen).request_templates);
  const mock: Integration = {
    type: "mock",
    status: isChosen ? chosen : Number(statusOfOthers(answers) ?? answer.status_code),
    settings: { ...settings, ...mappings, ...(requestTemplates && !isChosen ? { requestTemplates } : {}) },
  };
  return { entry: { integration: mock, mockHeaders: {} }, unsupported };
}
