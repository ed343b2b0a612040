import { z } from "zod";
import { fieldsOf, isKnownLater, wrong } from "./schema";

/**
 * A domain name of the team's under which a stage answers.
 *
 * A name is created by one stage; others, each under a base path of its own, use it by leaving `certificateArn` out. A
 * name moves from one stage to another in two deploys: first without it here, then with it there.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-custom-domains.html
 */
export interface StageDomainInput {
  /** The name, in lower case: `"api.example.com"`, or `"*.example.com"`. */
  readonly name: string;
  /**
   * ARN of the name's certificate in ACM, in the API's Region; for an `EDGE` API in us-east-1. With it the name is created
   * here.
   *
   * @default - the name already exists
   */
  readonly certificateArn?: string;
  /**
   * The first part of the path under the name, without slashes: `"v1"` for `https://api.example.com/v1`.
   * @default - the stage answers at the name's root
   */
  readonly basePath?: string;
  /**
   * The oldest TLS that clients may use, of a name that is created here.
   * @default "TLS_1_2"
   */
  readonly securityPolicy?: "TLS_1_0" | "TLS_1_2";
}

/** A domain name of a stage, checked. */
export interface StageDomain {
  readonly name: string;
  /** `undefined` where the name already exists. */
  readonly certificateArn: string | undefined;
  /** `undefined` for the root. */
  readonly basePath: string | undefined;
  readonly securityPolicy: "TLS_1_0" | "TLS_1_2" | undefined;
}

const LABEL = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";
const NAME = new RegExp(`^(?=.{1,253}$)(\\*\\.)?(${LABEL}\\.)+${LABEL}$`);
/** One level: AWS maps paths such as `a/b` by another kind of mapping, which the Terraform resource does not make. */
const BASE_PATH = /^[A-Za-z0-9$_.+!*'()-]{1,300}$/;
const CERTIFICATE_ARN = /^arn:aws[a-z-]*:acm:[a-z0-9-]+:\d{12}:certificate\/[A-Za-z0-9-]+$/;

export const stageDomainSchema = fieldsOf<StageDomainInput>()({
  name: z
    .string({ error: wrong('must be a domain name such as "api.example.com"') })
    .refine((name) => isKnownLater(name) || NAME.test(name), {
      error: wrong(
        'must be a domain name in lower case such as "api.example.com"',
        "write it without protocol, port and path",
      ),
    }),
  certificateArn: z
    .string({ error: wrong("must be the ARN of a certificate in ACM") })
    .refine((arn) => isKnownLater(arn) || CERTIFICATE_ARN.test(arn), {
      error: wrong(
        "must be the ARN of a certificate in ACM",
        "write it as arn:aws:acm:<region>:<account>:certificate/<id>",
      ),
    })
    .optional(),
  basePath: z
    .string({ error: wrong('must be one part of a path such as "v1"', "leave it out for the root") })
    .refine((path) => path !== "(none)" && (isKnownLater(path) || BASE_PATH.test(path)), {
      error: wrong(
        "must be one part of a path: letters, digits and $ - _ . + ! * ' ( )",
        'write "v1" without slashes, or leave it out for the root',
      ),
    })
    .optional(),
  securityPolicy: z.enum(["TLS_1_0", "TLS_1_2"], { error: wrong("must be TLS_1_0 or TLS_1_2") }).optional(),
});

/** The checked form of a stage's domain name. */
export function toStageDomain(written: z.infer<typeof stageDomainSchema> | undefined): StageDomain | undefined {
  return (
    written && {
      name: written.name,
      certificateArn: written.certificateArn,
      basePath: written.basePath,
      securityPolicy: written.securityPolicy,
    }
  );
}

/** The Region of an ARN; `undefined` where Terraform knows the ARN only later. */
export function regionOfArn(arn: string): string | undefined {
  return isKnownLater(arn) ? undefined : arn.split(":")[3];
}
