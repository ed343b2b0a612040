import { z } from "zod";

const texts = z.union([z.string().transform((text) => [text]), z.array(z.string())], {
  error: "must be a string or a list of strings",
});

/** What decides is never passed over: a part that is not evaluated here is refused rather than ignored. */
const statement = z.strictObject({
  Sid: z.string().nullish(),
  Effect: z.enum(["Allow", "Deny"], { error: 'must be "Allow" or "Deny"' }),
  Action: texts,
  Resource: texts,
});

/** The policy document of an authorizer's answer. */
export const policySchema = z.object({
  Statement: z.union([statement.transform((only) => [only]), z.array(statement)]),
});
export type Policy = z.infer<typeof policySchema>;

export type Decision = "allowed" | "denied-explicitly" | "denied-implicitly";

/**
 * What a policy says of a call of a method: a statement that denies beats all that allow, and what no statement allows is
 * denied.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-authorization-flow.html
 */
export function decide({ Statement }: Policy, methodArn: string): Decision {
  const effects = Statement.filter(
    ({ Action, Resource }) =>
      Action.some((pattern) => matches(pattern.toLowerCase(), "execute-api:invoke")) &&
      Resource.some((pattern) => matches(pattern, methodArn)),
  ).map(({ Effect }) => Effect);
  if (effects.includes("Deny")) return "denied-explicitly";
  return effects.includes("Allow") ? "allowed" : "denied-implicitly";
}

/**
 * Whether a pattern covers all of a text: `*` stands for any characters, `/` too, and `?` for one. No regular expression,
 * which a pattern with many stars would keep busy for hours.
 */
export function matches(pattern: string, text: string): boolean {
  let [atPattern, atText, afterStar, retryText] = [0, 0, -1, 0];
  while (atText < text.length) {
    const wanted = pattern[atPattern];
    if (wanted === "*") {
      afterStar = ++atPattern;
      retryText = atText;
    } else if (wanted === "?" || wanted === text[atText]) {
      atPattern++;
      atText++;
    } else if (afterStar >= 0) {
      // The last star takes one character more.
      atPattern = afterStar;
      atText = ++retryText;
    } else return false;
  }
  while (pattern[atPattern] === "*") atPattern++;
  return atPattern === pattern.length;
}
