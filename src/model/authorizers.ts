import { AUTHORIZER, identitySourceOf } from "../contract/authorizer";
import { cannotCall, functionCalledBy } from "./functions";
import type { AuthorizerModel } from "./model";
import type { ResourceIndex } from "./resource-index";
import type { TerraformResource } from "./terraform-resource";

export function authorizerOf(resource: TerraformResource, index: ResourceIndex): AuthorizerModel {
  const authorizer = AUTHORIZER.read(resource.attributes);
  const called =
    authorizer.type === "COGNITO_USER_POOLS"
      ? cannotCall({ kind: "cognito" })
      : functionCalledBy(authorizer.authorizer_uri ?? "", index);
  if ("because" in called) index.leaveOut(resource, { kind: "authorizer", because: called.because });
  return {
    ...index.originOf(resource),
    name: authorizer.name,
    type: authorizer.type === "REQUEST" ? "REQUEST" : "TOKEN",
    identitySource: identitySourceOf(authorizer),
    identityValidationExpression: authorizer.identity_validation_expression,
    resultTtlSeconds: authorizer.authorizer_result_ttl_in_seconds,
    function: called,
  };
}
