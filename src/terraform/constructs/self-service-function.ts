import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import type { DynamodbTable } from "@cdktf/provider-aws/lib/dynamodb-table";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { LambdaFunction } from "@cdktf/provider-aws/lib/lambda-function";
import { App } from "cdktf";
import { Construct } from "constructs";
import { SETTINGS_VARIABLE, selfServicePrefix, UNFINISHED_INDEX } from "../../contract/self-service";
import type { KeyStore } from "../../vocabulary/key-store";
import type { SelfService } from "../../vocabulary/self-service";
import { LAMBDA_RUNTIME } from "./handler-bundle";
import { named } from "./named";
import { allowing, allowingWhere, assumedBy } from "./policy-document";
import { arnBeside, selfServiceRights } from "./self-service-rights";
import { writeShippedHandler } from "./shipped-handler";

// Loaded when a self-service is created: together they are as large as half of the rest, and few catalogs have one.
const loaded = () => ({
  ...(require("@cdktf/provider-aws/lib/dynamodb-table") as typeof import("@cdktf/provider-aws/lib/dynamodb-table")),
  ...(require("@cdktf/provider-aws/lib/scheduler-schedule") as typeof import("@cdktf/provider-aws/lib/scheduler-schedule")),
  ...(require("@cdktf/provider-aws/lib/scheduler-schedule-group") as typeof import("@cdktf/provider-aws/lib/scheduler-schedule-group")),
});

export interface SelfServiceProps {
  readonly settings: SelfService;
  readonly keyStore: KeyStore;
  /** Ids of the usage plans, by tier. */
  readonly planIds: Readonly<Record<string, string>>;
  /**
   * Those of its tiers that take no new customers.
   * @default - all take some
   */
  readonly closedTiers?: readonly string[];
  /**
   * Former ids of its tiers, with those of today.
   * @default - no tier was renamed
   */
  readonly formerTiers?: Readonly<Record<string, string>>;
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Below what a worker's lease lasts, and what API Gateway waits. */
const TIMEOUT_SECONDS = 29;

/**
 * The function that owns the keys of customers who sign up by themselves, with its table, its schedules, and rights to its own
 * keys and to the plans of its tiers. Keys that it makes are in no state: Terraform neither changes nor deletes them.
 */
export class SelfServiceFunction extends Construct {
  readonly function: LambdaFunction;
  readonly table: DynamodbTable;
  readonly role: IamRole;

  constructor(scope: Construct, id: string, props: SelfServiceProps) {
    super(scope, id);
    const { DynamodbTable, SchedulerSchedule, SchedulerScheduleGroup } = loaded();
    const { settings, keyStore, planIds, closedTiers, formerTiers } = props;
    const { name } = settings;
    this.table = named(DynamodbTable, this, "table", {
      name,
      billingMode: "PAY_PER_REQUEST",
      hashKey: "id",
      attribute: [
        { name: "id", type: "S" },
        { name: "unfinished", type: "S" },
      ],
      globalSecondaryIndex: [
        {
          name: UNFINISHED_INDEX,
          hashKey: "unfinished",
          projectionType: "INCLUDE",
          nonKeyAttributes: ["subscription"],
        },
      ],
      ttl: { attributeName: "expires", enabled: true },
      pointInTimeRecovery: { enabled: true },
      // Without it nobody knows whose the keys are.
      deletionProtectionEnabled: true,
    });
    const scheduler = new Construct(this, "scheduler");
    const group = named(SchedulerScheduleGroup, scheduler, "schedules", { name });
    const logGroup = named(CloudwatchLogGroup, this, "log-group", { name: `/aws/lambda/${name}`, retentionInDays: 30 });
    this.role = named(IamRole, this, "role", {
      namePrefix: `${name.slice(0, 37)}-`,
      assumeRolePolicy: assumedBy("lambda.amazonaws.com"),
    });
    const callerRole = named(IamRole, scheduler, "role", {
      namePrefix: `${name.slice(0, 27)}-scheduler-`,
      assumeRolePolicy: assumedBy("scheduler.amazonaws.com"),
    });
    // The function's own environment cannot refer to the function, so its ARN is made of the table's.
    const target = arnBeside(this.table.arn)("lambda", `function:${name}`);
    const rights = named(IamRolePolicy, this, "rights", {
      name: "self-service",
      role: this.role.id,
      policy: allowingWhere(
        selfServiceRights({
          settings,
          keyStore,
          planIds: settings.tiers.map((tier) => planIdOf(planIds, tier)),
          tableArn: this.table.arn,
          logGroupArn: logGroup.arn,
          schedulerRoleArn: callerRole.arn,
        }),
      ),
    });
    const store =
      settings.handOver === "answer"
        ? {}
        : {
            store: {
              type: settings.handOver,
              prefix: selfServicePrefix(keyStore.prefix),
              ...(keyStore.kmsKeyId === undefined ? {} : { kmsKeyId: keyStore.kmsKeyId }),
            },
          };
    const { zip, codeHash } = writeShippedHandler("self-service", App.of(this).outdir);
    this.function = named(LambdaFunction, this, "function", {
      functionName: name,
      role: this.role.arn,
      runtime: LAMBDA_RUNTIME,
      handler: "index.handler",
      filename: zip,
      sourceCodeHash: codeHash,
      architectures: ["arm64"],
      memorySize: 512,
      timeout: TIMEOUT_SECONDS,
      environment: {
        variables: {
          NODE_OPTIONS: "--enable-source-maps",
          [SETTINGS_VARIABLE]: JSON.stringify({
            tiers: settings.tiers,
            ...(closedTiers === undefined ? {} : { closedTiers }),
            ...(formerTiers === undefined ? {} : { formerTiers }),
            verification: settings.verification,
            verifyWithin: settings.verifyWithinDays * DAY,
            rotationGrace: settings.rotationGraceHours * HOUR,
            paymentGrace: settings.paymentGraceDays * DAY,
            keepRetiredKeys: settings.keepRetiredKeysDays * DAY,
            handOver: settings.handOver === "answer" ? "answer" : "store",
            table: name,
            planIds: Object.fromEntries(settings.tiers.map((tier) => [tier, planIdOf(planIds, tier)])),
            scheduler: { group: name, role: callerRole.arn, target },
            eventBus: settings.eventBus,
            ...store,
          }),
        },
      },
      // A function without its rights would fail its first requests, and make a log group of its own.
      dependsOn: [rights, logGroup, group],
    });
    named(IamRolePolicy, scheduler, "rights", {
      name: "self-service",
      role: callerRole.id,
      policy: allowing([{ actions: ["lambda:InvokeFunction"], resources: [this.function.arn] }]),
    });
    named(SchedulerSchedule, scheduler, "reconcile", {
      name: "reconcile",
      groupName: group.name,
      description: "Finishes what was interrupted, and looks for keys that were changed by hand.",
      scheduleExpression: "rate(15 minutes)",
      flexibleTimeWindow: { mode: "FLEXIBLE", maximumWindowInMinutes: 5 },
      target: { arn: this.function.arn, roleArn: callerRole.arn, input: JSON.stringify({ reconcile: true }) },
    });
  }
}

function planIdOf(planIds: Readonly<Record<string, string>>, tier: string): string {
  const id = planIds[tier];
  if (id === undefined)
    throw new Error(`the self-service is on tier "${tier}", whose plan was not given; add it to planIds`);
  return id;
}
