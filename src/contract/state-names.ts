/**
 * Where a catalog is deployed, as far as the code says it. What it says is part of where the states are, so that no
 * deployment takes another's resources for its own.
 */
export interface Deployment {
  readonly environment?: string | undefined;
  readonly account?: string | undefined;
  readonly region?: string | undefined;
}

const ACCOUNT = /^\d{12}$/;
const REGION = /^[a-z]{2,}(?:-[a-z]+)+-\d+$/;
const ENVIRONMENT = /^[A-Za-z][A-Za-z0-9-]{0,31}$/;

export const isAccount = (text: string): boolean => ACCOUNT.test(text);
export const isRegion = (text: string): boolean => REGION.test(text);
/** Letters, digits and "-", but not what is called like a Region, or names of states would have two meanings. */
export const isEnvironment = (text: string): boolean => ENVIRONMENT.test(text) && !REGION.test(text);

/** What of a deployment is said, in the order in which it stands in names. */
const said = ({ environment, account, region }: Deployment): string[] =>
  [environment, account, region].filter((each) => each !== undefined);

/**
 * Name of a stack in its app: that of the catalog (`access`), where an environment is given after this and its Region
 * (`prod-eu-central-1-access`), so that one app can hold several.
 */
export function deployedStackName({ environment, region }: Deployment, stack: string): string {
  return environment === undefined
    ? stack
    : [environment, region, stack].filter((each) => each !== undefined).join("-");
}

/** File of a stack's local state, beside the output folder: `terraform.access.prod.123456789012.eu-central-1.tfstate`. */
export const localStateFile = (deployment: Deployment, stack: string): string =>
  ["terraform", stack, ...said(deployment), "tfstate"].join(".");

/** Key of a stack's state in S3: `api-tiers/prod/123456789012/eu-central-1/access.tfstate`. */
export const stateKey = (deployment: Deployment, prefix: string, stack: string): string =>
  [prefix, ...said(deployment), `${stack}.tfstate`].join("/");

/** Whose local state a file is; `undefined` for another file. */
export function readLocalStateFile(
  file: string,
): { readonly stack: string; readonly deployment: Deployment } | undefined {
  const [prefix, stack, ...rest] = file.split(".");
  if (prefix !== "terraform" || !stack || rest.pop() !== "tfstate") return undefined;
  const environment = rest.find(isEnvironment);
  const account = rest.find(isAccount);
  const region = rest.find(isRegion);
  const deployment = { environment, account, region };
  return localStateFile(deployment, stack) === file ? { stack, deployment } : undefined;
}
