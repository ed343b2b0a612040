import type { SynthesizedRoute } from "../../synthesized/model";
import { type Authorized, contextVariables, type RequestContext } from "../context-variables";
import type { Trouble } from "../gateway-responses";
import type { GatewayAnswer } from "../request";
import { HttpProxy } from "./http-proxy";
import { answerOfMock } from "./mock";

export interface IntegrationsOptions {
  /**
   * Origins that are called instead of those that stand in the files: `https://backend.example.com` →
   * `http://127.0.0.1:3000`.
   * @default - each is called where it is
   */
  readonly backends?: Readonly<Record<string, string>>;
}

/** What stands behind the gateway. */
export interface Behind {
  /** Asks the authorizer of a route that has one. */
  authorize(route: SynthesizedRoute, context: RequestContext): Promise<Authorized | Trouble>;
  answer(route: SynthesizedRoute, context: RequestContext): Promise<GatewayAnswer | Trouble>;
  close(): Promise<void>;
}

/** The real thing: templates are filled, backends called, functions run. */
export class Integrations implements Behind {
  private readonly http: HttpProxy;

  constructor({ backends = {} }: IntegrationsOptions = {}) {
    this.http = new HttpProxy(backends);
  }

  async authorize(_route: SynthesizedRoute, _context: RequestContext): Promise<Authorized | Trouble> {
    return { type: "AUTHORIZER_CONFIGURATION_ERROR", reason: "authorizers" };
  }

  async answer({ integration }: SynthesizedRoute, context: RequestContext): Promise<GatewayAnswer | Trouble> {
    switch (integration.type) {
      case "mock":
        return answerOfMock(integration, context.request, contextVariables(context));
      case "http":
        return this.http.answer(integration, context.request, contextVariables(context));
      case "lambda":
        return { type: "API_CONFIGURATION_ERROR", reason: "functions" };
      case "other":
        return { type: "API_CONFIGURATION_ERROR", reason: `the integration ${integration.reason}` };
    }
  }

  async close(): Promise<void> {
    await this.http.close();
  }
}
