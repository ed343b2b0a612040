import type { Json } from "../../support/synthesize";

/** What is compared of an API: plain values, so that each difference has a path. */
export interface DescribedApi {
  readonly settings: Record<string, Json>;
  readonly routes: Record<string, DescribedRoute>;
}

export interface DescribedRoute {
  readonly apiKeyRequired: boolean;
  /** NONE, AWS_IAM, CUSTOM or COGNITO_USER_POOLS. */
  readonly authorization: string;
  readonly scopes: readonly string[];
  readonly authorizer: Json;
  /** Whether it has to be there, as far as that is checked: `{ "querystring.limit": true }`. */
  readonly parameters: Readonly<Record<string, boolean>>;
  /** The shape of the JSON bodies that are let through. */
  readonly body: Json;
  readonly integration: Json;
}

/** A value without what says nothing, with its names in order. */
export function plain(value: Json): Json {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value)
    .map(([name, each]): [string, Json] => [name, plain(each)])
    .filter(([, each]) => each !== undefined && !(typeof each === "object" && each !== null && size(each) === 0));
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

const size = (value: object) => Object.keys(value).length;

interface Shape {
  type?: string[];
  required?: string[];
  properties?: Record<string, Shape>;
  items?: Shape;
  enum?: Json[];
}

/**
 * What a schema asks of a body as far as every dialect says it alike: types, required names, properties, items and values.
 *
 * @param follow what a schema that is a reference refers to
 */
export function shapeOf<Node>(
  node: Node,
  read: (node: Node) => Json,
  within: (node: Node, name: string) => Node[],
): Json {
  const visit = (at: Node, depth: number): Shape => {
    const value = read(at);
    if (depth > 6 || typeof value !== "object" || value === null) return {};
    const { type, required, enum: values, nullable } = value;
    let shape: Shape = {};
    const types: string[] = [type ?? []].flat();
    if (types.length > 0) shape.type = types;
    if (nullable === true && shape.type) shape.type = [...shape.type, "null"];
    if (Array.isArray(required) && required.length > 0) shape.required = required;
    const allowed = Array.isArray(values) ? values : "const" in value ? [value.const] : [];
    // Dialects say null by the type, by the values, or by both.
    if (allowed.some((each) => each !== null)) shape.enum = allowed.filter((each) => each !== null);
    else if (allowed.length > 0) shape.type = ["null"];
    if (shape.enum?.length !== allowed.length && shape.type && shape.enum) shape.type = [...shape.type, "null"];
    for (const name of Object.keys(value.properties ?? {})) {
      const [property] = within(at, `properties/${name}`);
      if (property) shape.properties = { ...shape.properties, [name]: visit(property, depth + 1) };
    }
    const [items] = within(at, "items");
    if (items && !Array.isArray(value.items)) shape.items = visit(items, depth + 1);
    for (const each of within(at, "allOf")) shape = both(shape, visit(each, depth));
    const written = within(at, "anyOf");
    // A body that may be left out: null and {} pass beside it.
    const isOptional = written.some((each) => read(each)?.maxProperties === 0);
    const alternatives = written.filter((each) => read(each)?.maxProperties !== 0).map((each) => visit(each, depth));
    const [only, ...others] = alternatives.filter((each) => !isNothing(each));
    if (only && others.length === 0 && isOptional) shape = both(shape, only);
    else if (only && others.length === 0 && alternatives.length > 1)
      shape = both(shape, { ...only, ...(only.type ? { type: [...only.type, "null"] } : {}) });
    return shape;
  };
  return plain(sorted(visit(node, 0)));
}

/** What a body is where there is none. */
const isNothing = ({ type = [], enum: values, ...others }: Shape) =>
  size(others) === 0 && ((type.length === 1 && type[0] === "null") || (values?.length === 1 && values[0] === null));

const both = (a: Shape, b: Shape): Shape => ({
  ...a,
  ...b,
  ...(a.required || b.required ? { required: [...(a.required ?? []), ...(b.required ?? [])] } : {}),
  ...(a.properties || b.properties ? { properties: { ...a.properties, ...b.properties } } : {}),
});

function sorted(shape: Shape): Shape {
  const unique = (list: string[]) => [...new Set(list)].sort();
  return {
    ...shape,
    ...(shape.type ? { type: unique(shape.type) } : {}),
    ...(shape.required ? { required: unique(shape.required) } : {}),
    ...(shape.enum ? { enum: [...new Set(shape.enum)].map((each) => JSON.stringify(each)).sort() } : {}),
    ...(shape.items ? { items: sorted(shape.items) } : {}),
    ...(shape.properties
      ? { properties: Object.fromEntries(Object.entries(shape.properties).map(([name, each]) => [name, sorted(each)])) }
      : {}),
  };
}

/** An integration in one form: what is the default is left out, and what API Gateway does not read of a proxy. */
export function plainIntegration(written: Json): Json {
  const { type, responses = {}, requestTemplates = {}, passthrough = "WHEN_NO_MATCH", timeout = 29000 } = written;
  const isProxy = type.endsWith("_PROXY");
  const isMock = type === "MOCK";
  const status = Object.values(requestTemplates).map(
    (text) => /"?statusCode"?\s*:\s*"?(\d{3})/.exec(String(text))?.[1],
  );
  const isFixedMock =
    isMock && Object.values(requestTemplates).every((text) => !/#(if|set|else|foreach)/.test(String(text)));
  const answers = Object.fromEntries(
    Object.entries<Json>(responses).map(([code, response]) => [
      code,
      { ...response, pattern: isFixedMock ? undefined : response.pattern, templates: withoutEmpty(response.templates) },
    ]),
  );
  return plain({
    ...written,
    method: isMock ? undefined : written.method,
    uri: isMock ? undefined : written.uri,
    credentials: isMock ? undefined : written.credentials,
    // A mock without patterns answers by the status that its template says.
    requestTemplates: isProxy ? undefined : isFixedMock ? (status[0] ?? "no status") : requestTemplates,
    passthrough: isProxy || isMock || passthrough === "WHEN_NO_MATCH" ? undefined : passthrough,
    responses: isProxy ? undefined : answers,
    timeout: isMock || timeout === 29000 ? undefined : timeout,
    contentHandling: isMock ? undefined : written.contentHandling,
    requestParameters: isMock ? undefined : written.requestParameters,
    insecure: written.insecure || undefined,
  });
}

/** An empty template for JSON leaves the answer of a mock as it is: empty. */
const withoutEmpty = (templates: Json) =>
  templates &&
  Object.fromEntries(Object.entries(templates).filter(([, text]) => typeof text === "string" && text.trim() !== ""));
