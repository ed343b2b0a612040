import type { Attributes } from "../contract/attributes";
import { isObject } from "../vocabulary/objects";

/** One instance of a resource, `count` and `for_each` unrolled. */
export interface Instance {
  readonly address: string;
  /** Address of the module: `""`, `module.shop`, `module.shop["eu"].module.tier`. */
  readonly module: string;
  /** `aws_api_gateway_stage.this`. */
  readonly resource: string;
  readonly type: string;
  readonly index: unknown;
  readonly values: Attributes;
}

/** The resources that a plan or a state shows of a module, and of the modules in it; no data sources. */
export function instancesOf(module: unknown, path = ""): Instance[] {
  if (!isObject(module)) return [];
  const own = objectsOf(module.resources).flatMap((each): Instance[] => {
    const { address, type, name, mode, index, values, deposed_key: deposed } = each;
    // An object that is yet to be deleted has the address of the one that took its place.
    if (mode === "data" || deposed !== undefined || [address, type, name].some((each) => typeof each !== "string"))
      return [];
    const resource = `${type}.${name}`;
    const shown = isObject(values) ? values : {};
    return [{ address: String(address), module: path, resource, type: String(type), index, values: shown }];
  });
  return [...own, ...objectsOf(module.child_modules).flatMap((child) => instancesOf(child, String(child.address)))];
}

/** The objects of a list; none where there is not a list. */
export const objectsOf = (value: unknown): Attributes[] => (Array.isArray(value) ? value.filter(isObject) : []);
