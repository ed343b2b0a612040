/**
 * Text that Terraform takes as it is. In Terraform's JSON every string is a template, in which a customer called
 * `${file("secrets")}` would be evaluated.
 */
export function literal(text: string): string {
  return text.replace(/[$%](?=\{)/g, (sign) => sign + sign);
}
