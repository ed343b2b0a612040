import { z } from "zod";
import { show } from "../text/show";
import { type HandlerOptions, handlerSchema } from "./handler";
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

/** Who answers a route's requests; exactly one of the four. */
export type IntegrationInput =
  | {
      /** A handler of the project's `handlers` folder, by name, or with what its function needs. */
      readonly handler: string | HandlerOptions;
      readonly mock?: never;
      readonly http?: never;
      readonly lambda?: never;
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
    }
  | {
      /** An existing Lambda function, by ARN, with or without a version or alias; it gets the REST proxy event. */
      readonly lambda: string;
      readonly handler?: never;
      readonly mock?: never;
      readonly http?: never;
    };

/** Who answers a route's requests, checked. */
export type Integration =
  | { readonly type: "mock"; readonly status: number; readonly body?: unknown }
  | { readonly type: "http"; readonly url: string }
  | { readonly type: "lambda"; readonly arn: string }
  /** The options are those written at this route; a name alone takes the options that stand elsewhere. */
  | { readonly type: "handler"; readonly name: string; readonly options: HandlerOptions | undefined };

const LAMBDA_ARN =
  /^arn:(?<partition>aws[a-z-]*):lambda:(?<region>[a-z0-9-]+):\d{12}:function:[A-Za-z0-9_-]+(:[A-Za-z0-9_$-]+)?$/;

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

/** ARN of a Lambda function, with or without a version or alias, or a reference to one. */
export const lambdaArn = z
  .string({ error: wrong("must be the ARN of a Lambda function", ARN_REMEDY) })
  .refine((arn) => isKnownLater(arn) || LAMBDA_ARN.test(arn), {
    error: wrong("must be the ARN of a Lambda function", ARN_REMEDY),
  });

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
  lambda: lambdaArn.optional(),
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
  // AWS calls the backend from its own network, where "localhost" and bare host names mean nothing.
  if (!parsed.hostname.includes(".") && !parsed.hostname.startsWith("["))
    return `must name a host that AWS can reach, got ${show(url)}; use its public DNS name`;
  return undefined;
}

/** The checked form of a route's integration; `undefined` unless exactly one is given. */
export function toIntegration(written: {
  readonly handler?: string | HandlerOptions | undefined;
  readonly mock?: number | MockAnswer | undefined;
  readonly http?: string | undefined;
  readonly lambda?: string | undefined;
}): Integration | undefined {
  const found: Integration[] = [];
  if (written.handler !== undefined)
    found.push(
      typeof written.handler === "string"
        ? { type: "handler", name: written.handler, options: undefined }
        : { type: "handler", name: written.handler.name, options: written.handler },
    );
  if (written.mock !== undefined) {
    const answer = typeof written.mock === "number" ? { status: written.mock } : written.mock;
    const { status: answerStatus = 200, body } = answer;
    found.push({ type: "mock", status: answerStatus, ...(body === undefined ? {} : { body }) });
  }
  if (written.http !== undefined) found.push({ type: "http", url: written.http });
  if (written.lambda !== undefined) found.push({ type: "lambda", arn: written.lambda });
  return found.length === 1 ? found[0] : undefined;
}
