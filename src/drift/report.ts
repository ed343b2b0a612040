import { z } from "zod";
import { DRIFT_KINDS, GROUPS } from "./findings/finding";

const texts = z.array(z.string());

const findingSchema = z.strictObject({
  kind: z.enum(DRIFT_KINDS).meta({ description: "What became of it." }),
  group: z.enum(GROUPS).meta({ description: "Whom it concerns first." }),
  about: z
    .string()
    .meta({ description: "The subscription, tier, API, stage or route; of what no stack holds, its id in AWS." }),
  subject: z.string().meta({ description: "The same, as a person calls it." }),
  what: z.string().meta({ description: "What is different, in words that follow the subject." }),
  customers: texts.meta({ description: "Subscriptions, or names of other keys, whom it concerns." }),
  address: z.string().nullable().meta({ description: "Its stack and address; null for what no stack holds." }),
  keep: z
    .strictObject({
      at: z
        .string()
        .nullable()
        .meta({ description: "File and line of the entry, such as catalog.ts:36; null if not known." }),
      path: texts.nullable().meta({ description: "Names that lead to the entry of the catalog; null for none." }),
      edit: z.string().nullable().meta({ description: "What to write there; null where words say it." }),
      what: z.string().meta({ description: "What to do in words, or why no edit keeps it." }),
      commands: texts.meta({
        description: "Commands to run after the edit and before the next deploy, in their order.",
      }),
    })
    .meta({ description: "What keeps the difference." }),
  takeBack: z
    .strictObject({ commands: texts, what: z.string().meta({ description: "What the commands do." }) })
    .meta({ description: "What takes the difference back." }),
});

const reasonSchema = z.strictObject({ what: z.string(), why: z.string() });

/** What drifted, as `api-tiers drift --format json` prints it. */
export const driftReportSchema = z
  .strictObject({
    formatVersion: z.literal("1.0"),
    verdict: z.enum(["no-drift", "drift", "not-all-read"]).meta({
      description: "Whether something drifted; not-all-read where nothing was found and something could not be read.",
    }),
    comparedWith: z.enum(["account", "refresh-only plans"]),
    regions: texts.meta({ description: "Regions of AWS, sorted; empty where only the environment says it." }),
    compared: z
      .strictObject({
        keys: z.int(),
        plans: z.int(),
        planKeys: z.int(),
        apis: z.int(),
        stages: z.int(),
        routes: z.int(),
      })
      .meta({ description: "How many deployed resources were compared." }),
    findings: z.array(findingSchema).meta({ description: "Customers first, then tiers, then APIs." }),
    takeAllBack: texts.meta({
      description:
        "Commands that take all differences back, in their order: what Terraform does not know of first, then one deploy.",
    }),
    notDeployed: texts.meta({
      description: "Resources of which the stacks say something else than was deployed; nobody changed them by hand.",
    }),
    neverDeployed: texts.meta({ description: "Stacks without a state." }),
    notRead: z.array(reasonSchema).meta({ description: "What could not be read, and why." }),
    notCompared: texts.meta({ description: "What this does not compare." }),
    managedElsewhere: z
      .array(z.strictObject({ owner: z.string(), keys: z.int() }))
      .meta({ description: "Keys in plans of the stacks that somebody else manages, by who that is." }),
  })
  .meta({
    title: "Drift",
    description: "How an account differs from the stacks that were deployed to it. It holds no key.",
  });

export type DriftReport = z.infer<typeof driftReportSchema>;
export type ReportedDrift = z.infer<typeof findingSchema>;

/** JSON Schema of a report. */
export const driftJsonSchema = (): Readonly<Record<string, unknown>> => z.toJSONSchema(driftReportSchema);
