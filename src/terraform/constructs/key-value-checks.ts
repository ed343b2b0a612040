import { TerraformOutput } from "cdktf";
import type { Construct } from "constructs";
import { named } from "./named";

/**
 * What Terraform checks before it plans the key. Not validations of the variable: where one of these fails, Terraform
 * prints the value, sensitive or not.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-setup-api-key-with-console.html
 */
export function keyValueConditions(variable: string, subscription: string) {
  const allowed = "20 to 128 letters and digits";
  return [
    {
      condition: `\${var.${variable} != ""}`,
      errorMessage: `Subscription ${subscription} brings its key value along, but the Terraform variable ${variable} is not set; set TF_VAR_${variable} to ${allowed}.`,
    },
    {
      condition: `\${var.${variable} == "" || can(regex("^[A-Za-z0-9]{20,128}$", var.${variable}))}`,
      errorMessage: `The key value of subscription ${subscription} (TF_VAR_${variable}) must be ${allowed}.`,
    },
  ];
}

/**
 * An output without a value, for its precondition: it compares the values of all key variables when Terraform plans. Of
 * two keys with one value, AWS would create the first and answer 409 for the second. Not a precondition of a key: a key's
 * block would change with every other key, and comparing all with all takes Terraform minutes.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/api/API_CreateApiKey.html — ConflictException
 */
export function compareKeyValues(scope: Construct, variables: readonly string[]): void {
  const output = named(TerraformOutput, scope, "output", {
    value: "${null}",
    description: "Holds nothing; checks that no two key variables have the same value.",
  });
  // cdktf leaves the preconditions of an output out.
  output.addOverride("precondition", [distinctValues(variables)]);
}

/** Of the message only names are seen. */
function distinctValues(variables: readonly string[]) {
  const byName = `{ ${variables.map((name) => `"${name}" = var.${name}`).join(", ")} }`;
  const namesByValue = `{ for name, value in ${byName} : value => name... if value != "" }`;
  const same = `nonsensitive([for names in ${namesByValue} : join(" and ", names) if length(names) > 1])`;
  return {
    condition: `\${alltrue([for names in ${namesByValue} : length(names) == 1])}`,
    error_message: `The Terraform variables \${join("; ", ${same})} have the same value, but AWS takes a key's value once in each account and Region; set TF_VAR_<name> of all but one of them to another value.`,
  };
}
