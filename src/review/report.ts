import { z } from "zod";
import { QUOTA_PERIODS } from "../vocabulary/quota";

const names = z.array(z.string());

const findingSchema = z.strictObject({
  about: z.string().meta({ description: "By which it is accepted, as <rule>:<about>." }),
  subject: z.string().meta({ description: "The same, as a person calls it." }),
  what: z.string().meta({ description: "What happens to it, in a sentence that follows the subject." }),
  customers: names.meta({ description: "Names of the keys that it concerns." }),
  tiers: names.meta({ description: "Tiers that it concerns." }),
  apis: names.meta({ description: "APIs that it concerns." }),
  stages: names.meta({ description: "Stages that it concerns, such as pets/prod." }),
  routes: names.meta({ description: "Routes that it concerns, such as GET /pets of pets." }),
  acceptedBecause: z.string().nullable().meta({ description: "Why somebody wants it; null if nobody has said so." }),
});

const sectionSchema = z.strictObject({
  rule: z.string().meta({ description: "Id of the rule." }),
  severity: z.enum(["decision", "notice", "reminder"]).meta({
    description:
      "Whether somebody must want it before it is merged, whether it changes, or is so and may have been before.",
  }),
  title: z.string().meta({ description: "How many findings there are, in a heading." }),
  holds: z.string().meta({ description: "What should be true." }),
  why: z.string().meta({ description: "What it means to customers if it is not." }),
  remedy: z.string().meta({ description: "What to do next." }),
  findings: z.array(findingSchema),
});

const otherChangeSchema = z.strictObject({
  stack: z.string(),
  address: z.string().meta({ description: "Terraform's address." }),
  type: z.string().meta({ description: "Terraform's type." }),
  action: z.enum(["create", "delete", "forget", "move", "replace", "update"]),
  attributes: names.meta({ description: "Attributes that change and that no finding has put into words." }),
});

/** A review, as `api-tiers review --format json` prints it. */
export const reportSchema = z
  .strictObject({
    formatVersion: z.literal("1.0"),
    verdict: z.enum(["no-decision-needed", "decision-needed"]),
    decisions: z.int().meta({ description: "Findings that need a decision and are not accepted." }),
    accepted: z.int().meta({ description: "Findings that need a decision and are accepted." }),
    stacks: z.strictObject({ planned: names, pending: names, dropped: names }),
    customers: z
      .strictObject({
        gaining: names.meta({ description: "Can call stages that they could not call before." }),
        losing: names.meta({ description: "Can no longer call stages that they could call before." }),
        moving: names.meta({ description: "Go from one tier into another." }),
        newKey: names.meta({ description: "Get a key with another value in the place of theirs." }),
        before: z.int().meta({ description: "Keys before the change." }),
        after: z.int().meta({ description: "Keys after it." }),
      })
      .meta({ description: "Keys by name." }),
    changes: z
      .strictObject({
        create: z.int(),
        update: z.int(),
        replace: z.int(),
        delete: z.int(),
        forget: z.int(),
        import: z.int(),
      })
      .meta({ description: "Resources that the plans change." }),
    applySeconds: z
      .int()
      .meta({ description: "The least time that the apply takes at the rates of the AWS control plane, in seconds." }),
    traffic: z
      .array(
        z.strictObject({
          customer: z.string(),
          used: z.int().nullable().meta({ description: "Requests of the period of the quota; null if not known." }),
          quota: z
            .strictObject({ limit: z.int(), period: z.enum(QUOTA_PERIODS) })
            .nullable()
            .meta({ description: "The quota after the change; null if there is none, or more than one." }),
          wouldBeRefused: z
            .int()
            .nullable()
            .meta({ description: "Requests that the limits after the change would have refused; null if not known." }),
        }),
      )
      .meta({ description: "What was given of the requests of customers whom findings concern." }),
    headRoom: z
      .array(z.strictObject({ what: z.string(), used: z.int(), limit: z.int(), adjustable: z.boolean() }))
      .meta({ description: "AWS quotas after the change, as far as the plans tell; the most used first." }),
    sections: z.array(sectionSchema).meta({ description: "The most important first." }),
    otherChanges: z.array(otherChangeSchema).meta({ description: "All that no finding has put into words." }),
    unusedAcceptances: names.meta({ description: "Accepted findings that this change does not have." }),
    didYouMean: z
      .record(z.string(), names)
      .meta({ description: "For accepted findings that this change does not have: those that may be meant." }),
  })
  .meta({ title: "Review of a plan", description: "What a change of API tiers means to customers. It holds no key." });

export type Report = z.infer<typeof reportSchema>;
export type ReportedFinding = z.infer<typeof findingSchema>;
export type Section = z.infer<typeof sectionSchema>;
export type OtherChange = z.infer<typeof otherChangeSchema>;

/** JSON Schema of a report. */
export const reportJsonSchema = (): Readonly<Record<string, unknown>> => z.toJSONSchema(reportSchema);
