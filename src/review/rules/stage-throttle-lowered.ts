import { counted, type Rule } from "../finding";
import { stageThrottleFindings } from "../stage-throttles";

export const stageThrottleLowered: Rule = {
  id: "stage-throttle-lowered",
  severity: "decision",
  title: (count) =>
    counted(count, "stage accepts fewer calls of all callers", "stages accept fewer calls of all callers"),
  holds: "A stage takes the calls of all its customers together.",
  why: "All callers share this limit, whatever their tiers promise: above it everybody gets 429 Too Many Requests.",
  remedy: "Let it be at least what all customers together use; the metrics of the stage show it.",
  find: (facts) => stageThrottleFindings(facts, "less"),
};
