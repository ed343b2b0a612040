import type { IConstruct } from "constructs";
import { isObject } from "../../vocabulary/objects";

/** Blocks of a resource type that somebody has put into the stack's JSON as they are, by their Terraform names. */
export function overridesOf(stack: IConstruct, resourceType: string): Readonly<Record<string, unknown>> {
  const overrides: unknown = Reflect.get(stack, "rawOverrides");
  const resource = isObject(overrides) ? overrides.resource : undefined;
  const blocks = isObject(resource) ? resource[resourceType] : undefined;
  return isObject(blocks) ? blocks : {};
}
