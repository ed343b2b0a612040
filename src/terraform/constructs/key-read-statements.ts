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
 * The statements by which a program that looks keys up, such as an authorizer, may read what the catalog hands over, and
 * nothing else: what is under the prefix, and what the given KMS key has encrypted. Both stores are named, because a
 * subscription chooses its own by `handOver`: rights that followed the subscriptions would change with each customer, and
 * with them the stack of an API (invariant I3). AWS's own keys need no permission.
 */
export function keyReadStatements(
  { keyStore }: Pick<Catalog, "keyStore">,
  { partition = "aws", region = "*", account = "*" }: KeyReadScope = {},
): PolicyStatement[] {
  const { prefix, kmsKeyId } = keyStore;
  const arn = (service: string, resource: string) => `arn:${partition}:${service}:${region}:${account}:${resource}`;
  const statements = [
    { actions: ["ssm:GetParameter"], resources: [arn("ssm", `parameter${prefix}*`)] },
    { actions: ["secretsmanager:GetSecretValue"], resources: [arn("secretsmanager", `secret:${prefix}*`)] },
  ];
  if (kmsKeyId === undefined) return statements;
  const key = kmsKeyId.startsWith("arn:") || isKnownLater(kmsKeyId) ? kmsKeyId : arn("kms", `key/${kmsKeyId}`);
  return [...statements, { actions: ["kms:Decrypt"], resources: [key] }];
}
