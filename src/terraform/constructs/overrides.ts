import type { IConstruct } from "constructs";
import { isObject } from "../../vocabulary/objects";

/** Whether somebody has put anything into the stack's JSON that concerns resources. */
export const hasResourceOverrides = (stack: IConstruct): boolean => Object.hasOwn(rawOverrides(stack), "resource");

/** Blocks of a resource type that somebody has put into the stack's JSON as they are, by their Terraform names. */
export function overridesOf(stack: IConstruct, resourceType: string): Readonly<Record<string, unknown>> {
  const { resource } = rawOverrides(stack);
  const blocks = isObject(resource) ? resource[resourceType] : undefined;
  return isObject(blocks) ? blocks : {};
}

function rawOverrides(stack: IConstruct): Readonly<Record<string, unknown>> {
  const overrides: unknown = Reflect.get(stack, "rawOverrides");
  return isObject(overrides) ? overrides : {};
}
