import * as fc from "fast-check";
import { checkLives } from "./support/check-lives";
import { FakeAccount } from "./support/fake-account";
import { liveThrough } from "./support/live-through";
import { arbitraryLives } from "./support/random-lives";

/** How many sequences are tried; `SELF_SERVICE_LIVES=100000 npx jest -- agrees-with-the-model` takes some minutes. */
const RUNS = Number(process.env.SELF_SERVICE_LIVES ?? 2_000);

test(
  "service, state machine and a model without a state agree on lives with duplicates, reorderings and workers that end anywhere",
  async () => {
    const total = { calls: 0, crashes: 0, accepted: 0, values: 0 };
    await fc.assert(
      fc.asyncProperty(arbitraryLives, async (lives) => {
        const lived = await liveThrough(lives, new FakeAccount(lives.listDelay));
        checkLives(lives, lived);
        total.calls += lived.calls;
        total.crashes += lived.crashes;
        total.accepted += lived.account.accepted.length;
        total.values += lived.answers.filter(({ answer }) => answer.keyValue !== undefined).length;
      }),
      { numRuns: RUNS },
    );
    if (process.env.SELF_SERVICE_LIVES) console.info(`${RUNS.toLocaleString("en")} lives:`, total);
    expect(total.crashes).toBeGreaterThan(RUNS);
    expect(total.values).toBeGreaterThan(RUNS / 4);
  },
  Math.max(60_000, RUNS * 10),
);
