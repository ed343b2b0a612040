import { singleSlash } from "../gateway/routed-request";
import type { Origin, Unsupported } from "../model/model";
import { printable } from "../text/printable";
import type { Target } from "./target";

/** What the files do not say, by what it could change; one sentence each. */
export interface Unknowns {
  /** Whether the stage is there. */
  readonly stages: readonly string[];
  /** Which route takes the call. */
  readonly routes: readonly string[];
  /** Whether the key is enabled. */
  readonly key: readonly string[];
  /** Which plans the key is in, and what they open. */
  readonly plans: readonly string[];
  /** How high the limits are. */
  readonly limits: readonly string[];
}

export const placeOf = ({ stack, address }: Origin): string => (stack === undefined ? address : `${stack}: ${address}`);

/** What is not known of a call. */
export function unknownsOf(target: Target, isEnabledKnown: boolean): Unknowns {
  const { model, key, plans, served } = target;
  const route = served?.router.match(target.method, singleSlash(target.path))?.route.key;
  const all = model.unsupported;
  const own = new Set(plans.map(placeOf));
  const isOwn = (each: Origin) => own.has(placeOf(each));
  const told = (found: readonly Unsupported[], what: (each: Unsupported) => string) =>
    found.map((each) => printable(`${placeOf(each)} ${what(each)}`, 400));
  const repeated = (types: RegExp) =>
    told(
      all.filter((each) => each.kind === "repeated" && types.test(typeOf(each))),
      (each) => `is written with ${"by" in each ? each.by : "count"}: only a Terraform plan says how many there are`,
    );
  // Its id in AWS is all that the files say of it.
  const isExternalKey = key !== undefined && key.address === key.awsId;
  return {
    stages: [
      ...told(
        all.filter((each) => each.kind === "unknown" && each.what === "stage-name"),
        () => "has a name that is known only after a deploy",
      ),
      ...repeated(/^aws_api_gateway_(stage|deployment|rest_api)$/),
    ],
    routes: [
      ...told(all.filter(isAboutRoutes), () => "has a path, a method or a body that is known only after a deploy"),
      ...told(
        all.filter((each) => each.kind === "external-api" && !each.isExternal),
        () => "belongs to an API that is not in these files, or is known only after a deploy",
      ),
      ...repeated(/^aws_api_gateway_(resource|method|authorizer)$/),
    ],
    key: [
      ...told(
        all.filter(
          (each) => each.kind === "unknown" && each.what === "enabled" && key && placeOf(each) === placeOf(key),
        ),
        () => "is enabled or disabled by a value that is known only after a deploy",
      ),
      ...(isExternalKey && !isEnabledKnown
        ? [
            `whether the key ${key.id} is enabled is not in these files, because it is managed elsewhere; --live reads it`,
          ]
        : []),
    ],
    plans: [
      ...(key?.hasUnknownPlans ? [`the key ${key.id} may be in other plans, which is known only after a deploy`] : []),
      ...plans
        .filter(({ hasUnknownStages }) => hasUnknownStages)
        .map(({ id }) => `the usage plan ${id} covers other stages, which are known only after a deploy`),
      ...model.plans
        .filter((plan) => plan.hasUnknownKeys && !plans.includes(plan))
        .map(({ id }) => `the usage plan ${id} may have the key, which is known only after a deploy`),
      ...model.external.plans
        .filter((plan) => plan.keys.some(({ id }) => id === key?.id))
        .map(({ id }) => `the key is in the usage plan ${id} too, which is managed elsewhere`),
      ...repeated(/^aws_api_gateway_(usage_plan|usage_plan_key|api_key)$/),
    ],
    limits: [
      ...told(
        all.filter((each) => isOwn(each) && isUnknownLimit(each, route)),
        (each) => `has a ${"what" in each ? each.what : "limit"} that is known only after a deploy`,
      ),
      ...told(
        all.filter((each) => (isOwn(each) || isPartOf(each, served?.stage)) && each.kind === "method-path"),
        (each) => `throttles ${"path" in each ? each.path : ""}, which is not a method path`,
      ),
      ...told(
        all.filter((each) => isPartOf(each, served?.stage) && isUnknownLimit(each, route)),
        () => "has a throttle that is known only after a deploy",
      ),
      ...repeated(/^aws_api_gateway_method_settings$/),
    ],
  };
}

/** Whether it is a limit that calls of a route meet; a throttle of a method says of which. */
function isUnknownLimit(each: Unsupported, route: string | undefined): boolean {
  if (each.kind !== "unknown" || (each.what !== "quota" && each.what !== "throttle")) return false;
  return route === undefined || each.value === "" || each.value === "*" || each.value === route;
}

const typeOf = ({ address }: Origin): string => /(?:^|\.)(aws_\w+)\.[^.]*$/.exec(address)?.[1] ?? "";

function isAboutRoutes(each: Unsupported): boolean {
  if (each.kind === "unknown") return each.what === "path" || each.what === "method";
  return each.kind === "body" && ["unknown", "unreadable", "version"].includes(each.problem.kind);
}

function isPartOf(each: Origin, stage: (Origin & { readonly parts: readonly string[] }) | undefined): boolean {
  return stage !== undefined && each.stack === stage.stack && stage.parts.includes(each.address);
}
