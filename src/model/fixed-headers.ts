import { decodeHeaders, type HeaderTarget } from "../contract/fixed-headers";
import type { ResourceIndex } from "./resource-index";
import { isKnown, readable, type TerraformResource } from "./terraform-resource";

/** Headers of an answer: fixed ones, and what others are mapped from. Anything else that is mapped is noted. */
export function headersOf(
  target: HeaderTarget,
  parameters: Readonly<Record<string, string>>,
  resource: TerraformResource,
  index: ResourceIndex,
): { readonly headers: Readonly<Record<string, string>>; readonly mappedHeaders: Readonly<Record<string, string>> } {
  const { headers, mapped } = decodeHeaders(target, parameters);
  const prefix = `${target}.header.`;
  const mappedHeaders: Record<string, string> = {};
  for (const [name, value] of Object.entries(mapped)) {
    if (name.startsWith(prefix) && isKnown(value)) mappedHeaders[name.slice(prefix.length)] = value;
    else index.leaveOut(resource, { kind: "mapped-header", header: name, value: readable(value) });
  }
  return { headers, mappedHeaders };
}
