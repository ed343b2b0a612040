import { dirname, resolve } from "node:path";
import { App } from "cdktf";
import { type Deployment, localStateFile } from "../../contract/state-names";
import { enumerate, error, type Finding, warning } from "../../text/finding";
import { type LocalState, localStates } from "./local-states";
import type { TierStack } from "./tier-stack";

const GUIDE = "docs/deployments.md tells more";

/** Folder of an app's local states. */
export const stateFolder = (stack: TierStack): string => dirname(resolve(App.of(stack).outdir));

/** The Region that the provider takes where the code gives none, if the environment tells it. */
const regionOf = (env: NodeJS.ProcessEnv) => env.AWS_REGION || env.AWS_DEFAULT_REGION || undefined;

/** Where a stack is deployed as far as this program knows: by the code, or by the environment. */
export const expectedDeployment = (stack: TierStack, env: NodeJS.ProcessEnv): Deployment => ({
  ...stack.deployment,
  region: stack.deployment.region ?? regionOf(env),
});

/**
 * Local states with which a deploy would go wrong: a stack's own that holds resources of another Region or account, which
 * Terraform would forget; and one under the name that it had before the code gave a Region, an account or an
 * environment, whose resources Terraform would create a second time.
 */
export function stateConflicts(stacks: readonly TierStack[], env: NodeJS.ProcessEnv = process.env): Finding[] {
  const local = stacks.filter(({ state }) => state === "local");
  const [any] = local;
  if (!any) return [];
  const states = localStates(stateFolder(any));
  const owned = new Set(local.map(({ deployment, name }) => localStateFile(deployment, name)));
  return local.flatMap((stack) => {
    const expected = expectedDeployment(stack, env);
    const file = localStateFile(stack.deployment, stack.name);
    const own = states.find((state) => state.file === file);
    if (own) return own.agreesWith(expected) ? [] : [foreign(own, expected)];
    const before = states.find(
      (state) =>
        state.stack === stack.name &&
        !owned.has(state.file) &&
        state.agreesWith(expected) &&
        agreesByName(state.deployment, expected) &&
        state.holdings?.resources !== 0,
    );
    return before ? [moved(before, file, stack)] : [];
  });
}

/** What nothing here can compare, so that a person must. */
export function stateWarnings(stacks: readonly TierStack[], env: NodeJS.ProcessEnv = process.env): Finding[] {
  const [any] = stacks;
  if (!any || any.deployment.region !== undefined) return [];
  if (any.state !== "local")
    return [
      warning(
        "state",
        "is in S3 under keys without a Region, as the code gives none: a deploy with another AWS_REGION would take what is " +
          `in this one for deleted; give region; ${GUIDE}`,
      ),
    ];
  if (regionOf(env) !== undefined) return [];
  const owned = new Set(stacks.map(({ deployment, name }) => localStateFile(deployment, name)));
  const held = localStates(stateFolder(any)).filter(({ file }) => owned.has(file));
  const regions = [...new Set(held.flatMap(({ holdings }) => holdings?.regions ?? []))].sort();
  if (regions.length === 0) return [];
  return [
    warning(
      "region",
      `is given neither in the code nor by AWS_REGION, so it is not compared with ${enumerate(regions)}, of which the local ` +
        "states are; give region",
    ),
  ];
}

/** A state whose name says more than the code does may be of another environment or account. */
const agreesByName = (named: Deployment, expected: Deployment) =>
  (named.environment === undefined || named.environment === expected.environment) &&
  (named.account === undefined || named.account === expected.account) &&
  (named.region === undefined || named.region === expected.region);

function foreign({ file, holdings }: LocalState, { account, region }: Deployment): Finding {
  const { regions = [], accounts = [] } = holdings ?? {};
  const others = (found: readonly string[], expected: string | undefined) =>
    expected === undefined ? [] : found.filter((each) => each !== expected);
  const [foreignRegions, foreignAccounts] = [others(regions, region), others(accounts, account)];
  const parts = [
    ...(foreignRegions.length > 0 ? [[`Region ${enumerate(foreignRegions)}`, `Region "${region}"`]] : []),
    ...(foreignAccounts.length > 0 ? [[`account ${enumerate(foreignAccounts)}`, `account "${account}"`]] : []),
  ];
  const [held, wanted] = [0, 1].map((side) => parts.map((part) => part[side]).join(" and "));
  return error(
    file,
    `holds resources of ${held}, and this app deploys to ${wanted}, so Terraform would take them for deleted and forget ` +
      `them; give region and account in the code, so that each has states of its own, or deploy to where they are; ${GUIDE}`,
  );
}

function moved({ file, holdings }: LocalState, to: string, stack: TierStack): Finding {
  const what = holdings ? `${holdings.resources} ${holdings.resources === 1 ? "resource" : "resources"}` : "resources";
  return error(
    `stack "${stack.node.id}"`,
    `now has its state in ${to}, but ${file} holds ${what} of it, which Terraform would create a second time; move the ` +
      `state with "mv ${file} ${to}" and delete the output folder, where Terraform notes the old one; or, if that is the state of another ` +
      `deployment, give region and account in both; ${GUIDE}`,
  );
}
