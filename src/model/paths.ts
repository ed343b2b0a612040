import { stringOf } from "../contract/attributes";
import type { ResourceIndex } from "./resource-index";
import { isKnown, readable, type TerraformResource } from "./terraform-resource";

/** Paths of an API by the id of their resource; the root's among them. */
export function pathsOf(api: TerraformResource, index: ResourceIndex): ReadonlyMap<string, string> {
  const paths = new Map<string, string>(index.attributeTexts(api, "root_resource_id").map((id) => [id, "/"]));
  const waiting = new Set(index.partsOf("aws_api_gateway_resource", api));
  for (let found = true; found; ) {
    found = false;
    for (const resource of waiting) {
      const { parent_id, path_part, path } = resource.attributes;
      const parent = paths.get(stringOf(parent_id));
      const known =
        stringOf(path) || (parent === undefined ? undefined : `${parent === "/" ? "" : parent}/${path_part}`);
      if (known === undefined || !isKnown(known)) continue;
      for (const id of index.attributeTexts(resource, "id")) paths.set(id, known);
      waiting.delete(resource);
      found = true;
    }
  }
  for (const resource of waiting)
    index.leaveOut(resource, {
      kind: "unknown",
      what: "path",
      value: readable(stringOf(resource.attributes.path_part)),
    });
  return paths;
}
