/**
 * Attributes that Terraform reads a second time where a resource of its own manages them: by the type, the type of that resource,
 * and its attribute that names the owner.
 */
export const READ_TWICE: Readonly<Record<string, Readonly<Record<string, readonly [type: string, owner: string]>>>> = {
  aws_api_gateway_rest_api: { policy: ["aws_api_gateway_rest_api_policy", "rest_api_id"] },
  aws_iam_role: {
    inline_policy: ["aws_iam_role_policy", "role"],
    managed_policy_arns: ["aws_iam_role_policy_attachment", "role"],
  },
};
