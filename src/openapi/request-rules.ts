import type { DocumentNode } from "../document/document";
import { show } from "../text/show";
import { isObject } from "../vocabulary/objects";
import { parametersOf } from "../vocabulary/path-parameters";
import {
  CHECKED_CONTENT_TYPE,
  isParameterName,
  type ParameterPresence,
  type RequestInput,
} from "../vocabulary/request";
import type { BodySchemas } from "./body-schema";
import type { Remarks } from "./remarks";

interface Rules {
  readonly query: Record<string, ParameterPresence>;
  readonly headers: Record<string, ParameterPresence>;
}

interface WrittenOperation {
  readonly method: string;
  readonly path: string;
  readonly node: DocumentNode;
  /** Parameters of the path item, then of the operation, with references followed. */
  readonly parameters: readonly DocumentNode[];
}

/** OpenAPI: a header parameter of one of these names "shall be ignored". */
const NOT_PARAMETERS = ["accept", "authorization", "content-type"];
const WITHOUT_BODY = ["GET", "HEAD", "OPTIONS"];

/** Reads what API Gateway can check of an operation's parameters and of its body. */
export class RequestReader {
  constructor(
    private readonly remarks: Remarks,
    private readonly schemas: BodySchemas,
    /** Whether it is to be checked, or only declared. */
    private readonly checks: boolean,
  ) {}

  /** `undefined` where nothing is declared. */
  read(operation: WrittenOperation): RequestInput | undefined {
    const rules: Rules = { query: {}, headers: {} };
    for (const parameter of operation.parameters) this.parameter(parameter, operation, rules);
    const body = this.checks ? this.remarks.reading(() => this.body(operation)) : undefined;
    const { query, headers } = rules;
    const request = {
      ...(Object.keys(query).length > 0 ? { query } : {}),
      ...(Object.keys(headers).length > 0 ? { headers } : {}),
      ...(body === undefined ? {} : { body }),
    };
    return Object.keys(request).length > 0 ? request : undefined;
  }

  private parameter(parameter: DocumentNode, { path }: WrittenOperation, { query, headers }: Rules): void {
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
        if (this.isOneText(parameter, name)) query[name] = this.presence(parameter, name);
        return;
      case "header":
        if (!NOT_PARAMETERS.includes(name.toLowerCase()) && this.isOneText(parameter, name))
          headers[name] = this.presence(parameter, name);
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

  private presence(parameter: DocumentNode, name: string): ParameterPresence {
    const { required, allowEmptyValue, schema } = parameter.value as Record<string, unknown>;
    if (
      isObject(schema) &&
      Object.entries(schema).some(([word, each]) => !DESCRIBES.includes(word) && each !== "string")
    )
      this.remarks.notice(parameter, "is checked for being there where it is required, not for its schema");
    if (required !== true || !this.checks) return "optional";
    if (allowEmptyValue === true) {
      this.remarks.warning(
        parameter,
        `may be empty, and API Gateway would refuse an empty "${name}"; whether it is there is not checked`,
      );
      return "optional";
    }
    return "required";
  }

  private body({ method, node }: WrittenOperation): RequestInput["body"] {
    const body = node.at("requestBody");
    const content = body?.at("content");
    if (!body || !content) return undefined;
    const kinds = content.children();
    const json = kinds.find(({ name }) => name.toLowerCase().split(";")[0]?.trim() === CHECKED_CONTENT_TYPE);
    for (const kind of kinds)
      if (kind !== json)
        this.remarks.warning(
          kind,
          `bodies of type ${kind.name} are passed on unchecked; a model checks ${CHECKED_CONTENT_TYPE}`,
        );
    const schema = json?.followed().child("schema");
    if (!schema) return undefined;
    if (WITHOUT_BODY.includes(method)) {
      this.remarks.warning(body, `is for ${method}, with which clients send no body; it is not checked`);
      return undefined;
    }
    if (isObject(body.value) && body.value.required !== true) {
      this.remarks.warning(
        body,
        "may be left out, and API Gateway would check it even then; it is passed on unchecked. Write required: true if it must be there",
      );
      return undefined;
    }
    return this.schemas.translate(schema);
  }
}

/** Words of a parameter's schema that ask for nothing beyond a text. */
const DESCRIBES = ["default", "description", "example", "examples", "title", "deprecated", "nullable"];
