import type { FunctionModel } from "../../model/model";
import { LambdaAuthorizers } from "../authorizers/lambda-authorizers";
import { FunctionRunner, type FunctionRunnerOptions } from "../functions/function-runner";
import type { AuthorizedCaller, Behind, DirectedRequest } from "../gateway";
import type { GatewayError, Outcome } from "../gateway-responses";
import { describeCall } from "../unsupported";
import { HttpBackends } from "./http-backends";
import { answerOfLambda } from "./lambda";
import { answerOfMock } from "./mock";

export interface IntegrationsOptions extends FunctionRunnerOptions {
  /**
   * Origins that are called instead of those that stand in the files: `https://backend.example.com` →
   * `http://127.0.0.1:3000`.
   * @default - each is called where it is
   */
  readonly backends?: Readonly<Record<string, string>>;
}

/** The real thing: templates are filled, backends called, functions run. */
export class Integrations implements Behind {
  private readonly functions: FunctionRunner;
  private readonly authorizers: LambdaAuthorizers;
  private readonly http: HttpBackends;

  constructor({ backends = {}, ...options }: IntegrationsOptions = {}) {
    this.functions = new FunctionRunner(options);
    this.authorizers = new LambdaAuthorizers(this.functions);
    this.http = new HttpBackends(backends);
  }

  async authorize(request: DirectedRequest): Promise<AuthorizedCaller | GatewayError> {
    const { authorization, authorizer } = request.route;
    if (authorization === "AWS_IAM")
      return {
        type: "MISSING_AUTHENTICATION_TOKEN",
        reason: "only signed requests pass on AWS, and none is checked here",
      };
    if (!authorizer)
      return { type: "AUTHORIZER_CONFIGURATION_ERROR", reason: `authorization ${authorization} cannot be asked here` };
    const outcome = await this.authorizers.authorize(authorizer, request);
    if (outcome.kind === "allowed") return outcome;
    const { type, reason } = outcome;
    return type === "ACCESS_DENIED" && outcome.explicit ? { type, reason, message: EXPLICIT_DENY } : { type, reason };
  }

  answer(request: DirectedRequest): Outcome | Promise<Outcome> {
    const { integration } = request.route;
    switch (integration.type) {
      case "mock":
        return answerOfMock(integration, request);
      case "http":
        return this.http.answer(integration, request);
      case "lambda":
        return answerOfLambda(integration, request, this.functions);
      case "by-stage":
        return { type: "API_CONFIGURATION_ERROR", reason: "the stage names no function" };
      case "other":
        return { type: "API_CONFIGURATION_ERROR", reason: `the integration ${describeCall(integration.because)}` };
    }
  }

  /** Why a function cannot be run; `undefined` if it can. */
  check(called: FunctionModel): string | undefined {
    return this.functions.check(called);
  }

  /** Ends the processes of functions, and the connections to backends. */
  async close(): Promise<void> {
    await Promise.all([this.functions.close(), this.http.close()]);
  }
}

const EXPLICIT_DENY = "User is not authorized to access this resource with an explicit deny";
