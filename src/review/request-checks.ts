import { stringsOf } from "../contract/attributes";
import type { RouteModel } from "../model/model";
import type { ResourceChange } from "../model/resource-changes";
import type { Explained, Facts, Finding } from "./finding";
import { type GatewayState, placeOf } from "./gateway-state";
import type { RouteChange } from "./routes";
import { aboutRoute } from "./subjects";

const METHOD = "aws_api_gateway_method";
const MODEL = "aws_api_gateway_model";
const VALIDATOR = "aws_api_gateway_request_validator";

const ATTRIBUTES = ["request_models", "request_parameters", "request_validator_id"];

/** What a route demands of a request before the backend sees it. */
interface Checks {
  /** `header X-Shop`, `querystring page`. */
  readonly parameters: readonly string[];
  /** JSON schemas of bodies by media type. */
  readonly bodies: Readonly<Record<string, string>>;
}

/** One finding for each route that checks more than before (`refused`), or only less (`accepted`). */
export function requestCheckFindings(facts: Facts, wanted: "refused" | "accepted"): Finding[] {
  return facts.routes.flatMap((route): Finding[] => {
    if (route.before === undefined || route.after === undefined) return [];
    const [was, is] = [checksOf(route.before), checksOf(route.after)];
    const refused = [
      ...beyond(is.parameters, was.parameters).map((each) => `now demands the ${each}`),
      ...Object.keys(is.bodies)
        .filter((type) => is.bodies[type] !== was.bodies[type])
        .map((type) => (type in was.bodies ? `checks ${type} bodies by another schema` : `now checks ${type} bodies`)),
    ];
    const accepted = [
      ...beyond(was.parameters, is.parameters).map((each) => `no longer demands the ${each}`),
      ...beyond(Object.keys(was.bodies), Object.keys(is.bodies)).map((type) => `no longer checks ${type} bodies`),
    ];
    if ((refused.length > 0 ? "refused" : accepted.length > 0 ? "accepted" : undefined) !== wanted) return [];
    return [{ ...aboutRoute(route), what: [...refused, ...accepted].join("; "), explains: explainedBy(route, facts) }];
  });
}

const beyond = (some: readonly string[], others: readonly string[]) => some.filter((each) => !others.includes(each));

function checksOf({ validates, requestParameters, requestModels }: RouteModel): Checks {
  const demanded = Object.entries(requestParameters).filter(([name, required]) => required && !name.includes(".path."));
  return {
    parameters: validates.parameters ? demanded.map(([name]) => wordsOf(name)).sort() : [],
    bodies: validates.body ? requestModels : {},
  };
}

const wordsOf = (name: string) => name.replace(/^method\.request\./, "").replace(".", " ");

function explainedBy(route: RouteChange, facts: Facts): Explained[] {
  const parts = facts.changes.filter(({ type }) => type === MODEL || type === VALIDATOR);
  return [
    ...route.method.map((change) => ({ change, attributes: ATTRIBUTES })),
    ...parts
      .filter((part) => methodsOf(route, facts).some(([method, state]) => uses(method, part, state)))
      .map((change) => ({ change })),
  ];
}

/** The method of a route, before and after. */
function methodsOf({ before: was, after: is }: RouteChange, { before, after }: Facts) {
  return [...(was ? [[was, before] as const] : []), ...(is ? [[is, after] as const] : [])];
}

/** Whether a method names a model, by its name, or a validator. */
function uses(
  method: { stack: string | undefined; address: string },
  part: ResourceChange,
  state: GatewayState,
): boolean {
  const attributes = state.at(method)?.attributes ?? {};
  if (part.type === MODEL) {
    const names = [part.before, part.after].map((each) => each?.name);
    return Object.values(stringsOf(attributes.request_models)).some((name) => names.includes(name));
  }
  const target = state.targetOf(method, "request_validator_id", VALIDATOR);
  return target !== undefined && placeOf(target) === placeOf(part);
}

/** Whether all that a route checks is known in a state, and what that is; `undefined` where something is not known. */
function knownChecks(change: ResourceChange, state: GatewayState): string | undefined {
  const route = state.routeOf(change);
  const attributes = state.at(change)?.attributes;
  if (route === undefined || attributes === undefined) return undefined;
  const { request_validator_id: validator, request_models: models } = attributes;
  if (validator && state.targetOf(change, "request_validator_id", VALIDATOR) === undefined) return undefined;
  const named = Object.keys(stringsOf(models));
  if (route.validates.body && named.some((type) => !(type in route.requestModels))) return undefined;
  return JSON.stringify(checksOf(route));
}

/** A method checks the same as before, in other words. */
export function checksTheSame(method: ResourceChange, { before, after }: Facts): boolean {
  const [was, is] = [knownChecks(method, before), knownChecks(method, after)];
  return was !== undefined && was === is;
}

/** No route checks requests with a model or a validator, before or after; or all that do check the same as before. */
export function routesCheckTheSame(part: ResourceChange, facts: Facts): boolean {
  const { before, after, changes } = facts;
  const places = new Set(
    [before, after].flatMap((state) =>
      state
        .ofType(METHOD)
        .filter((method) => uses(method, part, state))
        .map(placeOf),
    ),
  );
  return changes.filter((change) => places.has(placeOf(change))).every((method) => checksTheSame(method, facts));
}
