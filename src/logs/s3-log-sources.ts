import type * as sdk from "@aws-sdk/client-s3";
import { loadOptional } from "../project/optional-package";
import { show } from "../text/show";
import type { LogSource } from "./log-reader";

/**
 * The objects of a bucket, with the credentials and the Region of the environment.
 *
 * @param address `s3://bucket/prefix`
 */
export async function* s3LogSources(address: string): AsyncGenerator<LogSource> {
  const [, bucket, prefix = ""] = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:\/(.*))?$/.exec(address) ?? [];
  if (bucket === undefined) throw new Error(`${show(address)} is not a place in S3; write s3://bucket/prefix`);
  const s3 = await loadOptional("@aws-sdk/client-s3", address, () => import("@aws-sdk/client-s3"));
  const client = new s3.S3Client({
    followRegionRedirects: true,
    forcePathStyle: Boolean(process.env.AWS_ENDPOINT_URL ?? process.env.AWS_ENDPOINT_URL_S3),
  });
  let token: string | undefined;
  do {
    const page: sdk.ListObjectsV2CommandOutput = await client
      .send(new s3.ListObjectsV2Command({ Bucket: bucket, Prefix: prefix, ContinuationToken: token }))
      .catch((error: unknown) => {
        throw failure(address, "listed", error);
      });
    for (const { Key: key = "", ETag: tag, Size: size } of page.Contents ?? []) {
      if (key.endsWith("/") || key.endsWith("/aws-logs-write-test")) continue;
      const name = `s3://${bucket}/${key}`;
      yield {
        name,
        ...(tag === undefined ? {} : { version: `${name} ${tag} ${size}` }),
        async *bytes() {
          const { Body } = await client.send(new s3.GetObjectCommand({ Bucket: bucket, Key: key })).catch((error) => {
            throw failure(name, "read", error);
          });
          for await (const chunk of Body as AsyncIterable<Uint8Array>) yield Buffer.from(chunk);
        },
      };
    }
    token = page.NextContinuationToken;
  } while (token !== undefined);
}

const failure = (address: string, done: string, error: unknown): Error =>
  new Error(
    `${address} cannot be ${done}: ${(error as Error).message}; allow s3:ListBucket and s3:GetObject there to the identity that runs ` +
      "this, and look at AWS_REGION and at your credentials",
    { cause: error },
  );
