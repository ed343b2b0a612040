import { z } from "zod";
import { certificateArn } from "./certificate";
import { withoutDefaults } from "./left-out";
import { fieldsOf, isKnownLater, literalText, wrong } from "./schema";

/**
 * Client certificates that a domain name asks for, besides the key.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-mutual-tls.html
 */
export interface MutualTlsInput {
  /** File in S3 with the certificates of those who issue clients' certificates, in PEM: `"s3://bucket/truststore.pem"`. */
  readonly truststoreUri: string;
  /**
   * Version of that file, where its bucket keeps versions. Without it, AWS goes on with the file as it was when this was
   * deployed.
   *
   * @default - the file as it is
   */
  readonly truststoreVersion?: string;
  /**
   * ARN of a public certificate that ACM has issued for the name, where `certificateArn` was imported into ACM or is of a
   * private authority. The AWS provider sends it only when it creates the name.
   *
   * @default - none
   */
  readonly ownershipVerificationCertificateArn?: string;
}

/** Client certificates that a domain name asks for, checked. */
export interface MutualTls {
  readonly truststoreUri: string;
  readonly truststoreVersion: string | undefined;
  readonly ownershipVerificationCertificateArn: string | undefined;
}

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
const S3_URI = /^s3:\/\/[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]\/.+$/;
const WRONG_URI = {
  error: wrong("must be the URI of a file in S3", 'write it as "s3://<bucket>/<key>"'),
};

export const mutualTlsSchema = fieldsOf<MutualTlsInput>()({
  truststoreUri: z.string(WRONG_URI).refine((uri) => isKnownLater(uri) || S3_URI.test(uri), WRONG_URI),
  truststoreVersion: literalText
    .min(1, { error: wrong("must not be empty", "leave it out for the latest") })
    .optional(),
  ownershipVerificationCertificateArn: certificateArn.optional(),
});

/** The checked form of what a domain name asks clients for. */
export const toMutualTls = (written: z.infer<typeof mutualTlsSchema> | undefined): MutualTls | undefined =>
  written && {
    truststoreUri: written.truststoreUri,
    truststoreVersion: written.truststoreVersion,
    ownershipVerificationCertificateArn: written.ownershipVerificationCertificateArn,
  };

/** The same as a person writes it. */
export const writtenMutualTls = ({ truststoreUri, ...others }: MutualTls): MutualTlsInput => ({
  truststoreUri,
  ...withoutDefaults(others, { truststoreVersion: undefined, ownershipVerificationCertificateArn: undefined }),
});
