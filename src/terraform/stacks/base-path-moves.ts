import type { Catalog } from "../../catalog/catalog";
import { stackNames } from "../../contract/stack-names";
import { deployedStackName, localStateFile } from "../../contract/state-names";
import { error, type Finding, warning } from "../../text/finding";
import type { StageDomain } from "../../vocabulary/stage-domain";
import { type LocalState, localStates } from "./local-states";
import { liveStages } from "./release-order";
import { stateFolder } from "./state-conflicts";
import type { TierStack } from "./tier-stack";

/** A stage that gets a base path which another stack has in its local state. */
interface Move {
  readonly place: string;
  /** `api.example.com/v1` */
  readonly url: string;
  readonly to: string;
  readonly from: string;
}

/**
 * Base paths that move between stages of one domain name. AWS takes a base path once ("Base path already exists for this
 * domain name"), so the stage that has it must let go of it before the other one is deployed. An error where no order of
 * deployment does that, as where two stages swap theirs; a warning where one does. Only local states say what is deployed.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/api/API_UpdateBasePathMapping.html
 */
export function basePathMoves(catalog: Catalog, stacks: readonly TierStack[]): Finding[] {
  const moves = movesOf(catalog, stacks);
  const next = new Map(moves.map((move) => [move.to, move]));
  const live = new Set(stacks.filter(({ retired }) => !retired).map(({ node }) => node.id));
  const reported = new Set<Move>();
  return moves.flatMap((move): Finding[] => {
    if (!live.has(move.from)) return [neverFree(move, stacks)];
    const circle = circleOf(move, next);
    if (circle === undefined) return [later(move)];
    if (reported.has(move)) return [];
    for (const each of circle) reported.add(each);
    return [swapped(move, circle)];
  });
}

function movesOf(catalog: Catalog, stacks: readonly TierStack[]): Move[] {
  const [any] = stacks.filter(({ state }) => state === "local");
  const stages = liveStages(catalog.apis).filter(({ stage }) => stage.domain);
  if (any === undefined || stages.length === 0) return [];
  const holders = new Map<string, string>();
  for (const state of localStates(stateFolder(any)).filter((each) => isOfDeployment(each, any)))
    for (const url of state.holdings?.urls ?? []) holders.set(url, deployedStackName(any.deployment, state.stack));
  return stages.flatMap(({ api, stage }): Move[] => {
    const to = deployedStackName(any.deployment, stackNames.release(api.id, stage.name));
    const url = stage.domain && urlOf(stage.domain);
    const from = url && holders.get(url);
    if (url === undefined || from === undefined || from === to) return [];
    return [{ place: `api "${api.id}": stage "${stage.name}"`, url, to, from }];
  });
}

const isOfDeployment = ({ file, stack }: LocalState, { deployment }: TierStack) =>
  file === localStateFile(deployment, stack);

const urlOf = ({ name, basePath }: StageDomain) => (basePath === undefined ? name : `${name}/${basePath}`);

/** The moves of which each waits for the next, and the last for the first; `undefined` where somebody can go first. */
function circleOf(first: Move, next: ReadonlyMap<string, Move>): Move[] | undefined {
  const circle = [first];
  for (let move = next.get(first.from); move !== undefined; move = next.get(move.from)) {
    if (move === first) return circle;
    if (circle.includes(move)) return undefined;
    circle.push(move);
  }
  return undefined;
}

const swapped = ({ place }: Move, circle: readonly Move[]) =>
  error(
    place,
    `takes ${circle.map(({ url, from }) => `"${url}" from stack "${from}"`).join(", which takes ")}: AWS takes a base path ` +
      "once, so none of these stacks can be deployed first; give this stage another basePath that is free and deploy, " +
      "then give it the one that it should have and deploy again",
  );

const neverFree = ({ place, url, from }: Move, stacks: readonly TierStack[]) =>
  stacks.some(({ node }) => node.id === from)
    ? error(
        place,
        `takes "${url}" from stack "${from}", which is retired and deployed after this one, and AWS takes a base path once; ` +
          "deploy without this domain first, then add it",
      )
    : error(
        place,
        `takes "${url}" from stack "${from}", whose local state still has it and which this app does not deploy any more, ` +
          'and AWS takes a base path once; destroy that stack first: put its entry back with "retired: true", without this ' +
          "domain here, and deploy",
      );

const later = ({ place, url, from }: Move) =>
  warning(
    place,
    `takes "${url}" from stack "${from}", and AWS takes a base path once; deploy that one first: npx cdktf deploy ${from}`,
  );
