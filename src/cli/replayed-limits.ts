import { existsSync } from "node:fs";
import type { GatewayModel } from "../model/model";
import { readGateway } from "../model/read-gateway";
import { identitiesInAccount, readAccountList } from "../replay/account-identities";
import { withChanges } from "../replay/candidates/apply-changes";
import type { Candidate } from "../replay/candidates/candidate";
import { parseChange, parseSweep } from "../replay/candidates/change";
import { readScenarios } from "../replay/candidates/scenarios";
import { identitiesIn, joinedIdentities, type LogIdentities } from "../replay/log-identities";
import { statesInFiles } from "../states/read-states";
import { keysInFiles, textOfFile } from "./logged-traffic";
import type { ReplayCommandOptions } from "./replay-options";

const SYNTHESIZED = "cdktf.out";

/** The limits that options name, those that others are compared with first. */
export async function candidatesOf({
  against,
  set,
  sweep,
  scenarios,
}: Pick<ReplayCommandOptions, "against" | "set" | "sweep" | "scenarios">): Promise<Candidate[]> {
  const paths = against.length > 0 ? against : [SYNTHESIZED];
  if (against.length === 0 && !existsSync(SYNTHESIZED))
    throw new Error(
      `there is no ${SYNTHESIZED} here: run "cdktf synth", or give --against a folder, or what "terraform show -json" printed`,
    );
  const read = paths.map((path) => ({ name: path, model: readGateway(path) }));
  const { model } = read[0] as Candidate;
  const planned = scenarios === undefined ? [] : await readScenarios(textOfFile(scenarios, "--scenarios"), scenarios);
  return [
    ...read,
    ...(set.length === 0 ? [] : [withChanges(model, set.map(parseChange))]),
    ...sweep.flatMap(parseSweep).map((change) => withChanges(model, [change])),
    ...planned.map(({ name, changes }) => ({ ...withChanges(model, changes), name })),
  ];
}

/**
 * What options say of ids in AWS: files first, then the states, the usage store and the account. All but the store is read at once,
 * so that a mistake is found before logs are read, which may take long.
 *
 * @param model of which the account's names are those of keys
 * @returns what completes them by what the usage store says
 */
export async function knownIdentities(
  {
    state,
    keys,
    account,
    region,
    profile,
  }: Pick<ReplayCommandOptions, "state" | "keys" | "account" | "region" | "profile">,
  model: GatewayModel | undefined,
): Promise<(stored: LogIdentities | undefined) => LogIdentities> {
  const files = keysInFiles(keys, "--keys");
  const states = state.length > 0 ? [identitiesIn(statesInFiles(state).gateway)] : [];
  const listed = account && model ? [identitiesInAccount(await readAccountList({ region, profile }), model)] : [];
  return (stored) => joinedIdentities([...files, ...states, ...(stored ? [stored] : []), ...listed]);
}
