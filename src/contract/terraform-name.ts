import { createHash } from "node:crypto";

/**
 * The name of a Terraform block for something that users named: the id itself wherever Terraform takes it, so that a
 * plan reads `aws_api_gateway_api_key.joe-black`; otherwise the id without the characters that Terraform refuses, and a
 * hash that keeps `acme.inc` and `acmeinc` apart. It depends on the id alone.
 */
export function terraformName(id: string): string {
  if (/^[A-Za-z_][A-Za-z0-9_-]*$/.test(id)) return id;
  const readable = id.replaceAll(/[^A-Za-z0-9_-]/g, "-").replace(/^(?=[^A-Za-z_])/, "_");
  return `${readable}-${createHash("sha256").update(id).digest("hex").slice(0, 8)}`;
}
