import type { AwsProviderAssumeRole } from "@cdktf/provider-aws/lib/provider";
import { type Deployment, isAccount, isEnvironment, isRegion } from "../../contract/state-names";
import { error, type Finding } from "../../text/finding";
import { show } from "../../text/show";
import { CatalogError } from "../../vocabulary/catalog-error";

/** A role that Terraform assumes before it deploys. */
export interface AssumedRole {
  /** `arn:aws:iam::123456789012:role/deploy`. Its account is the one that is deployed to. */
  readonly roleArn: string;
  /**
   * What the role's trust policy may ask for.
   * @default - nothing
   */
  readonly externalId?: string;
  /**
   * Name under which the session stands in CloudTrail.
   * @default - one that AWS makes
   */
  readonly sessionName?: string;
}

/** Where stacks are deployed. What is given here is part of where their states are. */
export interface DeploymentProps {
  /**
   * Region of AWS, such as `eu-central-1`. Given here, it is part of the names of states.
   * @default - that of the environment, such as AWS_REGION; what is deployed in two Regions needs it here
   */
  readonly region?: string;
  /**
   * Id of the AWS account. Terraform refuses to plan or apply with credentials of another one.
   * @default - that of `assumeRole`; without a role that of the credentials, whichever it is
   */
  readonly account?: string;
  /**
   * Role that Terraform assumes. A state in S3 is still read and written with the credentials before that.
   * @default - none
   */
  readonly assumeRole?: AssumedRole;
  /**
   * Name of the environment, such as `dev` or `prod`: letters, digits and "-". Names of stacks begin with it and with the
   * Region, so that one app can hold several environments and Regions.
   *
   * @default - none: there is one, and names are short
   */
  readonly environment?: string;
}

const ROLE = /^arn:aws[a-z-]*:iam::(?<account>\d{12}):role\/[\w+=,.@/-]+$/;

/**
 * What is said of where stacks are deployed.
 * @throws CatalogError with all that AWS would not know
 */
export function deploymentOf({ region, account, assumeRole, environment }: DeploymentProps): Deployment {
  const role = assumeRole && ROLE.exec(assumeRole.roleArn)?.groups?.account;
  const findings: Finding[] = [];
  const refuse = (place: string, given: string, what: string) =>
    findings.push(error(place, `is ${show(given)}, but must be ${what}`));
  if (region !== undefined && !isRegion(region)) refuse("region", region, 'a Region of AWS, such as "eu-central-1"');
  if (account !== undefined && !isAccount(account)) refuse("account", account, "the 12 digits of an account's id");
  if (environment !== undefined && !isEnvironment(environment))
    refuse("environment", environment, 'up to 32 letters, digits and "-", a letter first, and no name of a Region');
  if (assumeRole && role === undefined)
    refuse("assumeRole", assumeRole.roleArn, 'the ARN of a role, such as "arn:aws:iam::123456789012:role/deploy"');
  if (role !== undefined && account !== undefined && role !== account)
    findings.push(
      error(
        "assumeRole",
        `is a role of account ${role}, but account is ${show(account)}; give the role of that account`,
      ),
    );
  if (findings.length > 0) throw new CatalogError(findings);
  return { environment, account: account ?? role, region };
}

/** What the provider needs to know about the account that it must deploy to. */
export function providerAccount({ account }: Deployment, assumeRole: AssumedRole | undefined) {
  const role: AwsProviderAssumeRole | undefined = assumeRole;
  return { allowedAccountIds: account === undefined ? undefined : [account], assumeRole: role && [role] };
}
