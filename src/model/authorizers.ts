import { AUTHORIZER, identitySourceOf } from "../contract/authorizer";
import { AUTHORIZER_DEFAULTS } from "../vocabulary/authorizer";
import { cannotCall, functionCalledBy } from "./functions";
import type { AuthorizerModel } from "./model";
import type { ResourceIndex } from "./resource-index";
import { isKnown, type TerraformResource } from "./terraform-resource";

export function authorizerOf(
  resource: TerraformResource,
  api: TerraformResource,
  index: ResourceIndex,
): AuthorizerModel {
  const authorizer = AUTHORIZER.read(resource.attributes);
  const isCognito = authorizer.type === "COGNITO_USER_POOLS";
  const called = isCognito
    ? cannotCall({ kind: "cognito" })
    : functionCalledBy(authorizer.authorizer_uri ?? "", api, index);
  if (!isCognito && "because" in called) index.leaveOut(resource, { kind: "authorizer", because: called.because });
  const hasRole = authorizer.authorizer_credentials !== undefined;
  return {
    ...index.originOf(resource),
    name: authorizer.name,
    type: authorizer.type === "REQUEST" || authorizer.type === "COGNITO_USER_POOLS" ? authorizer.type : "TOKEN",
    identitySource: isCognito
      ? (authorizer.identity_source ?? AUTHORIZER_DEFAULTS.identitySource)
      : identitySourceOf(authorizer),
    identityValidationExpression: authorizer.identity_validation_expression,
    resultTtlSeconds: authorizer.authorizer_result_ttl_in_seconds,
    function: "because" in called ? called : called.function,
    qualifier: "because" in called ? undefined : called.qualifier,
    permissions: "because" in called || hasRole ? undefined : called.permissions,
    userPools: authorizer.provider_arns.filter(isKnown),
  };
}
