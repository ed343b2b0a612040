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
  /** JSON schemas of bodies by media type, each with all that are referred to. */
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

function checksOf({ validates, requestParameters, requestModels, referredModels }: RouteModel): Checks {
  const demanded = Object.entries(requestParameters).filter(([name, required]) => required && !name.includes(".path."));
  return {
    parameters: validates.parameters ? demanded.map(([name]) => wordsOf(name)).sort() : [],
    bodies: validates.body ? withReferred(requestModels, referredModels) : {},
  };
}

/** A model to which only one of several schemas refers counts for all of them: their media types are one route's. */
function withReferred(
  schemas: RouteModel["requestModels"],
  referred: RouteModel["referredModels"],
): Record<string, string> {
  if (Object.keys(referred).length === 0) return schemas;
  const others = JSON.stringify(referred);
  return Object.fromEntries(Object.entries(schemas).map(([type, schema]) => [type, `${schema} ${others}`]));
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

/** Whether a method names a model, itself or by way of others, or a validator. */
function uses(
  method: { stack: string | undefined; address: string },
  part: ResourceChange,
  state: GatewayState,
): boolean {
  const attributes = state.at(method)?.attributes ?? {};
  if (part.type === MODEL) {
    const named = stringsOf(attributes.request_models);
    const names = [part.before, part.after].map((each) => each?.name);
    if (Object.values(named).some((name) => names.includes(name))) return true;
    const route = state.routeOf(method);
    if (modelsAreKnown(Object.keys(named), route))
      return Object.keys(route?.referredModels ?? {}).some((name) => names.includes(name));
    // To what a model refers that is not in these files, nobody can say.
    const [api, other] = [state.apiOf(method), state.apiOf(part)];
    return api !== undefined && other !== undefined && placeOf(api) === placeOf(other);
  }
  const target = state.targetOf(method, "request_validator_id", VALIDATOR);
  return target !== undefined && placeOf(target) === placeOf(part);
}

/** Whether the schemas of a method's models are known, and of all to which these refer. */
const modelsAreKnown = (types: readonly string[], route: RouteModel | undefined): boolean =>
  types.length === 0 ||
  (route !== undefined &&
    types.every((type) => type in route.requestModels) &&
    !Object.values(route.referredModels).includes(undefined));

/** Whether all that a route checks is known in a state, and what that is; `undefined` where something is not known. */
function knownChecks(change: ResourceChange, state: GatewayState): string | undefined {
  const route = state.routeOf(change);
  const attributes = state.at(change)?.attributes;
  if (route === undefined || attributes === undefined) return undefined;
  const { request_validator_id: validator, request_models: models } = attributes;
  if (validator && state.targetOf(change, "request_validator_id", VALIDATOR) === undefined) return undefined;
  if (route.validates.body && !modelsAreKnown(Object.keys(stringsOf(models)), route)) return undefined;
  return JSON.stringify(checksOf(route));
}

/** A method checks the same as before, in other words. */
export function checksTheSame(method: ResourceChange, { before, after }: Facts): boolean {
  const [was, is] = [knownChecks(method, before), knownChecks(method, after)];
  return was !== undefined && was === is;
}

/** A method checks requests with a model or a validator, before or after, or may do so. */
export const isUsedToCheck = (part: ResourceChange, { before, after }: Facts): boolean =>
  [before, after].some((state) => state.ofType(METHOD).some((method) => uses(method, part, state)));

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
