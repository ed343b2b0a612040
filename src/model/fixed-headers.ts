import { decodeHeaders, type HeaderTarget } from "../contract/fixed-headers";
import type { ResourceIndex } from "./resource-index";
import { readable, type TerraformResource } from "./terraform-resource";

/** Fixed headers by name; mapped ones are left out, and noted. */
export function fixedHeaders(
  target: HeaderTarget,
  parameters: Readonly<Record<string, string>>,
  resource: TerraformResource,
  index: ResourceIndex,
): Readonly<Record<string, string>> {
  const { headers, mapped } = decodeHeaders(target, parameters);
  for (const [name, value] of Object.entries(mapped))
    index.leaveOut(resource, { kind: "mapped-header", header: name, value: readable(value) });
  return headers;
}
