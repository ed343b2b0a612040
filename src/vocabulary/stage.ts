import { z } from "zod";
import { byName } from "../text/order";
import { type AccessLog, type AccessLogInput, accessLogSchema, toAccessLog } from "./access-log";
import { type Alarms, type AlarmsInput, alarmsSchema, toAlarms } from "./alarms";
import { type Canary, type CanaryInput, canarySchema, toCanary } from "./canary";
import { problemOfStageName } from "./identifier";
import { withDefaults, withoutDefaults } from "./left-out";
import { type CacheClusterSize, cacheClusterSchema } from "./method-cache";
import { entriesOf } from "./objects";
import { at, type EntryReader } from "./read-entry";
import { fields, fieldsOf, isKnownLater, literalText, wrong } from "./schema";
import {
  problemOfFormerDomain,
  type StageDomain,
  type StageDomainInput,
  stageDomainsSchema,
  toStageDomains,
  withoutFormerDomain,
} from "./stage-domain";
import {
  type MethodSettings,
  methodSettingsSchema,
  type StageSettings,
  type StageSettingsInput,
  stageSettingsSchema,
  toMethodSettings,
  toStageSettings,
} from "./stage-settings";
import { stageVariablesSchema } from "./stage-variables";
import { type Tags, tagsSchema } from "./tags";
import { webAclArn } from "./web-acl";

export interface StageInput {
  /**
   * What the stage is for.
   * @default - none
   */
  readonly description?: string;
  /**
   * AWS tags of the stage.
   * @default - none
   */
  readonly tags?: Tags;
  /**
   * Stage variables by name, which an integration's URL or a mapping template can use as `${stageVariables.name}`. They take
   * effect at once, without another deployment. The name `release` is the stage's own.
   *
   * @rule names of letters, digits and "_", at most 64 characters; values at most 512 characters
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/stage-variables.html
   * @default - none
   */
  readonly variables?: Readonly<Record<string, string>>;
  /**
   * Where a line of JSON is written for each request: `true` for a log group of the stage's own. AWS takes it only where
   * the account has a role for logging: see `accountLogging` of `TierStacks`.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html
   * @default - nowhere
   */
  readonly accessLog?: AccessLogInput;
  /**
   * Metrics, logs, a throttle and a cache for all methods of the stage.
   * @default - AWS's own: no metrics for methods, no logs, no limit but the account's, and nothing is cached
   */
  readonly settings?: StageSettingsInput;
  /**
   * Settings of single methods, by route; what a method leaves out is as in `settings`. A throttle is for all clients
   * together: those of each customer stand in tiers.
   * @default - those of `settings` for each method
   */
  readonly methodSettings?: Readonly<Record<string, StageSettingsInput>>;
  /**
   * Whether requests are traced with X-Ray.
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-xray.html
   * @default false
   */
  readonly tracing?: boolean;
  /**
   * Id of the client certificate with which API Gateway shows itself to `http` backends.
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/getting-started-client-side-ssl-authentication.html
   * @default - none
   */
  readonly clientCertificateId?: string;
  /**
   * Alarms of CloudWatch, at a price for each.
   * @default - none
   */
  readonly alarms?: AlarmsInput;
  /**
   * Whether the stage has a dashboard in CloudWatch, at a price: requests, errors, latency and its alarms; and with the
   * alarm `accountRate`, the requests of the whole account.
   * @default false
   */
  readonly dashboard?: boolean;
  /**
   * Size of the stage's cache in gigabytes, which AWS bills by the hour. `cache` in the settings says what is cached in it.
   * @default - none
   */
  readonly cacheCluster?: CacheClusterSize;
  /**
   * ARN of the web ACL (AWS WAF) that filters the stage's requests, in the stage's Region. Where another one takes its place, Terraform
   * takes the first away before: between the two, nothing is filtered.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-control-access-aws-waf.html
   * @default - none
   */
  readonly webAclArn?: string;
  /**
   * What is new in the deployment that the stage serves; in the console, people choose one by it. It can be changed without
   * another deployment.
   * @default - none
   */
  readonly releaseDescription?: string;
  /**
   * Gives a part of the requests the API as it is now, while the stage keeps its release.
   * @default - all requests get the API as it is now
   */
  readonly canary?: CanaryInput;
  /**
   * Domain names of the team's under which the stage answers.
   * @default - AWS's own address alone
   */
  readonly domains?: readonly StageDomainInput[];
  /**
   * Takes the stage down with the next deploy, after the plans that cover it have let go of it. Once deployed, the entry
   * can be dropped; dropped before, the stage would stay live.
   *
   * @default false
   */
  readonly retired?: boolean;
}

/** What a stage says of itself alone, checked: without its name and what belongs to it. */
export interface StageEntry {
  readonly description: string;
  readonly variables: Readonly<Record<string, string>>;
  readonly tags: Tags;
  readonly tracing: boolean;
  readonly clientCertificateId: string | undefined;
  readonly cacheCluster: CacheClusterSize | undefined;
}

const DEFAULTS: StageEntry = {
  description: "",
  variables: {},
  tags: {},
  tracing: false,
  clientCertificateId: undefined,
  cacheCluster: undefined,
};

/** What a stage says of itself as a person writes it: what is left out means the same. */
export const writtenStage = (entry: StageEntry): StageInput => withoutDefaults(entry, DEFAULTS);

/** A stage, checked. */
export interface Stage extends StageEntry {
  readonly name: string;
  readonly accessLog: AccessLog | undefined;
  readonly settings: StageSettings | undefined;
  readonly methodSettings: MethodSettings;
  readonly alarms: Alarms | undefined;
  readonly dashboard: boolean;
  readonly domains: readonly StageDomain[];
  readonly webAclArn: string | undefined;
  readonly releaseDescription: string | undefined;
  readonly canary: Canary | undefined;
  /** True also for all stages of a retired API. */
  readonly retired: boolean;
}

const WRONG_CERTIFICATE = {
  error: wrong(
    "must be the id of a client certificate of API Gateway",
    "aws apigateway get-client-certificates lists them",
  ),
};

export const stageSchema = fieldsOf<StageInput>()({
  description: literalText.optional(),
  variables: stageVariablesSchema.optional(),
  tags: tagsSchema.optional(),
  accessLog: accessLogSchema.optional(),
  settings: stageSettingsSchema.optional(),
  methodSettings: methodSettingsSchema.optional(),
  tracing: z.boolean({ error: wrong("must be true or false") }).optional(),
  clientCertificateId: z
    .string(WRONG_CERTIFICATE)
    .refine((id) => isKnownLater(id) || /^[a-z0-9]{1,64}$/.test(id), WRONG_CERTIFICATE)
    .optional(),
  alarms: alarmsSchema.optional(),
  dashboard: z.boolean({ error: wrong("must be true or false") }).optional(),
  cacheCluster: cacheClusterSchema.optional(),
  webAclArn: webAclArn.optional(),
  releaseDescription: literalText.optional(),
  canary: canarySchema.optional(),
  domains: stageDomainsSchema.optional(),
  retired: z.boolean({ error: wrong("must be true or false") }).optional(),
});

/** A stage of an API that someone else manages has nothing to say but its name. */
export const existingStageSchema: z.ZodType<z.infer<typeof stageSchema>> = fields({});

/** The checked form of a stage. */
function toStage(name: string, written: z.infer<typeof stageSchema>): Stage {
  const settings = toStageSettings(written.settings);
  return {
    name,
    ...withDefaults(written, DEFAULTS),
    accessLog: toAccessLog(written.accessLog),
    settings,
    methodSettings: toMethodSettings(written.methodSettings, settings),
    alarms: toAlarms(written.alarms),
    dashboard: written.dashboard ?? false,
    domains: toStageDomains(written.domains),
    webAclArn: written.webAclArn,
    releaseDescription: written.releaseDescription,
    canary: toCanary(written.canary),
    retired: written.retired ?? false,
  };
}

/** The API whose stages are read. */
interface OfApi {
  readonly id: string;
  readonly endpointType?: unknown;
  /** @default - that of an API of the catalog's own */
  readonly schema?: z.ZodType<z.infer<typeof stageSchema>>;
}

/** Reads the stages of an API, sorted by name. */
export function readStages(
  reader: EntryReader,
  { id, endpointType, schema = stageSchema }: OfApi,
  written: unknown,
): Stage[] {
  return entriesOf(written)
    .flatMap(([name, each]) => {
      const place = `api "${id}": stage "${name}"`;
      reader.refuse(place, problemOfStageName(name));
      reader.refuse(place, problemOfFormerDomain(each, `${id}/${name}`, endpointType));
      const stage = reader.read(schema, withoutFormerDomain(each), at(place));
      return stage ? toStage(name, stage) : [];
    })
    .sort((a, b) => byName(a.name, b.name));
}
