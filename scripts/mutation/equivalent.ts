/**
 * Mutants that change nothing that anybody could see, each with the reason, by the name that the run prints. They are
 * not tried. One that no longer exists is an error, so that this list does not grow old.
 */
export const EQUIVALENT: Readonly<Record<string, string>> = {
  "src/model/resource-changes.ts: actions.length > 1 → actions.length >= 1":
    "Whether a resource is created first is asked of replacements alone.",
  "src/limiter/steady-clock.ts: step <= 0 → step < 0": "A step of 0 sets the latest reading to what it is.",
  "src/limiter/limiter.ts: quota && left !== undefined → quota || left !== undefined":
    "What is left is known where there is a quota, and only there; the two are asked for because of their types.",
};
