import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import { show } from "../text/show";
import { type AwsService, type AwsServiceInput, awsServiceSchema } from "./aws-service";
import { toServiceCall } from "./aws-service-call";
import { type HandlerOptions, handlerSchema } from "./handler";
import type { HttpMethod } from "./http-method";
import {
  type IntegrationSettings,
  type IntegrationSettingsInput,
  integrationSettingsSchema,
  toIntegrationSettings,
} from "./integration-settings";
import { fieldsOf, isKnownLater, shortOrLong, wrong } from "./schema";

/** API Gateway answers by itself, with no backend: for health checks and for trying things out. */
export interface MockAnswer {
  /**
   * Status of the answer, 200 to 599.
   * @unit HTTP status
   * @default 200
   */
  readonly status?: number;
  /**
   * Body of the answer, sent as JSON.
   * @default - no body
   */
  readonly body?: unknown;
}

/** Who answers a route's requests; exactly one of the five. */
export type IntegrationInput = AnswererInput & {
  /**
   * How API Gateway calls who answers: timeout, mappings, templates, a VPC link, rights.
   * @default - as a proxy, over the internet, within 29 seconds
   */
  readonly integration?: IntegrationSettingsInput;
};

type AnswererInput =
  | {
      /** A handler of the project's `handlers` folder, by name, or with what its function needs. */
      readonly handler: string | HandlerOptions;
      readonly mock?: never;
      readonly http?: never;
      readonly lambda?: never;
      readonly aws?: never;
    }
  | {
      /**
       * API Gateway answers by itself: a status, or a status and a JSON body.
       * @unit HTTP status
       */
      readonly mock: number | MockAnswer;
      readonly handler?: never;
      readonly http?: never;
      readonly lambda?: never;
      readonly aws?: never;
    }
  | {
      /**
       * An existing backend, to which requests are passed as they are. Path parameters of the route can be used:
       * `"https://backend.example.com/pets/{id}"`, and variables of each stage: `"https://${stageVariables.host}/pets"`.
       */
      readonly http: string;
      readonly handler?: never;
      readonly mock?: never;
      readonly lambda?: never;
      readonly aws?: never;
    }
  | {
      /**
       * An existing Lambda function, by ARN, with or without a version or alias; it gets the REST proxy event. The name, the
       * version or the alias may be a variable of each stage: `"arn:aws:lambda:eu-central-1:123456789012:function:pets:${stageVariables.alias}"`.
       */
      readonly lambda: string;
      readonly handler?: never;
      readonly mock?: never;
      readonly http?: never;
      readonly aws?: never;
    }
  | {
      /** An AWS service, without a function between. */
      readonly aws: AwsServiceInput;
      readonly handler?: never;
      readonly mock?: never;
      readonly http?: never;
      readonly lambda?: never;
    };

/** The fields of a route that say who answers. */
export const ANSWERERS = ["handler", "mock", "http", "lambda", "aws"] as const;

/** Who answers a route's requests, checked; with settings where something is said of how it is called. */
export type Integration = (
  | { readonly type: "mock"; readonly status: number; readonly body?: unknown }
  | { readonly type: "http"; readonly url: string }
  | { readonly type: "lambda"; readonly arn: string }
  /** The options are those written at this route; a name alone takes the options that stand elsewhere. */
  | { readonly type: "handler"; readonly name: string; readonly options: HandlerOptions | undefined }
  | ({ readonly type: "aws" } & AwsService)
) & { readonly settings?: IntegrationSettings };

const LAMBDA_ARN =
  /^arn:(?<partition>aws[a-z-]*):lambda:(?<region>[a-z0-9-]+):\d{12}:function:[A-Za-z0-9_-]+(:[A-Za-z0-9_$-]+)?$/;
const STAGE_VARIABLE = /\$\{stageVariables\.[A-Za-z0-9_]+\}/g;

const status = z
  .int({ error: wrong("must be a status from 200 to 599") })
  .min(200, { error: wrong("must be a status from 200 to 599") })
  .max(599, { error: wrong("must be a status from 200 to 599") });

const jsonBody = z.json({ error: "must be JSON: texts, finite numbers, true, false, null, lists and maps of these" });
const mockAnswer = fieldsOf<MockAnswer>()(
  { status: status.optional(), body: jsonBody.optional() },
  "must be a status or an object",
);

const ARN_REMEDY = "write it as arn:aws:lambda:<region>:<account>:function:<name>";

const NO_ARN = { error: wrong("must be the ARN of a Lambda function", ARN_REMEDY) };
const isFunction = (arn: string) => isKnownLater(arn) || LAMBDA_ARN.test(arn);

/** ARN of a Lambda function, with or without a version or alias, or a reference to one. */
export const lambdaArn = z.string(NO_ARN).refine(isFunction, NO_ARN);

/** The ways to write an integration, as fields of a route. */
export const integrationFields = {
  handler: handlerSchema.optional(),
  mock: shortOrLong(status, mockAnswer).optional(),
  http: z
    .string({ error: wrong('must be a URL such as "https://backend.example.com/pets"') })
    .superRefine((url, context) => {
      const problem = problemOfUrl(url);
      if (problem) context.addIssue({ code: "custom", message: problem, input: url });
    })
    .optional(),
  lambda: z
    .string(NO_ARN)
    // API Gateway puts the variable of the stage in; what stands there then must be an ARN as well.
    .refine((arn) => isFunction(arn.replace(STAGE_VARIABLE, "x")), NO_ARN)
    .optional(),
  aws: awsServiceSchema.optional(),
  integration: integrationSettingsSchema.optional(),
};

/** @see https://docs.aws.amazon.com/apigateway/latest/api/API_PutIntegration.html — `uri` */
function problemOfUrl(url: string): string | undefined {
  if (url.includes("%{")) return `must not hold "%{", which Terraform would evaluate, got ${show(url)}; write "%25{"`;
  if (isKnownLater(url)) return undefined;
  let parsed: URL;
  try {
    parsed = new URL(url);
  } catch {
    return `must be a URL, got ${show(url)}; write it as https://backend.example.com/pets`;
  }
  if (parsed.protocol !== "https:" && parsed.protocol !== "http:")
    return `must begin with https:// or http://, got ${show(url)}`;
  return undefined;
}

/** What is written of who answers a route. */
type WrittenIntegration = {
  readonly [Field in (typeof ANSWERERS)[number]]?:
    | NonNullable<Extract<IntegrationInput, Record<Field, unknown>>[Field]>
    | undefined;
} & { readonly integration?: IntegrationSettingsInput | undefined };

/**
 * The checked form of a route's integration; `undefined` unless exactly one is given.
 *
 * @param method the route's own, by which a backend is called where nothing else is said
 */
export function toIntegration(written: WrittenIntegration, method?: HttpMethod): Integration | undefined {
  const answerers = answerersIn(written);
  const [only, another] = answerers;
  if (!only || another) return undefined;
  const service = written.aws && toServiceCall(written.aws).settings;
  const settings = toIntegrationSettings(
    service ? { ...service, ...mergedHeaders(service, written.integration) } : written.integration,
    { passthroughBehavior: DEFAULT_PASSTHROUGH[only.type], ...(method ? { httpMethod: method } : {}) },
  );
  if (!settings) return only;
  return only.type === "mock" && only.body === undefined ? toMock(only.status, settings) : { ...only, settings };
}

/** A template chooses the status of a mock; one answer that says nothing else is that of a mock without settings. */
function toMock(status: number, settings: IntegrationSettings): Integration {
  const responses = Object.entries(settings.responses ?? {});
  const [first] = responses;
  if (first && responses.length === 1 && isDeepStrictEqual(settings, { responses: { [first[0]]: {} } }))
    return { type: "mock", status: Number(first[0]) };
  const others = responses.find(([, { selectionPattern }]) => selectionPattern === undefined)?.[0];
  return { type: "mock", status: settings.requestTemplates && others ? Number(others) : status, settings };
}

/** What a body without a template becomes where nothing is said; what is written for a service always stands there. */
const DEFAULT_PASSTHROUGH = {
  mock: "WHEN_NO_TEMPLATES",
  http: "WHEN_NO_MATCH",
  lambda: "WHEN_NO_MATCH",
  handler: "WHEN_NO_MATCH",
  aws: undefined,
} as const;

/** What a service needs stays where the route says something of its own beside it. */
const mergedHeaders = (
  service: IntegrationSettingsInput,
  own: IntegrationSettingsInput = {},
): IntegrationSettingsInput => ({
  // Without templates, NEVER would refuse every request.
  passthroughBehavior: service.passthroughBehavior ?? (own.requestTemplates ? "NEVER" : "WHEN_NO_MATCH"),
  ...own,
  headers: { ...service.headers, ...own.headers },
  path: { ...service.path, ...own.path },
});

function answerersIn(written: WrittenIntegration): Integration[] {
  const found: Integration[] = [];
  const { handler, mock, http, lambda, aws } = written;
  if (handler !== undefined)
    found.push(
      typeof handler === "string"
        ? { type: "handler", name: handler, options: undefined }
        : { type: "handler", name: handler.name, options: handler },
    );
  if (mock !== undefined) {
    const { status = 200, body } = typeof mock === "number" ? { status: mock } : mock;
    found.push({ type: "mock", status, ...(body === undefined ? {} : { body }) });
  }
  if (http !== undefined) found.push({ type: "http", url: http });
  if (lambda !== undefined) found.push({ type: "lambda", arn: lambda });
  if (aws !== undefined) found.push({ type: "aws", ...toServiceCall(aws).service });
  return found;
}
