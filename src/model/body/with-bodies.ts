import { type Attributes, stringOf } from "../../contract/attributes";
import { REST_API } from "../../contract/rest-api";
import type { Unsupported } from "../model";
import { isKnown, type TerraformResource, type TerraformResources } from "../terraform-resource";
import { readBody } from "./read-body";

/**
 * The same resources, and the parts of APIs that stand in the body of the API.
 *
 * @param before what exists before the change: what a merge leaves stays, and so does all of an unknown body
 * @default - nothing exists yet
 */
export function withBodies(
  { resources, unsupported, ...others }: TerraformResources,
  before: readonly TerraformResource[] = [],
): TerraformResources {
  const leftOut: Unsupported[] = [...unsupported];
  const partsBefore = partsByApi(before);
  return {
    ...others,
    unsupported: leftOut,
    resources: resources.flatMap((api): TerraformResource[] => {
      if (api.type !== REST_API.type) return [api];
      const there = partsBefore.get(placeOf(api.stack, api.address)) ?? [];
      const { body, put_rest_api_mode: mode } = REST_API.read(api.attributes);
      // Terraform leaves an API as it is whose body is taken away.
      if (body === undefined) return [api, ...there];
      const { parts, attributes, problems } = readBody(api);
      for (const problem of problems) leftOut.push({ stack: api.stack, address: api.address, kind: "body", problem });
      if (parts === undefined) return [api, ...there];
      const own = new Set(parts.map(({ address }) => address));
      const kept = mode === "merge" ? there.filter(({ address }) => !own.has(address)) : [];
      return [completed(api, attributes), ...kept, ...parts];
    }),
  };
}

function partsByApi(resources: readonly TerraformResource[]): ReadonlyMap<string, TerraformResource[]> {
  const parts = new Map<string, TerraformResource[]>();
  for (const each of resources) {
    if (each.bodyOf === undefined) continue;
    const place = placeOf(each.stack, each.bodyOf);
    parts.set(place, [...(parts.get(place) ?? []), each]);
  }
  return parts;
}

const placeOf = (stack: string | undefined, address: string) => `${stack ?? ""}|${address}`;

/** The provider sets what Terraform gives a value for again once the body is there; the rest is as the body says. */
function completed(api: TerraformResource, fromBody: Attributes): TerraformResource {
  const missing = Object.entries(fromBody).filter(([name]) => isUnset(api.attributes[name]));
  return { ...api, attributes: { ...api.attributes, ...Object.fromEntries(missing) } };
}

const isUnset = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  value === false ||
  (Array.isArray(value)
    ? value.length === 0
    : typeof value === "string" && (value === "" || !isKnown(stringOf(value))));
