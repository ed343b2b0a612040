import type { ApiDocument } from "../document/api-document";
import type { DocumentNode } from "../document/document";
import { show } from "../text/show";
import type { JsonSchema } from "../vocabulary/json-schema";
import { isObject } from "../vocabulary/objects";
import { parametersOf } from "../vocabulary/path-parameters";
import {
  CHECKED_CONTENT_TYPE,
  isParameterName,
  type ParameterPresence,
  type RequestInput,
} from "../vocabulary/request";
import type { BodySchemas } from "./body-schema";
import type { WrittenOperation } from "./operations";
import type { Remarks } from "./remarks";
import type { Checks } from "./request-validators";

interface Rules {
  readonly query: Record<string, ParameterPresence>;
  readonly headers: Record<string, ParameterPresence>;
}

/** OpenAPI: a header parameter of one of these names "shall be ignored". */
const NOT_PARAMETERS = ["accept", "authorization", "content-type"];
const WITHOUT_BODY = ["GET", "HEAD", "OPTIONS"];

/** Reads what API Gateway can check of an operation's parameters and of its body. */
export class RequestReader {
  constructor(
    private readonly remarks: Remarks,
    private readonly schemas: BodySchemas,
    private readonly document: ApiDocument,
    /** Whether the document is written for API Gateway, which reads headers that OpenAPI passes over. */
    private readonly isForAws: boolean,
  ) {}

  /** `undefined` where nothing is declared. */
  read(operation: WrittenOperation, checks: Checks): RequestInput | undefined {
    const rules: Rules = { query: {}, headers: {} };
    for (const parameter of operation.parameters) this.parameter(parameter, operation, rules, checks);
    const body = checks.body ? this.remarks.reading(() => this.body(operation)) : undefined;
    const { query, headers } = rules;
    const request = {
      ...(Object.keys(query).length > 0 ? { query } : {}),
      ...(Object.keys(headers).length > 0 ? { headers } : {}),
      ...(body === undefined ? {} : { body }),
    };
    return Object.keys(request).length > 0 ? request : undefined;
  }

  private parameter(
    parameter: DocumentNode,
    { path }: WrittenOperation,
    { query, headers }: Rules,
    { parameters: checks }: Checks,
  ): void {
    const { value } = parameter;
    if (!isObject(value) || typeof value.name !== "string" || typeof value.in !== "string") {
      this.remarks.error(parameter, 'must be a parameter with a name and "in"');
      return;
    }
    const { name } = value;
    switch (value.in) {
      case "path":
        if (!parametersOf(path).includes(name.replace(/\+$/, "")))
          this.remarks.warning(parameter, `is for {${name}}, which the path ${path} does not have; it is left out`);
        return;
      case "query":
        if (this.isOneText(parameter, name)) query[name] = this.presence(parameter, name, checks);
        return;
      case "header":
        if (!this.isForAws && NOT_PARAMETERS.includes(name.toLowerCase())) {
          if (value.required === true)
            this.remarks.notice(
              parameter,
              `asks for the header ${name}, which OpenAPI says elsewhere: by security, or by the types of bodies; whether it is there is not checked`,
            );
        } else if (this.isOneText(parameter, name)) headers[name] = this.presence(parameter, name, checks);
        return;
      case "cookie":
        this.remarks.warning(parameter, "is a cookie, of which API Gateway knows nothing; it is passed on unchecked");
        return;
      default:
        this.remarks.error(parameter, `must have "in" query, header, path or cookie, got ${show(value.in)}`);
    }
  }

  /** Whether a request has it under its own name, and under one that API Gateway takes. */
  private isOneText(parameter: DocumentNode, name: string): boolean {
    const {
      in: where,
      style = where === "query" ? "form" : "simple",
      explode = style === "form",
    } = parameter.value as Record<string, unknown>;
    const schema = this.remarks.reading(() => parameter.at("schema")?.value);
    const isObjectSchema = isObject(schema) && (schema.type === "object" || isObject(schema.properties));
    if (style === "deepObject" || (where === "query" && isObjectSchema && explode === true)) {
      this.remarks.warning(parameter, "is an object that is spread over several parameters; it is passed on unchecked");
      return false;
    }
    if (isParameterName(name)) return true;
    this.remarks.warning(
      parameter,
      "has a name that API Gateway does not take (letters, digits and . _ - only); it is passed on unchecked",
    );
    return false;
  }

  private presence(parameter: DocumentNode, name: string, checks: boolean): ParameterPresence {
    const { required, allowEmptyValue, schema } = parameter.value as Record<string, unknown>;
    if (
      isObject(schema) &&
      Object.entries(schema).some(([word, each]) => !DESCRIBES.includes(word) && each !== "string")
    )
      this.remarks.notice(parameter, "is checked for being there where it is required, not for its schema");
    if (required !== true || !checks) return "optional";
    if (allowEmptyValue === true) {
      this.remarks.warning(
        parameter,
        `may be empty, and API Gateway would refuse an empty "${name}"; whether it is there is not checked`,
      );
      return "optional";
    }
    return "required";
  }

  private body({ method, node, items }: WrittenOperation): RequestInput["body"] {
    const body = this.document.bodyOf(node, items);
    if (!body) return undefined;
    const json = body.kinds.find(({ mediaType }) => typeOf(mediaType) === CHECKED_CONTENT_TYPE);
    for (const kind of body.kinds)
      if (kind !== json)
        this.remarks.warning(
          kind.node,
          `bodies of type ${kind.mediaType} are passed on unchecked; a model checks ${CHECKED_CONTENT_TYPE}`,
        );
    if (!json?.schema) return undefined;
    if (WITHOUT_BODY.includes(method)) {
      this.remarks.warning(body.node, `is for ${method}, with which clients send no body; it is not checked`);
      return undefined;
    }
    const schema = this.schemas.translate(json.schema);
    if (body.required || schema === undefined) return schema;
    if (this.isForAws) return schema;
    this.remarks.notice(
      body.node,
      "may be left out, so an empty object and null pass as well: API Gateway checks one of these where there is no body; write " +
        "required: true if it must be there",
    );
    return takingNothing(schema);
  }
}

const typeOf = (mediaType: string) => mediaType.toLowerCase().split(";")[0]?.trim();

/** Whether AWS checks `null` or `{}` in the place of a body that is not there is nowhere written. */
const takingNothing = (schema: JsonSchema): JsonSchema => ({
  anyOf: [schema, { type: "null" }, { type: "object", maxProperties: 0 }],
});

/** Words of a parameter's schema that ask for nothing beyond a text. */
const DESCRIBES = ["default", "description", "example", "examples", "title", "deprecated", "nullable"];
