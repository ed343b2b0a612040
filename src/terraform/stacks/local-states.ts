import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Attributes, stringOf } from "../../contract/attributes";
import { BASE_PATH_MAPPING, DOMAIN_NAME } from "../../contract/domain-name";
import { type Deployment, readLocalStateFile } from "../../contract/state-names";

/** A local Terraform state beside the output folder. */
export class LocalState {
  private read: Holdings | undefined | "not yet" = "not yet";

  constructor(
    private readonly folder: string,
    readonly file: string,
    /** What its name says. */
    readonly stack: string,
    readonly deployment: Deployment,
  ) {}

  /** What it holds; `undefined` where it cannot be read. */
  get holdings(): Holdings | undefined {
    if (this.read === "not yet") this.read = readHoldings(join(this.folder, this.file));
    return this.read;
  }

  /** Whether it may be of a deployment: neither its name nor what it holds says otherwise. */
  agreesWith(deployment: Deployment): boolean {
    const { environment, account, region } = this.deployment;
    const { accounts = [], regions = [] } = this.holdings ?? {};
    return (
      agree(deployment.environment, [environment]) &&
      agree(deployment.account, [account, ...accounts]) &&
      agree(deployment.region, [region, ...regions])
    );
  }
}

export interface Holdings {
  readonly resources: number;
  /** Those in the ARNs of its resources. */
  readonly regions: readonly string[];
  readonly accounts: readonly string[];
  /** Custom domain names. */
  readonly names: readonly string[];
  /** Base paths of custom domain names: `api.example.com/v1`, or `api.example.com` for none. */
  readonly urls: readonly string[];
}

/** The local states in a folder, in the order of their names. */
export function localStates(folder: string): LocalState[] {
  return readdirSync(folder)
    .sort()
    .flatMap((file) => {
      const named = readLocalStateFile(file);
      return named ? [new LocalState(folder, file, named.stack, named.deployment)] : [];
    });
}

const agree = (expected: string | undefined, found: readonly (string | undefined)[]) =>
  expected === undefined || found.every((each) => each === undefined || each === expected);

interface StateFile {
  readonly resources?: readonly {
    readonly mode?: string;
    readonly type?: string;
    readonly provider?: string;
    readonly instances?: readonly { readonly attributes?: Readonly<Record<string, unknown>> | null }[];
  }[];
}

function readHoldings(path: string): Holdings | undefined {
  let state: StateFile;
  try {
    state = JSON.parse(readFileSync(path, "utf8"));
  } catch {
    return undefined;
  }
  const managed = (state.resources ?? []).filter(({ mode }) => mode === "managed");
  const arns = managed
    // A provider with an alias may be for another Region: a certificate of CloudFront's.
    .filter(({ provider = "" }) => !provider.includes("]."))
    .flatMap(({ instances = [] }) =>
      instances.flatMap(({ attributes }) => [attributes?.arn, attributes?.execution_arn]).filter(isArn),
    )
    .map((arn) => arn.split(":"));
  const distinct = (position: number) => [...new Set(arns.flatMap((parts) => parts[position] || []))].sort();
  return { resources: managed.length, regions: distinct(3), accounts: distinct(4), ...domainsIn(managed) };
}

function domainsIn(resources: NonNullable<StateFile["resources"]>): Pick<Holdings, "names" | "urls"> {
  const ofType = (wanted: string) =>
    resources
      .filter(({ type }) => type === wanted)
      .flatMap(({ instances = [] }) => instances.map(({ attributes }): Attributes => attributes ?? {}));
  return {
    names: ofType(DOMAIN_NAME.type).map((attributes) => stringOf(attributes.domain_name)),
    urls: ofType(BASE_PATH_MAPPING.type).flatMap((attributes) => {
      const { domain_name: name, base_path: path } = BASE_PATH_MAPPING.read(attributes);
      return name === "" ? [] : [path === undefined ? name : `${name}/${path}`];
    }),
  };
}

const isArn = (value: unknown): value is string => typeof value === "string" && value.startsWith("arn:");
