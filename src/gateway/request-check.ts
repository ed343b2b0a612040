import type { ApiModel, RouteModel } from "../model/model";
import { type BodyCheck, BodySchemas } from "./body-schemas";
import type { ContextVariables } from "./context-variables";
import type { GatewayError } from "./gateway-responses";
import { headerValue } from "./request";
import type { ReceivedRequest } from "./routed-request";

const JSON_TYPE = "application/json";

/**
 * What a route checks of requests before its integration: required parameters first, then the body.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-method-request-validation.html
 */
export class RequestCheck {
  /** What of it is not checked here, one sentence each; completes "<address> …". */
  readonly problems: readonly string[];
  /** In AWS's order: headers, path, query; in each by name. */
  private readonly required: readonly string[];
  private readonly bodies: ReadonlyMap<string, BodyCheck>;

  constructor({ validates, requestParameters, requestModels }: RouteModel, schemas: BodySchemas | undefined) {
    this.required = validates.parameters
      ? Object.keys(requestParameters)
          .filter((name) => requestParameters[name])
          .sort()
      : [];
    const problems: string[] = [];
    const bodies = new Map<string, BodyCheck>();
    for (const [type, schema] of schemas ? Object.entries(requestModels) : []) {
      const check = schemas?.check(schema);
      if (typeof check === "function") bodies.set(type.toLowerCase(), check);
      else if (check) problems.push(`does not check bodies of ${type} here: its schema ${check.problem}`);
    }
    this.bodies = bodies;
    this.problems = problems;
  }

  refusal({ request }: ReceivedRequest, variables: ContextVariables): GatewayError | undefined {
    const missing = this.required.filter((source) => (variables(source) ?? "") === "").map(nameOf);
    if (missing.length > 0) {
      const message = `Missing required request parameters: [${missing.join(", ")}]`;
      return { type: "BAD_REQUEST_PARAMETERS", message, reason: message };
    }
    if (this.bodies.size === 0) return undefined;
    const type = headerValue(request.headers, "content-type")?.split(";")[0]?.trim().toLowerCase() || JSON_TYPE;
    const check = this.bodies.get(type) ?? this.bodies.get("$default");
    const problem = check?.(request.body.length === 0 ? "{}" : Buffer.from(request.body).toString());
    if (problem === undefined) return undefined;
    return { type: "BAD_REQUEST_BODY", reason: `Invalid request body: ${problem}`, validationError: problem };
  }
}

/** For all stages, and for the list of differences. */
const known = new WeakMap<ApiModel, ReadonlyMap<RouteModel, RequestCheck>>();

/** The checks of an API's routes that have some. */
export function requestChecksOf(api: ApiModel): ReadonlyMap<RouteModel, RequestCheck> {
  const before = known.get(api);
  if (before) return before;
  let schemas: BodySchemas | undefined;
  const checks = new Map<RouteModel, RequestCheck>();
  for (const route of api.routes) {
    const { body, parameters } = route.validates;
    if (!body && !parameters) continue;
    if (body && Object.keys(route.requestModels).length > 0) schemas ??= new BodySchemas(api);
    checks.set(route, new RequestCheck(route, body ? schemas : undefined));
  }
  known.set(api, checks);
  return checks;
}

/** `method.request.querystring.page` → `page` */
const nameOf = (source: string) => source.split(".").slice(3).join(".");
