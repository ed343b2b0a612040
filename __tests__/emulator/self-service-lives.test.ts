import * as fc from "fast-check";
import { checkLives } from "../self-service/support/check-lives";
import { liveThrough } from "../self-service/support/live-through";
import { arbitraryLives } from "../self-service/support/random-lives";
import { Emulator } from "../support/emulator";
import { describeWith } from "../support/requirements";
import { EmulatedAccount } from "./support/emulated-account";

/** How many lives are lived through; `SELF_SERVICE_LIVES=500 npm run test:emulator -- self-service-lives` takes some minutes. */
const RUNS = Number(process.env.SELF_SERVICE_LIVES ?? 25);

jest.setTimeout(Math.max(180_000, RUNS * 10_000));

describeWith(
  ["emulator"],
  "the self-service on DynamoDB, API Gateway, EventBridge, Scheduler and Parameter Store of the emulator",
  () => {
    const environment = process.env;
    let emulator: Emulator;
    beforeAll(async () => {
      emulator = await Emulator.start();
      process.env = { ...environment, ...emulator.env };
    });
    afterAll(async () => {
      process.env = environment;
      await emulator.stop();
    });

    test("agrees with the model on lives with duplicates, reorderings and workers that end between any two calls", async () => {
      const account = await EmulatedAccount.create();
      const total = { calls: 0, crashes: 0 };
      await fc.assert(
        fc
          .asyncProperty(arbitraryLives, async (lives) => {
            const lived = await liveThrough({ ...lives, listDelay: 0 }, account);
            checkLives({ ...lives, listDelay: 0 }, lived);
            total.calls += lived.calls;
            total.crashes += lived.crashes;
          })
          .afterEach(() => account.clear()),
        { numRuns: RUNS },
      );
      if (process.env.SELF_SERVICE_LIVES) console.info(`${RUNS} lives on the emulator:`, total);
      expect(total.crashes).toBeGreaterThan(RUNS);
    });
  },
);
