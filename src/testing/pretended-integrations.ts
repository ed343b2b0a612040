import type { AuthorizedCaller, Behind, DirectedRequest } from "../gateway/gateway";
import type { GatewayError, Outcome } from "../gateway/gateway-responses";
import { answerOfMock } from "../gateway/integrations/mock";
import { headerValue } from "../gateway/request";

/** By it a customer of a test tells the pretended authorizer which key is his. */
export const CUSTOMER_KEY = "x-test-customer-key";

/** Lets every customer in, and answers every request that comes so far; mock routes answer as they do. */
export class PretendedIntegrations implements Behind {
  async authorize({ request }: DirectedRequest): Promise<AuthorizedCaller | GatewayError> {
    const key = headerValue(request.headers, CUSTOMER_KEY);
    if (key === undefined) return { type: "UNAUTHORIZED", reason: "the request does not say who calls" };
    return { principalId: "test", context: {}, usageIdentifierKey: key };
  }

  answer(directed: DirectedRequest): Outcome {
    const { integration } = directed.route;
    if (integration.type === "mock") return answerOfMock(integration, directed);
    return { status: 200, headers: [["Content-Type", "application/json"]], body: "{}" };
  }

  async close(): Promise<void> {}
}
