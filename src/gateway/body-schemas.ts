import type { ValidateFunction } from "ajv";
import type draft4 from "ajv-draft-04";
import { RE2JS } from "re2js";
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
        this.ajv.addSchema(words, `https://apigateway.amazonaws.com/restapis/this/models/${name}`);
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
      if (validate(value)) return undefined;
      return `[${(validate.errors ?? []).map(describeError).join(", ")}]`;
    };
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
