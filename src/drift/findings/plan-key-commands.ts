import type { TerraformResource } from "../../model/terraform-resource";
import { shellWord } from "../../text/shell-word";

/** The command that takes a key out of a plan in AWS. */
export const takeOut = (planId: string, keyId: string, region: string | undefined): string =>
  `aws apigateway delete-usage-plan-key --usage-plan-id ${planId} --key-id ${keyId}${region === undefined ? "" : ` --region ${region}`}`;

/** A command of Terraform in the folder of a stack. */
export const terraform = ({ folder }: Pick<TerraformResource, "folder">, ...args: readonly string[]): string =>
  ["terraform", ...(folder === "" ? [] : [`-chdir=${folder}`]), ...args].map(shellWord).join(" ");

/** The command by which Terraform learns that a key is in a plan. */
export const importPlanKey = (
  holder: Pick<TerraformResource, "folder">,
  address: string,
  planId: string,
  keyId: string,
): string => terraform(holder, "import", address, `${planId}/${keyId}`);
