import { counted, type Rule } from "../finding";
import { stageThrottleFindings } from "../stage-throttles";

export const stageThrottleRaised: Rule = {
  id: "stage-throttle-raised",
  severity: "notice",
  title: (count) =>
    counted(count, "stage accepts more calls of all callers", "stages accept more calls of all callers"),
  holds: "The backend can take what a stage accepts.",
  why: "More calls may come from the moment this is applied.",
  remedy: "Check that the backend can take them.",
  find: (facts) => stageThrottleFindings(facts, "more"),
};
