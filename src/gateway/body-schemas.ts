import { runInNewContext } from "node:vm";
import type { ValidateFunction } from "ajv";
import type draft4 from "ajv-draft-04";
import { RE2JS } from "re2js";
import { MODELS_URL } from "../model/body-models";
import type { ApiModel } from "../model/model";

/** What is wrong with a body, as `$context.error.validationErrorString` has it; `undefined` for nothing. */
export type BodyCheck = (body: string) => string | undefined;

/** The schemas of an API's models, compiled when a route first needs one. */
export class BodySchemas {
  private readonly ajv: InstanceType<typeof draft4>;
  private readonly compiled = new Map<string, BodyCheck | { readonly problem: string }>();

  constructor({ models }: Pick<ApiModel, "models">) {
    // Loaded only where a route checks bodies.
    const { default: Draft4 } = require("ajv-draft-04") as { default: typeof draft4 };
    this.ajv = new Draft4({
      strict: false,
      allErrors: true,
      validateFormats: false,
      logger: false,
      code: { regExp: Object.assign(linearExpression, { code: "linear" }) },
    });
    for (const [name, schema] of models) {
      const parsed = parsedObject(schema);
      if (parsed === undefined) continue;
      const { id: _id, ...words } = parsed;
      try {
        this.ajv.addSchema(words, MODELS_URL + name);
      } catch {
        // A route that needs it says so.
      }
    }
  }

  /** The check of a schema, or why there is none. */
  check(schema: string): BodyCheck | { readonly problem: string } {
    const known = this.compiled.get(schema) ?? this.compile(schema);
    this.compiled.set(schema, known);
    return known;
  }

  private compile(schema: string): BodyCheck | { readonly problem: string } {
    const parsed = parsedObject(schema);
    if (parsed === undefined) return { problem: "is not a JSON schema" };
    let validate: ValidateFunction;
    try {
      const { id: _id, ...words } = parsed;
      validate = this.ajv.compile(words);
    } catch (error) {
      return { problem: (error as Error).message };
    }
    return (body) => {
      let value: unknown;
      try {
        value = JSON.parse(body);
      } catch {
        return "[Unable to parse the body as JSON]";
      }
      if (inTime(() => validate(value), body.length)) return undefined;
      return `[${(validate.errors ?? []).slice(0, MOST_ERRORS).map(describeError).join(", ")}]`;
    };
  }
}

/** Of a large body there may be millions. */
const MOST_ERRORS = 100;

/** Characters of a body for which no schema takes long. */
const SMALL_BODY = 10_000;
const LONGEST_CHECK_MILLISECONDS = 3_000;

/**
 * Checks a body for a while: `uniqueItems` compares each item with each, so that a large body could stop the gateway.
 *
 * @throws Error for a check that takes too long
 */
function inTime(check: () => boolean, characters: number): boolean {
  if (characters <= SMALL_BODY) return check();
  try {
    return runInNewContext("check()", { check }, { timeout: LONGEST_CHECK_MILLISECONDS }) as boolean;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ERR_SCRIPT_EXECUTION_TIMEOUT") throw error;
    throw new Error(`the body's schema takes more than ${LONGEST_CHECK_MILLISECONDS / 1_000} seconds to check`);
  }
}

/** Patterns of schemas meet what clients send: only such as take linear time. */
function linearExpression(pattern: string) {
  const expression = RE2JS.compile(pattern);
  return { test: (text: string) => expression.matcher(text).find() };
}

function parsedObject(schema: string): Record<string, unknown> | undefined {
  try {
    const parsed: unknown = JSON.parse(schema);
    return typeof parsed === "object" && parsed !== null ? (parsed as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

type SchemaError = NonNullable<ValidateFunction["errors"]>[number];

/** Close to what AWS says, which is not documented. */
function describeError({ keyword, params, message, instancePath }: SchemaError): string {
  switch (keyword) {
    case "required":
      return `object has missing required properties ([${JSON.stringify(params.missingProperty)}])`;
    case "additionalProperties":
      return `object instance has properties which are not allowed by the schema: [${JSON.stringify(params.additionalProperty)}]`;
    default:
      return `${instancePath === "" ? "" : `${instancePath} `}${message ?? keyword}`;
  }
}
