import { createColors } from "picocolors";
import { formatCount } from "../text/limits";
import { oneLine } from "../text/one-line";
import type { Group } from "./findings/finding";
import type { DriftReport, ReportedDrift } from "./report";

/** Headings of the groups. */
export const HEADINGS: Readonly<Record<Group, string>> = {
  customers: "Customers",
  tiers: "Tiers",
  apis: "APIs",
  other: "Other resources",
};

/** Entries that a list shows before it counts the rest. */
const MOST = 20;

/** A report for a terminal. */
export function renderDriftText(report: DriftReport, { color }: { readonly color: boolean }): string {
  const paint = createColors(color);
  const { findings, notRead, notDeployed, neverDeployed, notCompared, managedElsewhere } = report;
  const groups = (Object.keys(HEADINGS) as Group[]).flatMap((group) => {
    const own = findings.filter((each) => each.group === group);
    return own.length === 0 ? [] : [paint.bold(HEADINGS[group]), ...own.flatMap(entry)];
  });
  const list = (heading: string, items: readonly string[]) =>
    items.length === 0
      ? []
      : [
          "",
          paint.bold(heading),
          ...items.slice(0, MOST).map((each) => `  ${oneLine(each)}`),
          ...(items.length > MOST ? [`  and ${formatCount(items.length - MOST)} more; --format json lists them`] : []),
        ];
  return [
    paint.bold(verdictOf(report)),
    comparedIn(report),
    ...(groups.length > 0 ? ["", ...groups] : []),
    ...(findings.length > 1 ? list("To take all of it back, in this order", report.takeAllBack) : []),
    ...list(
      "Not read, so nobody knows",
      notRead.map(({ what, why }) => `${what}: ${why}`),
    ),
    ...list("Not deployed yet, which is not drift: the stacks say something else than was deployed", notDeployed),
    ...list("Never deployed", neverDeployed),
    ...list(
      "Managed elsewhere, and not compared",
      managedElsewhere.map(({ owner, keys }) => `${counted(keys, "key", "keys")} by ${owner}`),
    ),
    ...list("Not compared", notCompared),
    "",
  ].join("\n");
}

/** The answer in one line. */
export function verdictOf({ verdict, findings, notRead }: DriftReport): string {
  const open = notRead.length === 0 ? "" : "; not all could be read";
  switch (verdict) {
    case "drift":
      return `Drift: ${counted(findings.length, "difference", "differences")} between AWS and the stacks${open}`;
    case "no-drift":
      return "No drift in what was compared";
    case "not-all-read":
      return "Not all could be read, so whether there is drift is not known";
  }
}

/** What was compared, and with what. */
export function comparedIn({ comparedWith, compared, regions }: DriftReport): string {
  const { keys, plans, apis, stages, routes } = compared;
  const where = regions.length === 0 ? "" : ` in ${regions.join(", ")}`;
  const what = [
    counted(keys, "key", "keys"),
    counted(plans, "usage plan", "usage plans"),
    counted(apis, "API", "APIs"),
    counted(stages, "stage", "stages"),
    counted(routes, "route", "routes"),
  ];
  return `Compared with ${comparedWith === "account" ? "the account" : "refresh-only plans"}${where}: ${what.join(", ")}.`;
}

function entry({ subject, what, keep, takeBack }: ReportedDrift): string[] {
  return [
    `  ${oneLine(subject)}: ${oneLine(what)}`,
    ...part("keep it:", [keepIn(keep), ...keep.commands]),
    ...part("take it back:", [...takeBack.commands, `(${takeBack.what})`]),
  ];
}

/** Where and what to write: `catalog.ts:36, subscriptions.acme: enabled: false`. */
export function keepIn({ at, path, edit, what }: ReportedDrift["keep"]): string {
  const place = [...(at === null ? [] : [at]), ...(path === null ? [] : [placeOf(path)])].join(", ");
  const how = edit === null ? what : what === "" ? edit : `${edit}; ${what}`;
  return oneLine(place === "" ? how : `${place}: ${how}`);
}

/** `subscriptions.acme`, `apis.pets.routes["GET /pets"]`. */
const placeOf = (path: readonly string[]): string =>
  path.reduce((whole, name) => {
    if (whole === "") return name;
    return /^[A-Za-z_$][\w$]*$/.test(name) ? `${whole}.${name}` : `${whole}[${JSON.stringify(name)}]`;
  }, "");

const LABEL = 16;

const part = (label: string, lines: readonly string[]): string[] =>
  lines.map((each, index) => `    ${(index === 0 ? label : "").padEnd(LABEL)}${oneLine(each)}`);

const counted = (count: number, one: string, many: string) => `${formatCount(count)} ${count === 1 ? one : many}`;
