import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { z } from "zod";
import { readEntry } from "./read-entry";
import { fieldsOf, shortOrLong, wrong } from "./schema";

/**
 * Terraform attributes of an imported resource that stay as they are in AWS, whatever the catalog says: settings the
 * catalog does not support. What is no longer named here becomes as the catalog says, with the next deploy.
 */
export type KeptAttributes = readonly string[];

/** The usage plan that a tier is already. */
export interface ImportedTier {
  readonly usagePlanId: string;
  /** @default - none */
  readonly keep?: KeptAttributes | undefined;
}

/** The key that a subscription has already, and the plans that it is in. */
export interface ImportedSubscription {
  readonly apiKeyId: string;
  /** The plan of the subscription's tier. */
  readonly usagePlanId: string;
  /**
   * The plans of its additional tiers, by their names there.
   * @default - none
   */
  readonly additionalUsagePlanIds?: Readonly<Record<string, string>> | undefined;
  /** @default - none */
  readonly keep?: KeptAttributes | undefined;
}

/** The stage that already exists, and what it serves. */
export interface ImportedStage {
  readonly deploymentId: string;
  /**
   * What the definition was when it was adopted: its triggers, written by `api-tiers adopt --check`. As long as the catalog
   * says the same, the stage is not redeployed; AWS does not tell what a deployment was made of.
   *
   * @default - the stage is not redeployed, whatever the catalog says
   */
  readonly snapshot?: Readonly<Record<string, string>> | undefined;
  /**
   * Attributes that stay as they are; `deployment.` goes before those of the deployment.
   * @default - none
   */
  readonly keep?: KeptAttributes | undefined;
  /**
   * The deployment that its canary serves.
   * @default - there is none
   */
  readonly canaryDeploymentId?: string | undefined;
  /**
   * The same as `snapshot`, of the canary.
   * @default - the canary is not redeployed, whatever the catalog says
   */
  readonly canarySnapshot?: Readonly<Record<string, string>> | undefined;
  /**
   * Settings of its methods, by route; `*` for those of all.
   * @default - none
   */
  readonly methodSettings?: Readonly<Record<string, { readonly keep?: KeptAttributes | undefined }>> | undefined;
  /**
   * Whether it is associated with its web ACL.
   * @default false
   */
  readonly webAcl?: boolean | undefined;
}

/** A method that already exists. */
export interface ImportedRoute {
  /**
   * Attributes that stay as they are, by the part of the route.
   * @default - none
   */
  readonly keep?: Readonly<Partial<Record<RoutePart, KeptAttributes>>> | undefined;
  /**
   * Whether the model of its JSON body exists as well.
   * @default false
   */
  readonly bodyModel?: boolean | undefined;
}
/** A part of a route; what a method declares of a status, and how it is answered, with the status: `"answer 200"`. */
export type RoutePart = "method" | "integration" | "bodyModel" | `response ${string}` | `answer ${string}`;

/** An authorizer that already exists. */
export interface ImportedAuthorizer {
  readonly id: string;
  /** @default - none */
  readonly keep?: KeptAttributes | undefined;
}

/** A request validator that already exists under another name. */
export interface ImportedValidator {
  readonly id: string;
  /** @default - none */
  readonly keep?: KeptAttributes | undefined;
}

/** An API that already exists, and that the catalog now defines. */
export interface ImportedApi {
  readonly restApiId: string;
  /** Ids of its resources by path, that of the root with them. */
  readonly resources: Readonly<Record<string, string>>;
  readonly routes: Readonly<Record<string, ImportedRoute>>;
  readonly stages: Readonly<Record<string, ImportedStage>>;
  /**
   * Its request validators, by their names in the catalog; an id alone where AWS has the same name.
   * @default - none
   */
  readonly validators?: Readonly<Record<string, string | ImportedValidator>> | undefined;
  /**
   * Its models that have names in the catalog, by these.
   * @default - none
   */
  readonly models?: Readonly<Record<string, { readonly keep?: KeptAttributes | undefined }>> | undefined;
  /**
   * Its authorizers, by their ids in the catalog.
   * @default - none
   */
  readonly authorizers?: Readonly<Record<string, ImportedAuthorizer>> | undefined;
  /**
   * Its gateway responses, by type.
   * @default - none
   */
  readonly gatewayResponses?: Readonly<Record<string, { readonly keep?: KeptAttributes | undefined }>> | undefined;
  /** @default - none */
  readonly keep?: KeptAttributes | undefined;
}

/** A domain name that already exists, with base paths under it. */
export interface ImportedDomainName {
  /** Those that exist; `""` for the root. */
  readonly basePaths: readonly string[];
  /** @default - none */
  readonly keep?: KeptAttributes | undefined;
}

/** What of a catalog is in the account already, by the catalog's ids. Written by `api-tiers adopt`. */
export interface Imports {
  readonly apis?: Readonly<Record<string, ImportedApi>> | undefined;
  readonly tiers?: Readonly<Record<string, ImportedTier>> | undefined;
  readonly subscriptions?: Readonly<Record<string, ImportedSubscription>> | undefined;
  /** By name. */
  readonly domainNames?: Readonly<Record<string, ImportedDomainName>> | undefined;
}

const awsId = z
  .string({ error: wrong("must be an AWS id") })
  .regex(/^[a-z0-9]{1,64}$/i, { error: wrong("must be an AWS id, such as a1b2c3d4e5") });
const keep = z.array(z.string(), { error: wrong("must be a list of Terraform attributes") }).optional();
const byId = <Entry extends z.ZodType>(entry: Entry) =>
  z.record(z.string(), entry, { error: wrong("must be an object by id") });

const routePart = z.custom<RoutePart>(
  (part) => typeof part === "string" && /^(method|integration|bodyModel|(response|answer) \d{3})$/.test(part),
  { error: wrong('must be a part of a route: method, integration, bodyModel, "response 200" or "answer 200"') },
);

export const importsSchema = fieldsOf<Imports>()({
  apis: byId(
    fieldsOf<ImportedApi>()({
      restApiId: awsId,
      resources: byId(awsId),
      routes: byId(
        fieldsOf<ImportedRoute>()({
          keep: z.record(routePart, z.array(z.string())).optional(),
          bodyModel: z.boolean().optional(),
        }),
      ),
      validators: byId(shortOrLong(awsId, fieldsOf<ImportedValidator>()({ id: awsId, keep }))).optional(),
      stages: byId(
        fieldsOf<ImportedStage>()({
          deploymentId: awsId,
          snapshot: z.record(z.string(), z.string()).optional(),
          keep,
          canaryDeploymentId: awsId.optional(),
          canarySnapshot: z.record(z.string(), z.string()).optional(),
          methodSettings: byId(fieldsOf<NonNullable<ImportedStage["methodSettings"]>[string]>()({ keep })).optional(),
          webAcl: z.boolean().optional(),
        }),
      ),
      authorizers: byId(fieldsOf<ImportedAuthorizer>()({ id: awsId, keep })).optional(),
      models: byId(fieldsOf<NonNullable<ImportedApi["models"]>[string]>()({ keep })).optional(),
      gatewayResponses: byId(fieldsOf<NonNullable<ImportedApi["gatewayResponses"]>[string]>()({ keep })).optional(),
      keep,
    }),
  ).optional(),
  tiers: byId(fieldsOf<ImportedTier>()({ usagePlanId: awsId, keep })).optional(),
  subscriptions: byId(
    fieldsOf<ImportedSubscription>()({
      apiKeyId: awsId,
      usagePlanId: awsId,
      additionalUsagePlanIds: byId(awsId).optional(),
      keep,
    }),
  ).optional(),
  domainNames: byId(
    fieldsOf<ImportedDomainName>()({
      basePaths: z.array(z.string(), { error: wrong("must be a list of base paths") }),
      keep,
    }),
  ).optional(),
});

/** Files that this run of the program has read, by their paths. */
const READ = new Set<string>();

/** Whether the program has read a file of imports, for whichever stacks. */
export const isImportsFileRead = (file: string): boolean => READ.has(resolve(file));

/** What a file of imports holds; `undefined` for another file. */
export function importsIn(text: string): Imports | undefined {
  try {
    const { value, findings } = readEntry(importsSchema, JSON.parse(text), () => "");
    return findings.length === 0 ? value : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Reads what `api-tiers adopt` has written.
 *
 * @param file relative to the folder in which the program runs
 * @throws Error for a file that is not there or is not an import file: without it, everything would be created again
 */
export function importsFromFile(file: string): Imports {
  let written: unknown;
  try {
    written = JSON.parse(readFileSync(file, "utf8"));
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    const reason = code === "ENOENT" ? "does not exist" : code ? `cannot be read (${code})` : "is not well formed JSON";
    throw new Error(`${file}: ${reason}; run "api-tiers adopt", or leave imports out where nothing is to be adopted`);
  }
  const { value, findings } = readEntry(importsSchema, written, () => file);
  if (value === undefined || findings.length > 0)
    throw new Error(findings.map(({ place, message }) => `${place}: ${message}`).join("\n"));
  READ.add(resolve(file));
  return value;
}
