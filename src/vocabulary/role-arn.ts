import { z } from "zod";
import { isKnownLater, wrong } from "./schema";

/** What AWS takes for the rights of the caller. */
export const CALLER_CREDENTIALS = "arn:aws:iam::*:user/*";

const WRONG = { error: wrong("must be the ARN of a role", "write it as arn:aws:iam::<account>:role/<name>") };
const ROLE = /^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]{1,512}$/;

/** The ARN of a role, or a reference to one. */
export const roleArn = z.string(WRONG).refine((arn) => isKnownLater(arn) || ROLE.test(arn), WRONG);

/** The ARN of a role, or a reference to one; or the caller's own rights. */
export const credentials = z
  .string(WRONG)
  .refine((arn) => arn === CALLER_CREDENTIALS || isKnownLater(arn) || ROLE.test(arn), WRONG);
