import { stringOf } from "../contract/attributes";
import { PLAN_KEY } from "../contract/plan-key";
import { hasPossibleReferences, possibleReferences, reference, type TerraformResource } from "./terraform-resource";

/**
 * The same resources, where plan keys that put several new keys into one plan say which key each has: AWS takes a key into a
 * plan once, so as many plan keys as there are possible keys take all of them.
 */
export function withKeysOfPlans(resources: readonly TerraformResource[]): TerraformResource[] {
  const groups = new Map<string, TerraformResource[]>();
  for (const resource of resources) {
    const { type, attributes } = resource;
    const key = stringOf(attributes.key_id);
    if (type !== PLAN_KEY.type || !hasPossibleReferences(key)) continue;
    const plan = stringOf(attributes.usage_plan_id);
    // Of a plan that is one of several, nobody knows whether it is the same one.
    if (hasPossibleReferences(plan)) continue;
    const name = `${plan} ${key}`;
    groups.set(name, [...(groups.get(name) ?? []), resource]);
  }
  const keys = new Map([...groups.values()].flatMap((planKeys) => [...assigned(planKeys)]));
  return resources.map((each) => {
    const key = keys.get(each);
    return key === undefined ? each : { ...each, attributes: { ...each.attributes, key_id: key } };
  });
}

function assigned(planKeys: readonly TerraformResource[]): ReadonlyMap<TerraformResource, string> {
  const possible = possibleReferences(stringOf(planKeys[0]?.attributes.key_id));
  if (possible.length !== planKeys.length) return new Map();
  const left = [...possible];
  const take = (isWanted: (address: string) => boolean) =>
    left.splice(
      Math.max(
        0,
        left.findIndex(({ address }) => isWanted(address)),
      ),
      1,
    );
  // Those of one index belong together, as people write it; for the plan it makes no difference.
  const sorted = [...planKeys].sort((a, b) => Number(hasTwin(b)) - Number(hasTwin(a)));
  return new Map(
    sorted.flatMap((planKey) =>
      take((address) => indexOf(address) === indexOf(planKey.address)).map(
        ({ stack, address, attribute }) => [planKey, reference(stack, address, attribute)] as const,
      ),
    ),
  );

  function hasTwin({ address }: TerraformResource): boolean {
    return possible.some((each) => indexOf(each.address) === indexOf(address));
  }
}

const indexOf = (address: string) => /\[[^[]*\]$/.exec(address)?.[0] ?? address;
