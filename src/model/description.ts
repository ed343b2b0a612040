import { stringOf } from "../contract/attributes";
import { DEFAULT_DESCRIPTION } from "../contract/defaults";
import { isKnown, type TerraformResource } from "./terraform-resource";

/** What a resource is said to be; empty where that is not known. */
export function descriptionOf({ attributes }: TerraformResource): string {
  const about = stringOf(attributes.description);
  return about === DEFAULT_DESCRIPTION || !isKnown(about) ? "" : about;
}
