import { z } from "zod";
import { show } from "../text/show";
import { isKnownLater, wrong } from "./schema";

/** The stage variable by which a stage calls its own release of a handler. */
export const RELEASE_VARIABLE = "release";

/**
 * Stage variables by name; a value may be a reference such as `${aws_lb.main.dns_name}`.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html
 */
export const stageVariablesSchema = z
  .record(z.string(), z.string({ error: wrong("must be a string", "write numbers in quotes") }), {
    error: wrong("must be an object", 'write { host: "pets.example.com" }'),
  })
  .superRefine((variables, context) => {
    for (const [name, value] of Object.entries(variables))
      for (const message of problemsOf(name, value))
        context.addIssue({ code: "custom", message, path: [name], input: value });
  });

function problemsOf(name: string, value: string): string[] {
  const problems: string[] = [];
  if (name === RELEASE_VARIABLE)
    problems.push(
      `the name "${RELEASE_VARIABLE}" is reserved: by it a stage calls its release of a handler; choose another name`,
    );
  if (!/^[A-Za-z0-9_]{1,64}$/.test(name))
    problems.push(`a name of a stage variable must be 1 to 64 letters, digits and "_", got ${show(name)}`);
  if (!isKnownLater(value) && !/^[A-Za-z0-9._~:/?#&=,-]{1,512}$/.test(value))
    problems.push(`must be 1 to 512 letters, digits and characters of ". _ ~ : / ? # & = , -", got ${show(value)}`);
  return problems;
}
