import type { RouteModel } from "../../model/model";
import type { GatewayError } from "../gateway-responses";

export const EXPLICIT_DENY = "User is not authorized to access this resource with an explicit deny";

/** All that the authorizer of a route can answer instead of letting a call pass, the most frequent first. */
export function possibleRefusals({ authorization, authorizer }: RouteModel): readonly GatewayError[] {
  const name = authorizer?.name ?? "";
  switch (authorization) {
    case "NONE":
      return [];
    case "AWS_IAM":
      return [
        { type: "MISSING_AUTHENTICATION_TOKEN", reason: "the request is not signed (AWS_IAM)" },
        { type: "ACCESS_DENIED", reason: "the signer may not call execute-api:Invoke" },
        { type: "INVALID_SIGNATURE", reason: "the signature is wrong, or the caller's clock" },
        { type: "EXPIRED_TOKEN", reason: "the signer's session has expired" },
      ];
    case "COGNITO_USER_POOLS":
      return [
        { type: "UNAUTHORIZED", reason: `authorizer "${name}" takes no token, or another one` },
        {
          type: "UNAUTHORIZED",
          message: "The incoming token has expired",
          reason: `authorizer "${name}": the token has expired`,
        },
      ];
    default:
      return [
        { type: "UNAUTHORIZED", reason: `authorizer "${name}" is not asked without its identity source, or says so` },
        { type: "ACCESS_DENIED", reason: `authorizer "${name}" does not allow the call` },
        { type: "ACCESS_DENIED", message: EXPLICIT_DENY, reason: `authorizer "${name}" denies the call` },
        { type: "AUTHORIZER_CONFIGURATION_ERROR", reason: `authorizer "${name}" fails` },
      ];
  }
}
