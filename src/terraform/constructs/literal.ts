import { isObject } from "../../vocabulary/objects";

/**
 * Text that Terraform takes as it is. In Terraform's JSON every string is a template, in which a customer called
 * `${file("secrets")}` would be evaluated. A cdktf token stays a reference; the catalog lets none into its texts.
 */
export function literal(text: string): string {
  return text.replace(/[$%](?=\{(?!TfToken\[))/g, (sign) => sign + sign);
}

/** The same for all texts in a value, and for the names of its entries, which are templates too. */
export function literally<Value>(value: Value): Value {
  if (typeof value === "string") return literal(value) as Value;
  if (Array.isArray(value)) return value.map(literally) as Value;
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [literal(name), literally(each)])) as Value;
}

/** The same for stage variables alone, which API Gateway puts in; other references are Terraform's. */
export const stageVariablesAsText = <Text extends string | undefined>(text: Text): Text =>
  text?.replace(/(?<!\$)\$(?=\{stageVariables\.)/g, "$$$$") as Text;
