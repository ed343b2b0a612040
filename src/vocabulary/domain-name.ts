import { z } from "zod";
import { certificateArn } from "./certificate";
import { type MutualTls, type MutualTlsInput, mutualTlsSchema, toMutualTls, writtenMutualTls } from "./mutual-tls";
import { fieldsOf, inForms, wrong } from "./schema";
import { type Tags, tagsSchema } from "./tags";

const SECURITY_POLICIES = ["TLS_1_0", "TLS_1_2"] as const;
const ENDPOINT_TYPES = ["REGIONAL", "EDGE"] as const;

/** What own and existing domain names have. */
interface AnyDomainNameInput {
  /**
   * Stages (`"pets/prod"`) that had the name in their own stacks, by the former field `domain`. What is deployed there is
   * taken over, instead of deleted and created again. Once deployed, the field can be dropped.
   *
   * @default - none
   */
  readonly formerStages?: readonly string[];
}

/** A domain name that is created here. */
export interface OwnDomainNameInput extends AnyDomainNameInput {
  readonly existing?: never;
  /** ARN of the name's certificate in ACM: in the Region of the APIs, or in us-east-1 for an `EDGE` name. */
  readonly certificateArn: string;
  /**
   * Whether clients reach the name in its Region, or through AWS's edge locations.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-custom-domains.html
   * @default "REGIONAL"
   */
  readonly endpointType?: (typeof ENDPOINT_TYPES)[number];
  /**
   * The oldest TLS that clients may use.
   * @default "TLS_1_2"
   */
  readonly securityPolicy?: (typeof SECURITY_POLICIES)[number];
  /**
   * Asks clients for a certificate; only for a `REGIONAL` name with TLS 1.2.
   * @default - clients need none
   */
  readonly mutualTls?: MutualTlsInput;
  /**
   * AWS tags of the domain name.
   * @default - none
   */
  readonly tags?: Tags;
}

/** A domain name that something else creates. Only the base paths under it are managed here. */
export interface ExistingDomainNameInput extends AnyDomainNameInput {
  /**
   * Whether something else creates the name. Only the base paths under it are managed here then.
   * @default - no: it is created here
   */
  readonly existing: true;
  readonly certificateArn?: never;
  readonly endpointType?: never;
  readonly securityPolicy?: never;
  readonly mutualTls?: never;
  readonly tags?: never;
}

/**
 * A domain name in API Gateway, under which stages answer. It belongs to no stage, so it stays while stages come and go.
 * Its DNS record is not created here.
 */
export type DomainNameInput = OwnDomainNameInput | ExistingDomainNameInput;

/** What a domain name says of itself, checked. */
export interface DomainNameEntry {
  readonly certificateArn: string;
  readonly endpointType: (typeof ENDPOINT_TYPES)[number];
  readonly securityPolicy: (typeof SECURITY_POLICIES)[number];
  readonly mutualTls: MutualTls | undefined;
  readonly tags: Tags;
}

export interface OwnDomainName extends DomainNameEntry {
  readonly kind: "own";
  readonly name: string;
  readonly formerStages: readonly string[];
}

export interface ExistingDomainName {
  readonly kind: "existing";
  readonly name: string;
  readonly formerStages: readonly string[];
}

/** A domain name, checked. */
export type DomainName = OwnDomainName | ExistingDomainName;

export const isOwnDomainName = (domainName: DomainName): domainName is OwnDomainName => domainName.kind === "own";

const LABEL = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";
const NAME = new RegExp(`^(?=.{1,253}$)(\\*\\.)?(${LABEL}\\.)+${LABEL}$`);

/** What is wrong with a domain name; `undefined` if nothing is. */
export function problemOfDomainName(name: string): string | undefined {
  if (NAME.test(name)) return undefined;
  return 'must be called by a domain name in lower case such as "api.example.com"; write it without protocol, port and path';
}

export const domainNameSchema = inForms<DomainNameInput>(
  fieldsOf<DomainNameInput>()({
    existing: z
      .literal(true, { error: wrong("must be true", "leave it out for a name that is created here") })
      .optional(),
    certificateArn: certificateArn.optional(),
    endpointType: z.enum(ENDPOINT_TYPES, { error: wrong("must be REGIONAL or EDGE") }).optional(),
    securityPolicy: z.enum(SECURITY_POLICIES, { error: wrong("must be TLS_1_0 or TLS_1_2") }).optional(),
    mutualTls: mutualTlsSchema.optional(),
    tags: tagsSchema.optional(),
    formerStages: z
      .array(z.string({ error: wrong('must be a stage such as "pets/prod"') }), {
        error: wrong("must be a list of stages", 'write ["pets/prod"]'),
      })
      .optional(),
  }).superRefine(({ existing, formerStages: _, ...own }, context) => {
    const given = Object.entries(own).flatMap(([field, value]) => (value === undefined ? [] : field));
    const refuse = (message: string) => context.addIssue({ code: "custom", message, input: own });
    if (existing && given.length > 0)
      refuse(`must not say ${given.join(", ")} of a name that something else creates; drop that, or existing`);
    if (!existing && own.certificateArn === undefined)
      refuse("must have a certificateArn, or existing: true where something else creates the name; write one of both");
  }),
);

/** The checked form of a domain name. */
export function toDomainName(name: string, written: DomainNameInput): DomainName {
  const formerStages = written.formerStages ?? [];
  if (written.existing) return { kind: "existing", name, formerStages };
  return {
    kind: "own",
    name,
    certificateArn: written.certificateArn,
    endpointType: written.endpointType ?? DEFAULTS.endpointType,
    securityPolicy: written.securityPolicy ?? DEFAULTS.securityPolicy,
    mutualTls: toMutualTls(written.mutualTls),
    tags: written.tags ?? {},
    formerStages,
  };
}

const DEFAULTS = { endpointType: "REGIONAL", securityPolicy: "TLS_1_2" } as const;

/** What a domain name says of itself as a person writes it: what is left out means the same. */
export function writtenDomainName({ mutualTls, tags, ...entry }: DomainNameEntry): OwnDomainNameInput {
  const { endpointType, securityPolicy, certificateArn } = entry;
  return {
    certificateArn,
    ...(endpointType !== DEFAULTS.endpointType && { endpointType }),
    ...(securityPolicy !== DEFAULTS.securityPolicy && { securityPolicy }),
    ...(mutualTls && { mutualTls: writtenMutualTls(mutualTls) }),
    ...(Object.keys(tags).length > 0 && { tags }),
  };
}
