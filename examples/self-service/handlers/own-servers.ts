import { createHash, timingSafeEqual } from "node:crypto";
import type { APIGatewayAuthorizerResult, APIGatewayTokenAuthorizerEvent } from "aws-lambda";

/** SHA-256 of the token of the team's own servers, in hex. The token stands nowhere. */
const TOKEN = Buffer.from(process.env.TOKEN_SHA256 ?? "", "hex");

/**
 * Accepts the team's own servers.
 *
 * @throws Error "Unauthorized", which API Gateway answers with 401
 */
export async function handler(event: APIGatewayTokenAuthorizerEvent): Promise<APIGatewayAuthorizerResult> {
  const hash = createHash("sha256")
    .update(event.authorizationToken.replace(/^Bearer /, ""))
    .digest();
  if (TOKEN.length !== hash.length || !timingSafeEqual(TOKEN, hash)) throw new Error("Unauthorized");
  const [api] = event.methodArn.split("/");
  const Statement = [{ Action: "execute-api:Invoke", Effect: "Allow" as const, Resource: `${api}/*` }];
  return { principalId: "own-servers", policyDocument: { Version: "2012-10-17", Statement } };
}
