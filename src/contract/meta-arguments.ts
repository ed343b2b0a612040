/** What a Terraform block says besides the attributes of its resource; `"//"` is cdktf's note of where it was created. */
export const META_ARGUMENTS: readonly string[] = [
  "//",
  "connection",
  "count",
  "depends_on",
  "for_each",
  "lifecycle",
  "provider",
  "provisioner",
];
