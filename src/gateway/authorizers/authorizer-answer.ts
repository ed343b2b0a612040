import { z } from "zod";
import { policySchema } from "./policy";

const scalar = z.union([z.string(), z.number(), z.boolean()], {
  error: "must be a string, a number, true or false; API Gateway accepts no lists and no objects here",
});

/** @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-lambda-authorizer-output.html */
const answerSchema = z.object(
  {
    principalId: scalar.transform(String),
    policyDocument: policySchema,
    context: z.record(z.string(), scalar.transform(String).nullable()).nullish(),
    usageIdentifierKey: z.string({ error: "must be a string: the key's value" }).nullish(),
  },
  { error: "must be an object with principalId and policyDocument" },
);

/** What an authorizer answered, checked. */
export interface AuthorizerAnswer {
  readonly principalId: string;
  readonly policyDocument: z.infer<typeof policySchema>;
  readonly context: Readonly<Record<string, string>>;
  /** The value of the caller's key. */
  readonly usageIdentifierKey: string | undefined;
}

/** The answer that a function's result is, or what is wrong with it; never a value of it, which may be a key. */
export function toAuthorizerAnswer(result: unknown): AuthorizerAnswer | { readonly malformed: string } {
  const parsed = answerSchema.safeParse(result);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return { malformed: `${issue?.path.length ? `its ${issue.path.join(".")}` : "it"} ${issue?.message}` };
  }
  const { context, usageIdentifierKey, ...answer } = parsed.data;
  const given = Object.entries(context ?? {}).filter((entry): entry is [string, string] => entry[1] !== null);
  return { ...answer, context: Object.fromEntries(given), usageIdentifierKey: usageIdentifierKey ?? undefined };
}
