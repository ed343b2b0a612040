import type { Attributes } from "../../contract/attributes";
import { GATEWAY_RESPONSE } from "../../contract/gateway-response";
import { REST_API } from "../../contract/rest-api";
import { ApiDocument } from "../../document/api-document";
import { apiAttributes, endpointNodes } from "../../document/api-settings";
import { DocumentFiles, type DocumentNode } from "../../document/document";
import { EXTENSIONS, gatewayResponseAttributes } from "../../document/extensions";
import { type BasePathMode, basePathOf, pathPrefix, serversOf } from "../../document/servers";
import { UnreadableFile } from "../../document/source-file";
import { canonicalJson } from "../../text/canonical-json";
import { isObject } from "../../vocabulary/objects";
import { isKnown, readable, type TerraformResource } from "../terraform-resource";
import { BodyModels } from "./models";
import { addOperations } from "./operations";
import { PartFactory } from "./part-factory";
import { type BodyProblem, Problems } from "./problems";
import { BodySecurity } from "./security";
import { BodyValidators } from "./validators";

/** What the body of an API says. */
export interface ReadBody {
  /** Resources as Terraform would write them one by one; `undefined` where the body cannot be read at all. */
  readonly parts: readonly TerraformResource[] | undefined;
  /** Attributes of the API for which Terraform gives no value. */
  readonly attributes: Attributes;
  readonly problems: readonly BodyProblem[];
}

/**
 * Reads the body of a REST API, an OpenAPI document with AWS's extensions, into the parts that API Gateway makes of it.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/api/API_PutRestApi.html
 */
export function readBody(api: TerraformResource): ReadBody {
  const { body = "", parameters } = REST_API.read(api.attributes);
  if (!isKnown(body) && !/^\s*[{]|^\s*["']?openapi/.test(body))
    return unread({ kind: "unknown", value: readable(body) });
  let root: DocumentNode;
  try {
    root = new DocumentFiles().rootOfText(body, "body");
  } catch (cause) {
    if (!(cause instanceof UnreadableFile)) throw cause;
    return unread(isKnown(body) ? { kind: "unreadable", why: cause.message } : { kind: "unknown", value: "" });
  }
  const document = ApiDocument.of(root);
  if ("problem" in document) return unread({ kind: "version", version: document.version ?? "" });
  const problems = new Problems(document.version);
  const { basepath = "ignore" } = parameters;
  const mode = MODES.find((known) => known === basepath);
  const basePath = basePathOf(document);
  if (mode === undefined && basePath.length > 0) problems.add({ kind: "base-path", mode: basepath });
  problems.addWords([root], "root");
  problems.addWords(
    serversOf(document).map(({ node }) => node),
    "server",
  );
  problems.addWords(endpointNodes(document), "endpoint");
  const parts = new PartFactory(api);
  const security = new BodySecurity(document, parts, problems);
  const validators = new BodyValidators(root, parts, problems);
  const models = new BodyModels(document, parts, problems);
  addOperations(document, pathPrefix(mode ?? "ignore", basePath), parts, { security, validators, models }, problems);
  for (const { name, value } of root.child(EXTENSIONS.gatewayResponses)?.children() ?? [])
    parts.add(
      GATEWAY_RESPONSE.type,
      `gateway response ${name}`,
      gatewayResponseAttributes(name, isObject(value) ? value : {}),
    );
  return { parts: parts.parts, attributes: apiAttributes(document), problems: distinct(problems.all) };
}

const MODES: readonly BasePathMode[] = ["ignore", "prepend", "split"];

const unread = (problem: BodyProblem): ReadBody => ({ parts: undefined, attributes: {}, problems: [problem] });

const distinct = (problems: readonly BodyProblem[]): BodyProblem[] => [
  ...new Map(problems.map((each) => [canonicalJson(each), each])).values(),
];
