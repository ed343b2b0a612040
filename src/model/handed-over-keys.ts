import { stringOf } from "../contract/attributes";
import type { HandedOverKey } from "./model";
import type { ResourceIndex } from "./resource-index";
import type { TerraformResource } from "./terraform-resource";

/** Where the values of keys are written for others to read: parameters and secrets, by the key. */
export function handedOverKeys(index: ResourceIndex): ReadonlyMap<TerraformResource, HandedOverKey> {
  const keys = new Map<TerraformResource, HandedOverKey>();
  const note = (value: unknown, store: HandedOverKey["store"], name: unknown) => {
    const [key] = index.referredIn(stringOf(value), "aws_api_gateway_api_key");
    if (key && stringOf(name) !== "") keys.set(key, { store, name: stringOf(name) });
  };
  for (const { attributes } of index.ofType("aws_ssm_parameter"))
    note(attributes.value_wo ?? attributes.value, "ssm", attributes.name);
  for (const { attributes } of index.ofType("aws_secretsmanager_secret_version")) {
    const id = stringOf(attributes.secret_id);
    const secret =
      index.referredIn(id, "aws_secretsmanager_secret")[0] ??
      index.ofType("aws_secretsmanager_secret").find((each) => index.refersTo(id, each));
    note(attributes.secret_string_wo ?? attributes.secret_string, "secretsmanager", secret?.attributes.name);
  }
  return keys;
}
