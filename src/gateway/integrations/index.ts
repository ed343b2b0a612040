import type { FunctionModel, RouteModel } from "../../model/model";
import { CognitoAuthorizers } from "../authorizers/cognito-authorizers";
import { LambdaAuthorizers } from "../authorizers/lambda-authorizers";
import { EXPLICIT_DENY } from "../authorizers/possible-refusals";
import type { SigningKeys } from "../authorizers/signed-tokens";
import { FunctionRunner, type FunctionRunnerOptions } from "../functions/function-runner";
import type { AuthorizedCaller, Behind, DirectedRequest } from "../gateway";
import type { GatewayError, Outcome } from "../gateway-responses";
import { describeCall } from "../unsupported";
import { misconfigured } from "./exchange";
import { HttpBackends } from "./http-backends";
import { answerOfLambda } from "./lambda";
import { answerOfMock } from "./mock";
import { serviceCall } from "./services";

export interface IntegrationsOptions extends FunctionRunnerOptions {
  /**
   * Origins that are called instead of those that stand in the files: `https://backend.example.com` →
   * `http://127.0.0.1:3000`.
   * @default - each is called where it is
   */
  readonly backends?: Readonly<Record<string, string>>;
  /**
   * Signing keys of Cognito user pools (a JSON Web Key Set), so that their tokens can be checked.
   * @default - no token passes
   */
  readonly jwks?: SigningKeys;
  /**
   * An emulator that is called for AWS services other than Lambda: `http://127.0.0.1:4566`.
   * @default - none, and routes that call such a service answer 500
   */
  readonly awsEndpoint?: string;
}

/** The real thing: templates are filled, backends called, functions run. */
export class Integrations implements Behind {
  private readonly functions: FunctionRunner;
  private readonly authorizers: LambdaAuthorizers;
  private readonly cognito: CognitoAuthorizers;
  private readonly http: HttpBackends;

  constructor(private readonly options: IntegrationsOptions = {}) {
    const { backends = {}, jwks, awsEndpoint: _awsEndpoint, ...others } = options;
    this.functions = new FunctionRunner(others);
    this.authorizers = new LambdaAuthorizers(this.functions);
    this.cognito = new CognitoAuthorizers(jwks);
    this.http = new HttpBackends(backends);
  }

  async authorize(request: DirectedRequest): Promise<AuthorizedCaller | GatewayError> {
    const { authorization, authorizer } = request.route;
    if (authorization === "AWS_IAM")
      return {
        type: "MISSING_AUTHENTICATION_TOKEN",
        reason: "only signed requests pass on AWS, and none is checked here",
      };
    if (authorizer?.type === "COGNITO_USER_POOLS")
      return this.cognito.authorize(authorizer, request, request.route.authorizationScopes);
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
      case "service": {
        const { awsEndpoint } = this.options;
        if (awsEndpoint === undefined)
          return misconfigured(`${integration.service} is not here; AWS_ENDPOINT_URL names an emulator that has it`);
        return this.http.answerOfService(serviceCall(integration, awsEndpoint), integration.mapping, request);
      }
      case "by-stage":
        return { type: "API_CONFIGURATION_ERROR", reason: "the stage names no function" };
      case "other":
        return { type: "API_CONFIGURATION_ERROR", reason: `the integration ${describeCall(integration.because)}` };
    }
  }

  /** What of a route is not as on AWS because of what is missing here. */
  differences({ authorizer, integration }: RouteModel): readonly string[] {
    const called = [
      ...(integration.type === "lambda" ? [integration.function] : []),
      ...(integration.type === "by-stage" ? [...integration.stages.values()] : []).flatMap((each) =>
        each.type === "lambda" ? [each.function] : [],
      ),
      ...(authorizer && "zip" in authorizer.function ? [authorizer.function] : []),
    ];
    const found = called.flatMap((each) => {
      const problem = this.check(each);
      return problem === undefined ? [] : [`calls what cannot be run here: ${problem}`];
    });
    if (authorizer?.type === "COGNITO_USER_POOLS" && !this.options.jwks)
      found.push("asks Cognito, whose signing keys are not here: every token is refused without --jwks");
    if (integration.type === "service" && this.options.awsEndpoint === undefined)
      found.push(`calls ${integration.service}, which is not here: the route answers 500 without AWS_ENDPOINT_URL`);
    if (integration.type === "http" && integration.needsBackend && URL.canParse(integration.url)) {
      const { origin } = new URL(integration.url);
      if (this.options.backends?.[origin] === undefined)
        found.push(
          `calls ${origin}, which is behind a VPC link or known only after a deploy: only --backend ${origin}=http://… reaches a backend`,
        );
    }
    return found;
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
