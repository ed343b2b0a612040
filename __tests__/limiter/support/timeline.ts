import type { LimitedRequest, Limiter } from "../../../src/limiter/limiter";

const LINE = /^(?:(\d{4}-\d{2}-\d{2}) )?(?:(\d{2}:\d{2}:\d{2}\.\d{3}) )?(?:(\w+): )?(\d+ .+)$/;

/** Who calls what, by the names that a timeline gives them. */
export type Cast = Readonly<Record<string, LimitedRequest>>;

/**
 * Sends requests as a timeline says, and expects what it says of them:
 *
 *     2026-11-22 10:00:00.000 alice: 20 pass, 1 throttled by plan
 *                10:00:00.500 alice: 5 pass, 1 over quota
 *
 * A line without a date is on the day of the line before; one without a time is at midnight. Times are UTC.
 */
export function expectTimeline(limiter: Limiter, cast: Cast | LimitedRequest, timeline: string): void {
  const lines = timeline.trim().split(/\s*\n\s*/);
  let date = "";
  const played = lines.map((line) => {
    const [, ownDate, time = "00:00:00.000", who, outcomes] = LINE.exec(line.replace(/ +/g, " ")) ?? [];
    date = ownDate ?? date;
    if (!date || !outcomes) throw new Error(`a timeline cannot have the line ${JSON.stringify(line)}`);
    const count = outcomes.split(", ").reduce((sum, outcome) => sum + Number.parseInt(outcome, 10), 0);
    const request = who === undefined ? (cast as LimitedRequest) : (cast as Cast)[who];
    if (request === undefined) throw new Error(`nobody is called ${who}`);
    const at = Date.parse(`${date}T${time}Z`);
    return line.replace(outcomes, inRuns(Array.from({ length: count }, () => outcomeOf(limiter, request, at))));
  });
  expect(played).toEqual(lines);
}

function outcomeOf(limiter: Limiter, request: LimitedRequest, at: number): string {
  const verdict = limiter.decide(request, at);
  if (verdict.allowed) return "pass";
  return verdict.reason === "quota" ? "over quota" : `throttled by ${verdict.layer}`;
}

/** `20 pass, 1 over quota`. */
function inRuns(outcomes: readonly string[]): string {
  const runs: { outcome: string; count: number }[] = [];
  for (const outcome of outcomes) {
    const run = runs.at(-1);
    if (run?.outcome === outcome) run.count++;
    else runs.push({ outcome, count: 1 });
  }
  return runs.map(({ count, outcome }) => `${count} ${outcome}`).join(", ");
}
