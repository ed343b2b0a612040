import type * as sdk from "@aws-sdk/client-s3";
import { loadOptional } from "../../project/optional-package";
import type { NameRange, StoredText, StoreFiles } from "./store-files";

/** How often a request is sent that S3 throttled or that got lost, unless AWS_MAX_ATTEMPTS says otherwise. */
const ATTEMPTS = 8;

export interface S3Place {
  readonly bucket: string;
  /** Empty, or with a slash at its end. */
  readonly prefix: string;
}

/**
 * A store in a bucket, which several programs may use at once: S3 refuses a conditional write where another one was first.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html
 */
export class S3Files implements StoreFiles {
  private constructor(
    private readonly s3: typeof sdk,
    private readonly client: sdk.S3Client,
    private readonly place: S3Place,
  ) {}

  /** With the credentials and the Region of the environment; the client is loaded here, for those who use a bucket. */
  static async connect(place: S3Place, address: string): Promise<S3Files> {
    const s3 = await loadOptional("@aws-sdk/client-s3", address, () => import("@aws-sdk/client-s3"));
    const region = process.env.AWS_REGION ?? process.env.AWS_DEFAULT_REGION;
    const client = new s3.S3Client({
      ...(region ? { region } : {}),
      ...(process.env.AWS_MAX_ATTEMPTS ? {} : { maxAttempts: ATTEMPTS }),
      // A bucket may be in another Region than the API.
      followRegionRedirects: true,
      // Servers that stand in for AWS take no bucket as a host.
      forcePathStyle: Boolean(process.env.AWS_ENDPOINT_URL ?? process.env.AWS_ENDPOINT_URL_S3),
    });
    return new S3Files(s3, client, place);
  }

  async read(name: string): Promise<StoredText | undefined> {
    try {
      const { Body, ETag } = await this.client.send(new this.s3.GetObjectCommand(this.object(name)));
      return { text: (await Body?.transformToString("utf-8")) ?? "", version: ETag ?? "" };
    } catch (error) {
      if (isOf(error, 404, "NoSuchKey")) return undefined;
      throw this.failure("read", name, error);
    }
  }

  async write(name: string, text: string, expected: string | undefined): Promise<boolean> {
    try {
      await this.client.send(
        new this.s3.PutObjectCommand({
          ...this.object(name),
          Body: text,
          ContentType: name.endsWith(".json") ? "application/json" : "application/x-ndjson",
          ...(expected === undefined ? { IfNoneMatch: "*" } : { IfMatch: expected }),
        }),
      );
      return true;
    } catch (error) {
      // 404 where the object was deleted since, 409 where another write is on its way.
      if ([404, 409, 412].some((status) => isOf(error, status))) return false;
      throw this.failure("written", name, error);
    }
  }

  async *list(prefix: string, { from, below }: NameRange = {}): AsyncGenerator<string> {
    const { bucket, prefix: start } = this.place;
    let token: string | undefined;
    do {
      const page: sdk.ListObjectsV2CommandOutput = await this.client
        .send(
          new this.s3.ListObjectsV2Command({
            Bucket: bucket,
            Prefix: `${start}${prefix}`,
            ContinuationToken: token,
            // "After" leaves out the name itself, so it is the name before the first.
            ...(from && token === undefined ? { StartAfter: `${start}${from.slice(0, -1)}` } : {}),
          }),
        )
        .catch((error: unknown) => {
          throw this.failure("listed", prefix, error);
        });
      for (const { Key = "" } of page.Contents ?? []) {
        const name = Key.slice(start.length);
        if (below !== undefined && name >= below) return;
        if (from === undefined || name >= from) yield name;
      }
      token = page.NextContinuationToken;
    } while (token !== undefined);
  }

  private object(name: string) {
    return { Bucket: this.place.bucket, Key: `${this.place.prefix}${name}` };
  }

  private failure(done: string, name: string, error: unknown): Error {
    const { name: kind = "", message = "" } = error as Error;
    const said = [kind === "Error" ? undefined : kind, message].filter(Boolean).join(": ");
    const { bucket, prefix } = this.place;
    return new Error(`s3://${bucket}/${prefix}${name} cannot be ${done}: ${said}; ${remedyOf(kind, message)}`, {
      cause: error,
    });
  }
}

const isOf = (error: unknown, status: number, name?: string) => {
  const { $metadata, name: kind } = error as { $metadata?: { httpStatusCode?: number }; name?: string };
  return $metadata?.httpStatusCode === status && (name === undefined || kind === name);
};

function remedyOf(kind: string, message: string): string {
  if (/Region is missing/.test(message)) return "set AWS_REGION";
  if (kind === "NoSuchBucket") return "create the bucket, or correct its name";
  if (/AccessDenied|Forbidden/.test(kind))
    return "allow s3:GetObject, s3:PutObject and s3:ListBucket there to the identity that runs this";
  if (/Credentials|Token|InvalidAccessKeyId|Signature/.test(kind))
    return "look at your credentials: AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY";
  return "see what AWS says, and run the command again";
}
