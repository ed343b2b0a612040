import { type Outcome, type Prepare, THROTTLES } from "./contestant";

// `node measure.js <contestant> <keys> <outcome>` measures once, in a process of its own, and prints decisions a second.
const [contestant, count, outcome] = process.argv.slice(2) as [string, string, Outcome];
const WARM_UP = 500;
const MEASURED = 1_000;
const BATCH = 1_000;
const MEANT_TO_PASS: Readonly<Record<Outcome, number>> = { "let through": 1, refused: 0 };

measure();

async function measure(): Promise<void> {
  const { prepare } = require(`./contestants/${contestant}`) as { prepare: Prepare };
  const decide = prepare(THROTTLES[outcome]);
  const batches = batchesOf(Array.from({ length: Number(count) }, (_, index) => `key-${index}`));
  await repeat(WARM_UP);
  const { decisions, passed, milliseconds } = await repeat(MEASURED);
  refuseOtherOutcome(passed / decisions);
  console.log((decisions / milliseconds) * 1_000);

  /** Goes through all batches, in turns, for some milliseconds; at least once. */
  async function repeat(atLeast: number) {
    const started = performance.now();
    let decisions = 0;
    let passed = 0;
    let milliseconds = 0;
    do {
      for (const batch of batches) {
        passed += await decide(batch);
        decisions += batch.length;
      }
      milliseconds = performance.now() - started;
    } while (milliseconds < atLeast);
    return { decisions, passed, milliseconds };
  }
}

/** A million requests or so that take each key equally often, in an order that no cache foresees and that is always the same. */
function batchesOf(keys: readonly string[]): readonly (readonly string[])[] {
  let state = 1;
  const random = (below: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  const requests = Array.from(
    { length: Math.max(keys.length, 100_000) },
    (_, index) => keys[index % keys.length] ?? "",
  );
  for (let index = requests.length - 1; index > 0; index--) {
    const other = random(index + 1);
    [requests[index], requests[other]] = [requests[other] ?? "", requests[index] ?? ""];
  }
  return Array.from({ length: requests.length / BATCH }, (_, index) =>
    requests.slice(index * BATCH, (index + 1) * BATCH),
  );
}

/** A contestant that does not decide would win. A refused key still gets a token now and then. */
function refuseOtherOutcome(share: number): void {
  if (Math.abs(share - MEANT_TO_PASS[outcome]) > 0.01)
    throw new Error(`${contestant} let ${share * 100} % through, where all were to be ${outcome}`);
}
