import type * as sdk from "@aws-sdk/client-api-gateway";
import { loadOptional } from "../project/optional-package";

/** The operations by which an account is read; none of them can change anything. */
export interface ControlPlane {
  readonly getRestApis: Operation<sdk.GetRestApisCommandInput, sdk.RestApis>;
  readonly getResources: Operation<sdk.GetResourcesCommandInput, sdk.Resources>;
  readonly getAuthorizers: Operation<sdk.GetAuthorizersCommandInput, sdk.Authorizers>;
  readonly getGatewayResponses: Operation<sdk.GetGatewayResponsesCommandInput, sdk.GatewayResponses>;
  readonly getDeployments: Operation<sdk.GetDeploymentsCommandInput, sdk.Deployments>;
  readonly getModels: Operation<sdk.GetModelsCommandInput, sdk.Models>;
  readonly getRequestValidators: Operation<sdk.GetRequestValidatorsCommandInput, sdk.RequestValidators>;
  readonly getStages: Operation<sdk.GetStagesCommandInput, sdk.Stages>;
  readonly getDomainNames: Operation<sdk.GetDomainNamesCommandInput, sdk.DomainNames>;
  readonly getBasePathMappings: Operation<sdk.GetBasePathMappingsCommandInput, sdk.BasePathMappings>;
  readonly getUsagePlans: Operation<sdk.GetUsagePlansCommandInput, sdk.UsagePlans>;
  /** Without values of keys, whatever it is asked. */
  readonly getApiKeys: Operation<Omit<sdk.GetApiKeysCommandInput, "includeValues">, sdk.ApiKeys>;
}
type Operation<Input, Output> = (input: Input) => Promise<Output>;

export interface ControlPlaneOptions {
  /** Resolves when a request of this operation may be sent. */
  readonly pace: (operation: string) => Promise<void>;
  /**
   * @default - that of the environment
   */
  readonly region?: string | undefined;
  /**
   * A profile of the shared configuration.
   * @default - that of the environment
   */
  readonly profile?: string | undefined;
}

/** How often a request is sent that AWS throttled or that got lost, unless AWS_MAX_ATTEMPTS says otherwise. */
const ATTEMPTS = 8;

/** AWS's own control plane, with the credentials of the environment; its client is loaded here, for those who adopt. */
export async function connectControlPlane({ pace, region, profile }: ControlPlaneOptions): Promise<ControlPlane> {
  const aws = await loadOptional("@aws-sdk/client-api-gateway", "adopt", () => import("@aws-sdk/client-api-gateway"));
  const where = region ?? process.env.AWS_REGION ?? process.env.AWS_DEFAULT_REGION;
  const client = new aws.APIGatewayClient({
    ...(where ? { region: where } : {}),
    ...(profile === undefined ? {} : { profile }),
    ...(process.env.AWS_MAX_ATTEMPTS ? {} : { maxAttempts: ATTEMPTS }),
  });
  const send = async <Output>(operation: string, request: () => Promise<Output>): Promise<Output> => {
    await pace(operation);
    try {
      return await request();
    } catch (error) {
      throw new ReadError(operation, error);
    }
  };
  return {
    getRestApis: (input) => send("GetRestApis", () => client.send(new aws.GetRestApisCommand(input))),
    getResources: (input) => send("GetResources", () => client.send(new aws.GetResourcesCommand(input))),
    getAuthorizers: (input) => send("GetAuthorizers", () => client.send(new aws.GetAuthorizersCommand(input))),
    getGatewayResponses: (input) =>
      send("GetGatewayResponses", () => client.send(new aws.GetGatewayResponsesCommand(input))),
    getDeployments: (input) => send("GetDeployments", () => client.send(new aws.GetDeploymentsCommand(input))),
    getModels: (input) => send("GetModels", () => client.send(new aws.GetModelsCommand(input))),
    getRequestValidators: (input) =>
      send("GetRequestValidators", () => client.send(new aws.GetRequestValidatorsCommand(input))),
    getStages: (input) => send("GetStages", () => client.send(new aws.GetStagesCommand(input))),
    getDomainNames: (input) => send("GetDomainNames", () => client.send(new aws.GetDomainNamesCommand(input))),
    getBasePathMappings: (input) =>
      send("GetBasePathMappings", () => client.send(new aws.GetBasePathMappingsCommand(input))),
    getUsagePlans: (input) => send("GetUsagePlans", () => client.send(new aws.GetUsagePlansCommand(input))),
    getApiKeys: (input) =>
      send("GetApiKeys", () => client.send(new aws.GetApiKeysCommand({ ...input, includeValues: false }))),
  };
}

/** The account could not be read to its end; nothing was written. */
export class ReadError extends Error {
  constructor(operation: string, cause: unknown) {
    const { name = "", message = "", code } = cause as NodeJS.ErrnoException;
    const said = [name === "Error" ? undefined : name, message || code].filter(Boolean).join(": ");
    super(`${operation}: ${said}; ${remedyOf(name, message, code)}. Nothing was written; run the command again.`, {
      cause,
    });
    this.name = "ReadError";
  }
}

/** What to do about what AWS, or the network, said. */
function remedyOf(name: string, message: string, code: string | undefined): string {
  if (/Region is missing/.test(message)) return "set AWS_REGION or give --region";
  if (/AccessDenied|NotAuthorized|Forbidden/.test(name))
    return 'allow "apigateway:GET" on /restapis, /domainnames, /usageplans and /apikeys and what is below them to the identity that runs this';
  if (/Credentials|Token|UnrecognizedClient|InvalidSignature/.test(name))
    return "look at your credentials: AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY";
  if (/TooManyRequests|Throttl/.test(name))
    return "AWS throttled this account, whose deploys and consoles share the limit; wait until they are done";
  if (/^E[A-Z]+$/.test(code ?? "") || /Timeout|socket|Network/i.test(`${name} ${message}`))
    return "AWS cannot be reached; look at the network, and at AWS_ENDPOINT_URL if it is set";
  return "see what AWS says";
}
