import type { BodyProblem } from "./body/problems";

/**
 * What the model does not hold, or holds only in part, and why. Each reader says in its own words what that means to its
 * users. What is known only after the apply is spelled as in Terraform: `${aws_lb.main.dns_name}`.
 */
export type UnsupportedPart =
  /** What a part is, or where it belongs, is known only after the apply: the model does not hold it. */
  | {
      readonly kind: "unknown";
      readonly what: "enabled" | "method" | "path" | "quota" | "stage-name" | "throttle";
      readonly value: string;
    }
  /** Only a plan says how many there are. */
  | { readonly kind: "repeated"; readonly by: "count" | "for_each" }
  /** It belongs to an API that is not in these files. */
  | {
      readonly kind: "external-api";
      readonly api: string;
      /** Whether the part is in an external API of the model. */
      readonly isExternal: boolean;
    }
  | { readonly kind: "external-authorizer"; readonly authorizer: string }
  | { readonly kind: "external-validator"; readonly validator: string }
  /** The model of a body. */
  | { readonly kind: "external-model"; readonly model: string }
  /** A plan key whose plan or key is not in these files, or is known only after the apply. */
  | {
      readonly kind: "plan-key";
      readonly missing: "key" | "plan";
      readonly id: string;
      /** Whether it is managed elsewhere, and so among the external resources of the model. */
      readonly isExternal: boolean;
    }
  /** A usage plan covers a stage of an API that is not in these files; `undefined` where nothing is known of the API. */
  | {
      readonly kind: "plan-stage";
      readonly api: string | undefined;
      readonly stage: string;
      /** Whether the API is managed elsewhere, and so among the external resources of the model. */
      readonly isExternal: boolean;
    }
  /** A usage plan covers a stage that its API does not have in these files. */
  | { readonly kind: "missing-stage"; readonly api: string; readonly stage: string }
  /** A throttle for something that is not a method path. */
  | { readonly kind: "method-path"; readonly path: string }
  /** Something of the body of an API. */
  | { readonly kind: "body"; readonly problem: BodyProblem }
  | { readonly kind: "caching" }
  | { readonly kind: "compression" }
  /** A domain name asks clients for certificates. */
  | { readonly kind: "mutual-tls"; readonly domainName: string }
  /** An integration, or a response of it, converts bodies between bytes and text. */
  | { readonly kind: "content-handling"; readonly strategy: string }
  | { readonly kind: "mapped-header"; readonly header: string; readonly value: string }
  | { readonly kind: "response-type"; readonly type: string }
  | { readonly kind: "environment-variable"; readonly name: string; readonly value: string }
  | { readonly kind: "integration"; readonly because: UnsupportedCall }
  | { readonly kind: "authorizer"; readonly because: UnsupportedCall };

/** Why an integration, or an authorizer, cannot be called. */
export type UnsupportedCall =
  | { readonly kind: "no-integration" }
  /** An AWS service other than Lambda. */
  | { readonly kind: "aws-service"; readonly uri: string }
  | { readonly kind: "integration-type"; readonly type: string }
  | { readonly kind: "unknown-url"; readonly url: string }
  | { readonly kind: "cognito" }
  /** A function that is not in these files. */
  | { readonly kind: "external-function"; readonly uri: string }
  /** The code of a function is in no file: it is in S3, in an image, or known only after the apply. */
  | { readonly kind: "no-code"; readonly function: string };
