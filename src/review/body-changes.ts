import type { ResourceChange } from "../model/resource-changes";
import type { TerraformResource } from "../model/terraform-resource";
import { changeOf } from "./compare-synthesized";
import { placeOf } from "./gateway-state";

/** Attributes of an API for which its body gives a value where Terraform gives none. */
const GIVEN_BY_BODY = [
  "api_key_source",
  "binary_media_types",
  "disable_execute_api_endpoint",
  "endpoint_configuration",
  "minimum_compression_size",
  "policy",
];

/**
 * The changes of plans, with those of the parts that stand in the bodies of APIs, as if these were resources of their own.
 *
 * @param before resources before the change, with the parts of bodies
 * @param after resources after it, with the parts of bodies
 */
export function withBodyChanges(
  changes: readonly ResourceChange[],
  before: readonly TerraformResource[],
  after: readonly TerraformResource[],
): ResourceChange[] {
  const [then, now] = [byPlace(before), byPlace(after)];
  const isPart = ({ bodyOf }: TerraformResource) => bodyOf !== undefined;
  const places = new Set([...before, ...after].filter(isPart).map(placeOf));
  return [
    ...changes.map((change) => {
      const [was, is] = [then.get(placeOf(change)), now.get(placeOf(change))];
      const hasBody = change.type === "aws_api_gateway_rest_api" && was !== undefined && is !== undefined;
      return hasBody ? withAttributesOfBody(change, was, is) : change;
    }),
    ...[...places].flatMap((place) => {
      const [was, is] = [then.get(place), now.get(place)];
      const either = is ?? was;
      return either ? [{ ...changeOf(was, was?.address, is, either), bodyOf: either.bodyOf }] : [];
    }),
  ];
}

const byPlace = (resources: readonly TerraformResource[]): ReadonlyMap<string, TerraformResource> =>
  new Map(resources.map((each) => [placeOf(each), each]));

function withAttributesOfBody(change: ResourceChange, was: TerraformResource, is: TerraformResource): ResourceChange {
  const { before, after } = change;
  if (change.action !== "update" || before === undefined || after === undefined) return change;
  const given = GIVEN_BY_BODY.filter(
    (name) =>
      (name in was.attributes && was.attributes[name] !== before[name]) ||
      (name in is.attributes && name in after && is.attributes[name] !== after[name]),
  );
  const differing = given.filter(
    (name) => JSON.stringify(was.attributes[name]) !== JSON.stringify(is.attributes[name]),
  );
  const values = (of: TerraformResource) => Object.fromEntries(given.map((name) => [name, of.attributes[name]]));
  return {
    ...change,
    before: { ...before, ...values(was) },
    after: { ...after, ...values(is) },
    changedAttributes: [
      ...new Set([...change.changedAttributes.filter((name) => !given.includes(name)), ...differing]),
    ].sort(),
  };
}
