import { z } from "zod";
import { LOG_RETENTION_DAYS } from "./log-retention";
import { fieldsOf, shortOrLong, wrong } from "./schema";

/** A statement of an IAM policy: what a handler may do beyond writing its log. */
export interface PolicyStatement {
  /** Actions of IAM, such as `"dynamodb:GetItem"`. */
  readonly actions: readonly string[];
  /** ARNs, or references to them such as `table.arn`. */
  readonly resources: readonly string[];
}

/** A handler of the project's `handlers` folder, with what its function needs. */
export interface HandlerOptions {
  /** Name of the file in the `handlers` folder, without `.ts`. */
  readonly name: string;
  /**
   * Megabytes of memory, 128 to 10,240; the share of CPU grows with it.
   * @unit megabytes
   * @default 256
   */
  readonly memorySize?: number;
  /**
   * Seconds until the function is ended, 1 to 29: API Gateway waits no longer.
   * @unit seconds
   * @default 10
   */
  readonly timeoutSeconds?: number;
  /**
   * Instruction set that the function runs on.
   * @default "arm64"
   */
  readonly architecture?: "arm64" | "x86_64";
  /**
   * Environment variables, or references to values that Terraform knows later. No secrets: they stand in the state.
   * @default - none
   */
  readonly environment?: Readonly<Record<string, string>>;
  /**
   * ARNs of layer versions, at most 5.
   * @default - none
   */
  readonly layers?: readonly string[];
  /**
   * What the function may do beyond writing its log.
   * @default - nothing
   */
  readonly statements?: readonly PolicyStatement[];
  /**
   * How many concurrent executions, out of the account's concurrency.
   * @unit requests
   * @default - as many as the account allows
   */
  readonly reservedConcurrency?: number;
  /**
   * The network that the function stands in.
   * @default - none of the team's
   */
  readonly vpc?: {
    /** Subnets, at least one. */
    readonly subnetIds: readonly string[];
    /** Security groups, at least one. */
    readonly securityGroupIds: readonly string[];
  };
  /**
   * Whether requests are traced with X-Ray.
   * @default false
   */
  readonly tracing?: boolean;
  /**
   * Days for which logs are kept, one of those that CloudWatch knows.
   * @unit days
   * @default 30
   */
  readonly logRetentionDays?: number;
}

/** A handler, with its defaults filled in. */
export interface Handler {
  readonly name: string;
  readonly memorySize: number;
  readonly timeoutSeconds: number;
  readonly architecture: "arm64" | "x86_64";
  readonly environment: Readonly<Record<string, string>>;
  readonly layers: readonly string[];
  readonly statements: readonly PolicyStatement[];
  readonly reservedConcurrency: number | undefined;
  readonly vpc: HandlerOptions["vpc"];
  readonly tracing: boolean;
  readonly logRetentionDays: number;
}

const whole = (least: number, most: number, what: string) =>
  z
    .int({ error: wrong(`must be ${least} to ${most} ${what}`) })
    .min(least, { error: wrong(`must be ${least} to ${most} ${what}`) })
    .max(most, { error: wrong(`must be ${least} to ${most} ${what}`) });
const texts = (what: string) => z.array(z.string(), { error: wrong(`must be a list of ${what}`) });

/** A statement of an IAM policy. */
export const policyStatement = fieldsOf<PolicyStatement>()({
  actions: texts("IAM actions").min(1),
  resources: texts("ARNs").min(1),
});

/** Names of handlers become files and names of functions. */
const NAME_RULE = {
  error: wrong(
    'must be the name of a file in the handlers folder: up to 40 letters, digits and "-", a lower-case letter first',
    'write "pets" for handlers/pets.ts',
  ),
};
const nameSchema = z.string(NAME_RULE).regex(/^[a-z][A-Za-z0-9-]{0,39}$/, NAME_RULE);

/** @see https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const optionsSchema = fieldsOf<HandlerOptions>()(
  {
    name: nameSchema,
    memorySize: whole(128, 10_240, "megabytes").optional(),
    timeoutSeconds: whole(1, 29, "seconds").optional(),
    architecture: z.enum(["arm64", "x86_64"], { error: wrong("must be arm64 or x86_64") }).optional(),
    environment: z
      .record(
        z.string().regex(/^[A-Za-z][A-Za-z0-9_]*$/, { error: wrong("must be letters, digits and _, a letter first") }),
        z.string({ error: wrong("must be a string", "write numbers in quotes") }),
      )
      .optional(),
    layers: texts("ARNs of layer versions").max(5, { error: "must be at most 5; merge some" }).optional(),
    statements: z
      .array(policyStatement, {
        error: wrong('must be a list such as [{ actions: ["dynamodb:GetItem"], resources: [table.arn] }]'),
      })
      .optional(),
    reservedConcurrency: whole(0, 1_000_000, "concurrent executions").optional(),
    vpc: fieldsOf<NonNullable<HandlerOptions["vpc"]>>()({
      subnetIds: texts("subnets").min(1),
      securityGroupIds: texts("security groups").min(1),
    }).optional(),
    tracing: z.boolean({ error: wrong("must be true or false") }).optional(),
    logRetentionDays: z
      .number({ error: wrong("must be a number of days") })
      .refine((days) => LOG_RETENTION_DAYS.some((known) => known === days), {
        error: wrong(`must be one of ${LOG_RETENTION_DAYS.join(", ")} days`),
      })
      .optional(),
  },
  "must be the name of a handler, or an object",
);

/** A handler's name, or its options. */
export const handlerSchema = shortOrLong(nameSchema, optionsSchema);

/** The name of a handler, however it is written. */
export const handlerName = (written: string | HandlerOptions): string =>
  typeof written === "string" ? written : written.name;

/** Fills in the defaults. */
export function toHandler(written: string | HandlerOptions): Handler {
  const options: HandlerOptions = typeof written === "string" ? { name: written } : written;
  return {
    name: options.name,
    memorySize: options.memorySize ?? 256,
    timeoutSeconds: options.timeoutSeconds ?? 10,
    architecture: options.architecture ?? "arm64",
    environment: options.environment ?? {},
    layers: options.layers ?? [],
    statements: options.statements ?? [],
    reservedConcurrency: options.reservedConcurrency,
    vpc: options.vpc,
    tracing: options.tracing ?? false,
    logRetentionDays: options.logRetentionDays ?? 30,
  };
}
