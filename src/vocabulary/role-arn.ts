import { show } from "../text/show";
import { isKnownLater } from "./schema";

/** What is wrong with the ARN of a role, or a reference to one; `undefined` if nothing is. */
export function problemOfRole(arn: string): string | undefined {
  if (isKnownLater(arn) || /^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]{1,512}$/.test(arn)) return undefined;
  return `must be the ARN of a role, got ${show(arn)}; write it as arn:aws:iam::<account>:role/<name>`;
}
