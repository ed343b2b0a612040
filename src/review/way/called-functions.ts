import { stringOf } from "../../contract/attributes";
import { callsFunction, functionNameIn } from "../../contract/function-uri";
import type { ResourceChange } from "../../model/resource-changes";
import { referencesIn } from "../../model/terraform-resource";
import type { GatewayState } from "../gateway-state";
import type { Condition } from "./conditions";

const API_GATEWAY = "apigateway.amazonaws.com";

/**
 * A permission that is not API Gateway's, or of a function that a route called before and none calls afterwards. Where the
 * caller is in none of the plans, nothing is known.
 */
export const permissionIsUnused: Condition = (change, { before, after }) => {
  const principals = [change.before, change.after].flatMap((each) => (each ? [stringOf(each.principal)] : []));
  if (principals.every((each) => each !== "" && each !== API_GATEWAY)) return true;
  const name = nameOf(change);
  return name !== undefined && calledFunctions(before).has(name) && !mayCall(after, name);
};

/** A permission names who may call; anybody may where it names nobody, without a key. */
export const admitsOneCaller: Condition = ({ after = {} }) => {
  const principal = stringOf(after.principal);
  const isLimited = [after.source_arn, after.source_account, after.principal_org_id].some((each) => each !== null);
  return principal !== "" && (principal !== "*" || isLimited);
};

/** Whether a route or an authorizer calls a function, or a version of it, in a state. */
export function isCalled(change: ResourceChange, state: GatewayState): boolean {
  const name = nameOf(change);
  return name !== undefined && calledFunctions(state).has(name);
}

/** Whether it may: the name of the function may be known only later. */
export const mayBeCalled = (change: ResourceChange, state: GatewayState): boolean =>
  nameOf(change) === undefined || isCalled(change, state);

/** The function that a permission, an alias or a function itself names. */
const nameOf = ({ before, after }: ResourceChange) => functionNameIn(stringOf((before ?? after)?.function_name));

const mayCall = (state: GatewayState, name: string) => {
  const called = calledFunctions(state);
  return called.has(name) || called.has(UNKNOWN);
};

/** In the place of the name of a function that is known only later, or that a stage variable names. */
const UNKNOWN = "?";

const called = new WeakMap<GatewayState, ReadonlySet<string>>();

function calledFunctions(state: GatewayState): ReadonlySet<string> {
  const known = called.get(state);
  if (known) return known;
  const names = new Set(urisIn(state).flatMap((uri) => namesIn(uri, state)));
  if (state.ofType("aws_api_gateway_rest_api").some(({ attributes }) => stringOf(attributes.body) !== ""))
    names.add(UNKNOWN);
  called.set(state, names);
  return names;
}

const urisIn = (state: GatewayState) => [
  ...state.textsOf("aws_api_gateway_integration", "uri"),
  ...state.textsOf("aws_api_gateway_authorizer", "authorizer_uri"),
];

function namesIn(uri: string, state: GatewayState): string[] {
  const references = referencesIn(uri);
  const referred = references.flatMap(({ stack, address }) => {
    const { function_name } = state.at({ stack, address })?.attributes ?? {};
    const name = functionNameIn(stringOf(function_name));
    return name === undefined ? [] : [name];
  });
  if (references.length > 0) return referred.length > 0 ? referred : [UNKNOWN];
  if (!callsFunction(uri)) return [];
  const name = functionNameIn(uri);
  return [name === undefined || uri.includes(`${name}\${`) ? UNKNOWN : name];
}
