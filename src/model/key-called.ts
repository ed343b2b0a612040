import type { KeyModel } from "./model";

/** The key of this id, or of this Terraform name: that is the subscription's id where its key has another name in AWS. */
export function keyCalled(id: string, keys: readonly KeyModel[]): KeyModel | undefined {
  return keys.find((key) => key.id === id) ?? keys.find(({ address }) => address.endsWith(`.${id}`));
}
