import { API_KEY } from "../contract/api-key";
import { METHOD } from "../contract/method";
import { PLAN_KEY } from "../contract/plan-key";
import { REST_API } from "../contract/rest-api";
import { STAGE } from "../contract/stage";
import { USAGE_PLAN } from "../contract/usage-plan";
import { mapStrings } from "../model/terraform-resource";
import { hideKeys } from "../text/like-a-key";
import { byName } from "../text/order";
import type { Compared } from "./compare-account";
import { inOrder } from "./findings";
import { addressOf, type DriftFinding, TERRAFORM_APPLY } from "./findings/finding";
import type { DriftReport, ReportedDrift } from "./report";

/**
 * A report of a comparison.
 *
 * @param lineOf where an entry of the catalog stands; `undefined` where that is not known
 */
export function reported(compared: Compared, lineOf: (path: readonly string[]) => string | undefined): DriftReport {
  const { comparedWith, regions, resources, notDeployed, neverDeployed, notRead, notCompared, elsewhere } = compared;
  const findings = inOrder(compared.findings).map((each) => withoutKeys(findingOf(each, lineOf)));
  const count = (type: string) => resources.filter((each) => each.type === type).length;
  return {
    formatVersion: "1.0",
    verdict: findings.length > 0 ? "drift" : notRead.length > 0 ? "not-all-read" : "no-drift",
    comparedWith,
    regions: [...regions],
    compared: {
      keys: count(API_KEY.type),
      plans: count(USAGE_PLAN.type),
      planKeys: count(PLAN_KEY.type),
      apis: count(REST_API.type),
      stages: count(STAGE.type),
      routes: count(METHOD.type),
    },
    findings,
    takeAllBack: takeAllBack(findings),
    notDeployed: [...new Set(notDeployed.map(addressOf))].sort(byName),
    neverDeployed: [...neverDeployed],
    notRead: notRead.map(({ what, why }) => withoutKeys({ what, why })),
    notCompared: [...notCompared],
    managedElsewhere: [...elsewhere].map(([owner, keys]) => ({ owner, keys })).sort((a, b) => byName(a.owner, b.owner)),
  };
}

const DEPLOY = /^npx cdktf deploy (.+)$/;

/** AWS refuses to put a key into a plan as long as it is in another one for the same stage, so the deploy is last. */
function takeAllBack(findings: readonly ReportedDrift[]): string[] {
  const all = [...new Set(findings.flatMap(({ takeBack }) => takeBack.commands))];
  const stacks = all.flatMap((each) => DEPLOY.exec(each)?.[1] ?? []).sort(byName);
  const applies = all.filter((each) => each === TERRAFORM_APPLY);
  const others = all.filter((each) => !DEPLOY.test(each) && each !== TERRAFORM_APPLY);
  return [...others, ...(stacks.length > 0 ? [`npx cdktf deploy ${stacks.join(" ")}`] : []), ...applies];
}

/** Names and descriptions come from AWS, and any may be a key that somebody wrote in the wrong place. */
const withoutKeys = <Value>(value: Value): Value => mapStrings(value, (text) => hideKeys(text)) as Value;

function findingOf(
  { kind, group, about, subject, what, customers, address, keep, takeBack }: DriftFinding,
  lineOf: (path: readonly string[]) => string | undefined,
): ReportedDrift {
  const { path, edit, what: how, commands } = keep;
  return {
    kind,
    group,
    about,
    subject,
    what,
    customers: [...customers],
    address: address ?? null,
    keep: {
      at: (path && placeIn(path, edit, lineOf)) ?? null,
      path: path ? [...path] : null,
      edit: edit ?? null,
      what: how,
      commands: [...commands],
    },
    takeBack: { commands: [...takeBack.commands], what: takeBack.what },
  };
}

/** The line of the field where it is written, or else of the entry that will have it, or of what holds that. */
function placeIn(
  path: readonly string[],
  edit: string | undefined,
  lineOf: (path: readonly string[]) => string | undefined,
): string | undefined {
  const [, field] = /^(\w+):/.exec(edit ?? "") ?? [];
  const tried = [
    ...(field === undefined ? [] : [[...path, field]]),
    ...path.map((_, at) => path.slice(0, path.length - at)),
  ];
  for (const each of tried) {
    const line = lineOf(each);
    if (line !== undefined) return line;
  }
  return undefined;
}
