import type { Finding } from "./finding";
import { listed } from "./finding";
import type { StageChange } from "./stages";
import { aboutStage } from "./subjects";

/** One finding for each stage that gets variables, or whose variables change or go. Values are not printed. */
export function stageVariableFindings(stages: readonly StageChange[], wanted: "added" | "changed"): Finding[] {
  return stages.flatMap((stage): Finding[] => {
    const { before, after } = stage;
    if (before === undefined || after === undefined) return [];
    const [was, is] = [before.variables, after.variables];
    const added = Object.keys(is).filter((name) => !(name in was));
    const changed = Object.keys(is).filter((name) => name in was && was[name] !== is[name]);
    const removed = Object.keys(was).filter((name) => !(name in is));
    if (added.length + changed.length + removed.length === 0) return [];
    if ((changed.length + removed.length > 0 ? "changed" : "added") !== wanted) return [];
    const parts = [
      ...(changed.length > 0 ? [`${listed(changed.sort())} gets another value`] : []),
      ...(removed.length > 0 ? [`${listed(removed.sort())} goes`] : []),
      ...(added.length > 0 ? [`${listed(added.sort())} is new`] : []),
    ];
    const explains = stage.changes.map((change) => ({ change, attributes: ["variables"] }));
    return [{ ...aboutStage(stage), what: parts.join("; "), explains }];
  });
}
