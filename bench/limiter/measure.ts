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
  const keys = Array.from({ length: Number(count) }, (_, index) => `key-${index}`);
  const requests = requestsFor(keys);
  await decide(keys); // So that all of them are known.
  await decide(keys);
  await repeat(WARM_UP);
  const { decisions, passed, milliseconds } = await repeat(MEASURED);
  refuseOtherOutcome(passed / decisions);
  console.log((decisions / milliseconds) * 1_000);

  async function repeat(atLeast: number) {
    const started = performance.now();
    let decisions = 0;
    let passed = 0;
    let milliseconds = 0;
    while (milliseconds < atLeast) {
      const batch = requests[(decisions / BATCH) % requests.length] ?? [];
      passed += await decide(batch);
      decisions += batch.length;
      milliseconds = performance.now() - started;
    }
    return { decisions, passed, milliseconds };
  }
}

/** A million requests of any of the keys, in an order that no cache foresees and that is always the same. */
function requestsFor(keys: readonly string[]): readonly (readonly string[])[] {
  let state = 1;
  const anyKey = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return keys[Math.floor((state / 2 ** 32) * keys.length)] ?? "";
  };
  return Array.from({ length: 1_000_000 / BATCH }, () => Array.from({ length: BATCH }, anyKey));
}

/** A contestant that does not decide would win. A refused key still gets a token now and then. */
function refuseOtherOutcome(share: number): void {
  if (Math.abs(share - MEANT_TO_PASS[outcome]) > 0.01)
    throw new Error(`${contestant} let ${share * 100} % through, where all were to be ${outcome}`);
}
