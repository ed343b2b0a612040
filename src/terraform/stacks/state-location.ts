import { LocalBackend, S3Backend, type S3BackendConfig, type TerraformStack } from "cdktf";
import { type Deployment, localStateFile, stateKey } from "../../contract/state-names";

/** A bucket that holds the states, with S3's own locking (Terraform 1.10 and newer). */
export interface S3State {
  readonly bucket: string;
  /** Region of the bucket. */
  readonly region: string;
  /**
   * Folder in the bucket; the states are `<prefix>/<environment>/<account>/<region>/<stack>.tfstate`, with those that
   * the code gives.
   * @default "api-tiers"
   */
  readonly prefix?: string;
  /**
   * ARN of the KMS key that encrypts the states. They hold key values, so the bucket should be closed to all but deploys.
   * @default - encrypted with the bucket's own key
   */
  readonly kmsKeyId?: string;
}

/** Where Terraform keeps what it knows: `"local"` files beside the output folder, or an S3 bucket. */
export type StateLocation = "local" | S3State;

/**
 * Gives a stack its state; references from other stacks follow it.
 * @param name what the stack is called in the catalog
 */
export function placeState(stack: TerraformStack, name: string, deployment: Deployment, location: StateLocation): void {
  if (location === "local") {
    // Relative to cdktf.out/stacks/<stack>, where Terraform runs: an absolute path would differ on each machine.
    new LocalBackend(stack, { path: `../../../${localStateFile(deployment, name)}` });
    return;
  }
  const { bucket, region, prefix = "api-tiers", kmsKeyId } = location;
  // cdktf's types were written before S3 could lock by itself.
  const config: S3BackendConfig & { readonly useLockfile: boolean } = {
    bucket,
    region,
    key: stateKey(deployment, prefix, name),
    encrypt: true,
    kmsKeyId,
    useLockfile: true,
  };
  new S3Backend(stack, config);
}
