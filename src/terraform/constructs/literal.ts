/**
 * Text that Terraform takes as it is. In Terraform's JSON every string is a template, in which a customer called
 * `${file("secrets")}` would be evaluated. A cdktf token stays a reference; the catalog lets none into its texts.
 */
export function literal(text: string): string {
  return text.replace(/[$%](?=\{(?!TfToken\[))/g, (sign) => sign + sign);
}
