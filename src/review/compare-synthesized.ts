import type { Attributes } from "../contract/attributes";
import { META_ARGUMENTS } from "../contract/meta-arguments";
import type { ResourceChange } from "../model/resource-changes";
import { readStackFiles } from "../model/stack-files";
import { mapStrings, referencesIn, type TerraformResource, withReferences } from "../model/terraform-resource";
import { placeOf } from "./gateway-state";

/** What the first plan of some stacks is going to say, as far as the synthesized files tell. */
export interface Comparison {
  readonly changes: readonly ResourceChange[];
  readonly before: readonly TerraformResource[];
  readonly after: readonly TerraformResource[];
}

export const NOTHING: Comparison = { changes: [], before: [], after: [] };

/**
 * Compares stacks that cannot be planned yet with the base branch, as if that were deployed; without one, as if nothing of
 * them existed.
 *
 * @param folder cdktf's output folder, whose resources are those of `now`
 * @param then resources of the base branch; none without one
 * @param planned changes of the other stacks, which know the ids that AWS has given to resources of these
 */
export function compareSynthesized(
  stacks: readonly string[],
  folder: string,
  now: readonly TerraformResource[],
  then: readonly TerraformResource[],
  planned: readonly ResourceChange[],
): Comparison {
  const isPending = ({ stack = "" }: TerraformResource) => stacks.includes(stack);
  const ids = new Map([
    ...idsKnown(then, new Map(planned.map((change) => [placeBefore(change), change.before]))),
    ...idsKnown(now, new Map(planned.map((change) => [placeOf(change), change.after]))),
  ]);
  const moves = movesIn(stacks, folder);
  const before = then.filter(isPending).map((resource) => ({
    resource: withId(
      { ...withMovedReferences(resource, moves), address: moves.get(placeOf(resource)) ?? resource.address },
      ids.get(placeOf(resource)),
    ),
    from: resource.address,
  }));
  const after = now.filter(isPending).map((resource) => withId(resource, ids.get(placeOf(resource))));
  const thenByPlace = new Map(before.map((each) => [placeOf(each.resource), each]));
  const nowByPlace = new Map(after.map((resource) => [placeOf(resource), resource]));
  return {
    changes: [...new Set([...thenByPlace.keys(), ...nowByPlace.keys()])].flatMap((place) => {
      const was = thenByPlace.get(place);
      const is = nowByPlace.get(place);
      const either = is ?? was?.resource;
      return either ? [changeOf(was?.resource, was?.from, is, either)] : [];
    }),
    before: before.map(({ resource }) => resource),
    after,
  };
}

const placeBefore = ({ stack, address, previousAddress }: ResourceChange) =>
  placeOf({ stack, address: previousAddress ?? address });

/** Where one stack refers to a resource of another, the plan of the one knows the id of the other. */
function idsKnown(
  synthesized: readonly TerraformResource[],
  planned: ReadonlyMap<string, Attributes | undefined>,
): [place: string, id: string][] {
  return synthesized.flatMap((resource) => {
    const values = planned.get(placeOf(resource));
    if (values === undefined) return [];
    return Object.entries(resource.attributes).flatMap(([name, text]): [string, string][] => {
      const value = values[name];
      if (typeof text !== "string" || typeof value !== "string") return [];
      const [target] = referencesIn(text);
      return target?.attribute === "id" && !target.derived ? [[placeOf(target), value]] : [];
    });
  });
}

const withId = (resource: TerraformResource, id: string | undefined): TerraformResource =>
  id === undefined ? resource : { ...resource, attributes: { ...resource.attributes, id } };

/** New addresses by the old ones, as the stacks declare them. */
function movesIn(stacks: readonly string[], folder: string): ReadonlyMap<string, string> {
  const files = readStackFiles(folder).filter(({ stack }) => stacks.includes(stack));
  return new Map(
    files.flatMap(({ stack, json: { moved = [] } }) =>
      moved.map(({ from, to }) => [placeOf({ stack, address: String(from) }), String(to)] as const),
    ),
  );
}

/** What refers to a resource that moves is not changed by that. */
function withMovedReferences(resource: TerraformResource, moves: ReadonlyMap<string, string>): TerraformResource {
  if (moves.size === 0) return resource;
  const moved = mapStrings(resource.attributes, (text) =>
    withReferences(text, ({ stack, address }) => moves.get(placeOf({ stack, address })) ?? address),
  );
  return { ...resource, attributes: moved as Attributes };
}

/** Attributes that AWS cannot change, so that Terraform recreates the resource; `"*"` for any of them. */
const REPLACED_FOR: Readonly<Record<string, readonly string[]>> = {
  aws_api_gateway_api_key: ["value"],
  aws_api_gateway_deployment: ["*"],
  aws_api_gateway_usage_plan_key: ["*"],
  aws_secretsmanager_secret: ["name"],
  aws_ssm_parameter: ["name"],
};

/** What becomes of a resource, of which nothing is known but its attributes before and after. */
export function changeOf(
  was: TerraformResource | undefined,
  from: string | undefined,
  is: TerraformResource | undefined,
  { stack = "", address, type }: TerraformResource,
): ResourceChange {
  const changedAttributes = was && is ? differing(was.attributes, is.attributes) : [];
  const forcing = REPLACED_FOR[type] ?? [];
  const replacedFor = changedAttributes.filter((name) => forcing.includes("*") || forcing.includes(name));
  const kept = changedAttributes.length === 0 ? "none" : replacedFor.length > 0 ? "replace" : "update";
  return {
    stack,
    address,
    previousAddress: from === address ? undefined : from,
    type,
    action: was === undefined ? "create" : is === undefined ? "delete" : kept,
    replacedFor,
    imported: false,
    before: was?.attributes,
    after: is?.attributes,
    changedAttributes,
    unknownAttributes: [],
    sensitiveAttributes: [],
  };
}

function differing(one: TerraformResource["attributes"], other: TerraformResource["attributes"]): string[] {
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...names]
    .filter((name) => !META_ARGUMENTS.includes(name) && JSON.stringify(one[name]) !== JSON.stringify(other[name]))
    .sort();
}
