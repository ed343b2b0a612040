import { counted, type Rule } from "../finding";
import { stageThrottleFindings } from "../stage-throttles";

export const stageThrottleRemoved: Rule = {
  id: "stage-throttle-removed",
  severity: "decision",
  title: (count) =>
    counted(count, "stage loses the throttle of all callers", "stages lose the throttles of all callers"),
  holds: "A stage is throttled where its backend needs it.",
  why: "Only the account's throttle is left, which all APIs of the Region share: one stage can then use it up for all.",
  remedy: "If this is meant, accept it; otherwise give the throttle a number.",
  find: (facts) => stageThrottleFindings(facts, "none"),
};
