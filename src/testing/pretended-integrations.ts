import type { Authorized, RequestContext } from "../gateway/context-variables";
import { contextVariables } from "../gateway/context-variables";
import type { Trouble } from "../gateway/gateway-responses";
import type { Behind } from "../gateway/integrations";
import { answerOfMock } from "../gateway/integrations/mock";
import { type GatewayAnswer, headerValue } from "../gateway/request";
import type { SynthesizedRoute } from "../synthesized/model";

/** By it a customer of a test tells the pretended authorizer which key is his. */
export const CUSTOMER_KEY = "x-test-customer-key";

/** Lets every customer in, and answers every request that comes so far; mock routes answer as they do. */
export class PretendedIntegrations implements Behind {
  async authorize(_route: SynthesizedRoute, { request }: RequestContext): Promise<Authorized | Trouble> {
    const key = headerValue(request.headers, CUSTOMER_KEY);
    if (key === undefined) return { type: "UNAUTHORIZED", reason: "nobody said who calls" };
    return { principalId: "test", context: {}, usageIdentifierKey: key };
  }

  async answer({ integration }: SynthesizedRoute, context: RequestContext): Promise<GatewayAnswer | Trouble> {
    if (integration.type === "mock") return answerOfMock(integration, context.request, contextVariables(context));
    return { status: 200, headers: [["Content-Type", "application/json"]], body: "{}" };
  }

  async close(): Promise<void> {}
}
