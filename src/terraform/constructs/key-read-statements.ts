import type { Catalog } from "../../catalog/catalog";
import type { PolicyStatement } from "../../vocabulary/handler";
import { isKnownLater } from "../../vocabulary/schema";

export interface KeyReadScope {
  /** @default "aws" */
  readonly partition?: string;
  /**
   * Region in which the keys are handed over.
   * @default "*"
   */
  readonly region?: string;
  /**
   * Id of the account in which they are.
   * @default "*"
   */
  readonly account?: string;
}

/**
 * By which a program that looks keys up, such as an authorizer, may read what the catalog hands over, and nothing else: what is
 * under the prefix, in the stores that are used, and what the given KMS key has encrypted. AWS's own keys need no leave.
 */
export function keyReadStatements(
  { keyStore, subscriptions }: Pick<Catalog, "keyStore" | "subscriptions">,
  { partition = "aws", region = "*", account = "*" }: KeyReadScope = {},
): PolicyStatement[] {
  const { type, prefix, kmsKeyId } = keyStore;
  const used = new Set([type, ...subscriptions.map(({ handOver }) => handOver)]);
  const arn = (service: string, resource: string) => `arn:${partition}:${service}:${region}:${account}:${resource}`;
  const statements: PolicyStatement[] = [];
  if (used.has("ssm"))
    statements.push({ actions: ["ssm:GetParameter"], resources: [arn("ssm", `parameter${prefix}*`)] });
  if (used.has("secretsmanager"))
    statements.push({
      actions: ["secretsmanager:GetSecretValue"],
      resources: [arn("secretsmanager", `secret:${prefix}*`)],
    });
  if (statements.length > 0 && kmsKeyId !== undefined) {
    const key = kmsKeyId.startsWith("arn:") || isKnownLater(kmsKeyId) ? kmsKeyId : arn("kms", `key/${kmsKeyId}`);
    statements.push({ actions: ["kms:Decrypt"], resources: [key] });
  }
  return statements;
}
