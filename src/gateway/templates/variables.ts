import { atPath } from "./json-path";
import {
  fromJson,
  type HostObject,
  isValueMap,
  MappingTemplateError,
  print,
  toJson,
  type Value,
  type ValueMap,
} from "./value";

/** Parameters of a request, by where they stand. */
export interface Parameters {
  readonly path: Readonly<Record<string, string>>;
  readonly querystring: Readonly<Record<string, string>>;
  readonly header: Readonly<Record<string, string>>;
}

const mapOf = (entries: Readonly<Record<string, string>>): ValueMap => new Map(Object.entries(entries));

const unsupported = (object: string, method: string) =>
  new MappingTemplateError(`$${object}.${method}() is not supported`);

/**
 * `$input`.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html#input-variable-reference
 */
export function inputVariable(body: string, parameters: Parameters): HostObject {
  // Parsed when it is first needed.
  let parsed: Value;
  const root = (): Value => {
    parsed ??= bodyValue(body);
    return parsed;
  };
  const all = new Map<string, ValueMap>([
    ["path", mapOf(parameters.path)],
    ["querystring", mapOf(parameters.querystring)],
    ["header", mapOf(parameters.header)],
  ]);
  const parameter = (name: string): Value => {
    const group = [...all.values()].find((each) => each.has(name));
    if (group) return group.get(name);
    const lowerCase = name.toLowerCase();
    return Object.entries(parameters.header).find(([other]) => other.toLowerCase() === lowerCase)?.[1] ?? "";
  };
  return {
    property: (name) => (name === "body" ? (body === "" ? "{}" : body) : undefined),
    call: (method, [first], budget) => {
      if (method === "params") return first === undefined ? all : (all.get(print(first)) ?? parameter(print(first)));
      if (method === "path") return atPath(root(), print(first), budget);
      if (method === "json") {
        const found = atPath(root(), print(first), budget);
        budget.weigh(found);
        return JSON.stringify(found === undefined ? "" : toJson(found));
      }
      throw unsupported("input", method);
    },
  };
}

/** A body that is not JSON is a string. */
function bodyValue(body: string): Value {
  let json: unknown;
  try {
    json = JSON.parse(body === "" ? "{}" : body);
  } catch {
    return body;
  }
  return fromJson(json);
}

/**
 * `$util`.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html#util-template-reference
 */
export const UTIL_VARIABLE: HostObject = {
  property: () => undefined,
  call: (method, [value], budget) => {
    const text = print(value);
    switch (method) {
      case "base64Decode":
        return Buffer.from(text, "base64").toString();
      case "base64Encode":
        return Buffer.from(text).toString("base64");
      case "escapeJavaScript":
        // As Java's StringEscapeUtils does, which API Gateway uses.
        return JSON.stringify(text).slice(1, -1).replaceAll("'", "\\'").replaceAll("/", "\\/");
      case "parseJson":
        // Parsing takes longer than anything else that is done with a string.
        budget.spend(text.length * 16);
        return parseJson(text);
      case "urlDecode":
        return urlDecode(text);
      case "urlEncode":
        return encodeURIComponent(text.replace(/\p{Cs}/gu, "?"))
          .replaceAll("%20", "+")
          .replace(/[!'()~]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
      default:
        throw unsupported("util", method);
    }
  },
};

function parseJson(text: string): Value {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new MappingTemplateError("$util.parseJson() got what is not JSON");
  }
  return fromJson(json);
}

function urlDecode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    throw new MappingTemplateError("$util.urlDecode() got what is not URL-encoded");
  }
}

/** What templates change of a request to the backend and of the answer, by `$context.requestOverride` and `responseOverride`. */
export class Overrides {
  readonly request: ValueMap = new Map<string, Value>([
    ["path", new Map()],
    ["querystring", new Map()],
    ["header", new Map()],
  ]);
  readonly response: ValueMap = new Map<string, Value>([["header", new Map()]]);

  /** Parameters of the integration's request that the template set, by name. */
  requestParameters(kind: "path" | "querystring" | "header"): readonly (readonly [string, string])[] {
    const values = this.request.get(kind);
    return isValueMap(values) ? [...values].map(([name, value]) => [name, print(value)] as const) : [];
  }

  /** The status that the template set; `undefined` for none. */
  get status(): number | undefined {
    const status = Number(print(this.response.get("status")));
    return Number.isInteger(status) && status >= 100 && status <= 599 ? status : undefined;
  }

  /** Headers of the answer that the template set, by name. */
  get headers(): readonly (readonly [string, string])[] {
    const headers = this.response.get("header");
    return isValueMap(headers) ? [...headers].map(([name, value]) => [name, print(value)] as const) : [];
  }
}

/** `$context`, whose groups (`identity`, `authorizer`) hold variables. */
export function contextVariable(lookUp: (name: string) => string | undefined, overrides: Overrides): HostObject {
  const within = (prefix: string): HostObject => ({
    property: (name) => {
      const full = `${prefix}.${name}`;
      if (full === "context.requestOverride") return overrides.request;
      if (full === "context.responseOverride") return overrides.response;
      return lookUp(full) ?? (GROUPS.has(full) ? within(full) : undefined);
    },
    // `$context.identity.get("sourceIp")` works too.
    call: (method, [name]) => {
      if (method === "get") return within(prefix).property?.(print(name));
      throw unsupported(prefix, method);
    },
  });
  return within("context");
}

const GROUPS: ReadonlySet<string> = new Set([
  "context.authorizer",
  "context.authorizer.claims",
  "context.error",
  "context.identity",
  "context.identity.clientCert",
]);

export const stageVariablesMap = mapOf;
