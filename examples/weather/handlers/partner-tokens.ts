import { createHash, timingSafeEqual } from "node:crypto";
import type { APIGatewayAuthorizerResult, APIGatewayTokenAuthorizerEvent } from "aws-lambda";

/** Hashes of the tokens of partners, by partner: `acme=<sha256 in hex>,globex=…`. A hash may be read, and tokens stand nowhere. */
const PARTNERS = (process.env.PARTNERS ?? "").split(",").map((each) => each.split("="));

/**
 * Lets partners in by a token of their own: a key says which tier pays for a request, and this who sends it.
 *
 * @throws Error "Unauthorized", which API Gateway answers with 401
 */
export async function handler(event: APIGatewayTokenAuthorizerEvent): Promise<APIGatewayAuthorizerResult> {
  const token = event.authorizationToken.replace(/^Bearer /, "");
  const hash = createHash("sha256").update(token).digest();
  const [partner] = PARTNERS.find(([, known = ""]) => isSame(Buffer.from(known, "hex"), hash)) ?? [];
  if (partner === undefined) throw new Error("Unauthorized");
  const [api] = event.methodArn.split("/");
  return {
    principalId: partner,
    policyDocument: {
      Version: "2012-10-17",
      // The answer is used again for other routes, so it must not name one of them.
      Statement: [{ Effect: "Allow", Action: "execute-api:Invoke", Resource: `${api}/*` }],
    },
  };
}

const isSame = (one: Buffer, other: Buffer) => one.length === other.length && timingSafeEqual(one, other);
