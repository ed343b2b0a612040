import { z } from "zod";
import { isKnownLater, wrong } from "./schema";

const CERTIFICATE_ARN = /^arn:aws[a-z-]*:acm:[a-z0-9-]+:\d{12}:certificate\/[A-Za-z0-9-]+$/;

/** The ARN of a certificate in ACM. */
export const certificateArn = z
  .string({ error: wrong("must be the ARN of a certificate in ACM") })
  .refine((arn) => isKnownLater(arn) || CERTIFICATE_ARN.test(arn), {
    error: wrong(
      "must be the ARN of a certificate in ACM",
      "write it as arn:aws:acm:<region>:<account>:certificate/<id>",
    ),
  });

/** The Region of an ARN; `undefined` where Terraform knows the ARN only later. */
export function regionOfArn(arn: string): string | undefined {
  return isKnownLater(arn) ? undefined : arn.split(":")[3];
}
