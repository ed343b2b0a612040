import { z } from "zod";
import { isKnownLater, wrong } from "./schema";

const REGIONAL = /^arn:aws[a-z-]*:wafv2:[a-z0-9-]+:\d{12}:regional\/webacl\/[\w-]+\/[\w-]+$/;
const REMEDY = "write it as arn:aws:wafv2:<region>:<account>:regional/webacl/<name>/<id>";

/** The ARN of a web ACL that a stage can be associated with; CloudFront's are global. */
export const webAclArn = z
  .string({ error: wrong("must be the ARN of a web ACL", REMEDY) })
  .refine((arn) => isKnownLater(arn) || !arn.includes(":global/"), {
    error: wrong("must be the ARN of a regional web ACL, as a stage takes none of CloudFront", REMEDY),
    abort: true,
  })
  .refine((arn) => isKnownLater(arn) || REGIONAL.test(arn), { error: wrong("must be the ARN of a web ACL", REMEDY) });
