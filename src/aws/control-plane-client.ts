import type * as sdk from "@aws-sdk/client-api-gateway";
import { loadOptional } from "../project/optional-package";

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

/** What a command needs of the control plane, for the messages of its errors. */
export interface Asking {
  /** The command, as it is called. */
  readonly command: string;
  /** Completes "allow "apigateway:GET" on …". */
  readonly rights: string;
  /** What an error leaves behind: `Nothing was written; run the command again.` */
  readonly afterwards: string;
}

/** The package, its client, and what sends a request of an operation at the given pace. */
export interface ControlPlaneClient {
  readonly aws: typeof sdk;
  readonly client: sdk.APIGatewayClient;
  readonly send: <Output>(operation: string, request: () => Promise<Output>) => Promise<Output>;
}

/** How often a request is sent that AWS throttled or that got lost, unless AWS_MAX_ATTEMPTS says otherwise. */
const ATTEMPTS = 8;

/** AWS's own control plane, with the credentials of the environment; its client is loaded here, for those who ask it. */
export async function connectClient(
  asking: Asking,
  { pace, region, profile }: ControlPlaneOptions,
): Promise<ControlPlaneClient> {
  const aws = await loadOptional(
    "@aws-sdk/client-api-gateway",
    asking.command,
    () => import("@aws-sdk/client-api-gateway"),
  );
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
      throw new ReadError(operation, error, asking);
    }
  };
  return { aws, client, send };
}

/** AWS could not be asked to the end. */
export class ReadError extends Error {
  /** What AWS called it, such as `NotFoundException`. */
  readonly kind: string;

  constructor(operation: string, cause: unknown, { rights, afterwards }: Omit<Asking, "command">) {
    const { name = "", message = "", code } = cause as NodeJS.ErrnoException;
    const said = [name === "Error" ? undefined : name, message || code].filter(Boolean).join(": ");
    super(`${operation}: ${said}; ${remedyOf(name, message, code, rights)}. ${afterwards}`, { cause });
    this.name = "ReadError";
    this.kind = name;
  }
}

/** What to do about what AWS, or the network, said. */
function remedyOf(name: string, message: string, code: string | undefined, rights: string): string {
  if (/Region is missing/.test(message)) return "set AWS_REGION or give --region";
  if (/AccessDenied|NotAuthorized|Forbidden/.test(name))
    return `allow "apigateway:GET" on ${rights} to the identity that runs this`;
  if (/Credentials|Token|UnrecognizedClient|InvalidSignature/.test(name))
    return "look at your credentials: AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY";
  if (/TooManyRequests|Throttl/.test(name))
    return "AWS throttled this account, whose deploys and consoles share the limit; wait until they are done";
  if (/^E[A-Z]+$/.test(code ?? "") || /Timeout|socket|Network/i.test(`${name} ${message}`))
    return "AWS cannot be reached; look at the network, and at AWS_ENDPOINT_URL if it is set";
  return "see what AWS says";
}
