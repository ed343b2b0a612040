import * as fc from "fast-check";
import type { Command } from "../../../src/self-service/machine/command";
import type { SelfServiceSettings } from "../../../src/self-service/machine/settings";
import type { Shop } from "./shop";

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

/** Something that happens from outside. */
export type Happening =
  /** A request is delivered, perhaps not for the first time, and perhaps together with others. */
  | { readonly do: "deliver"; readonly requests: readonly number[] }
  | { readonly do: "wait"; readonly time: number }
  | { readonly do: "reconcile" }
  /** The team changes the tiers. */
  | { readonly do: "deploy"; readonly shop: Shop }
  /** Somebody changes a key in the console. */
  | { readonly do: "by hand"; readonly change: "enable" | "disable" | "delete"; readonly key: number };

export interface Lives {
  readonly settings: SelfServiceSettings;
  /** Each with the subscription that it is for. */
  readonly requests: readonly { readonly subscription: string; readonly command: Command; readonly late: number }[];
  readonly happenings: readonly Happening[];
  /** Draws the order of workers, and where they end. */
  readonly seed: number;
  /** Of 1,000 calls, how many end their worker, and how many fail. */
  readonly crashes: number;
  readonly failures: number;
  /** How long a new key is missing in lists, in milliseconds. */
  readonly listDelay: number;
}

const tier = fc.constantFrom("free", "startup", "startup", "basic", "business");
const tierOrNone = fc.constantFrom(undefined, "free" as const, "startup" as const);
const shop: fc.Arbitrary<Shop> = fc
  .record({ renamed: fc.boolean(), closed: tierOrNone, withdrawn: tierOrNone })
  .map(({ renamed, closed, withdrawn }) => ({
    renamed,
    ...(closed === undefined ? {} : { closed }),
    ...(withdrawn === undefined ? {} : { withdrawn }),
  }));
/** From the start of the year, so that times are also past, and also the same. */
const on = fc.option(
  fc.integer({ min: 0, max: 120 }).map((days) => Date.UTC(2026, 0, 1) + days * DAY),
  { nil: undefined },
);
/** Hours before or after the delivery is decided where it is delivered. */
const occurred = fc.boolean();

const command: fc.Arbitrary<Command> = fc.oneof(
  { weight: 4, arbitrary: fc.constant<Command>({ name: "verify" }) },
  { weight: 4, arbitrary: fc.record({ name: fc.constant("move" as const), tier, on }).map(withoutUndefined) },
  {
    weight: 8,
    arbitrary: fc
      .tuple(fc.constantFrom("suspend", "resume", "payment-failed", "payment-recovered"), occurred)
      .map(([name, isReport]) => (isReport ? { name, occurredAt: 0 } : { name }) as Command),
  },
  {
    weight: 4,
    arbitrary: fc
      .record({
        name: fc.constant("rotate" as const),
        grace: fc.constantFrom(undefined, 0, HOUR, 3 * DAY),
        leaked: fc.constantFrom(undefined, true),
      })
      .map(withoutUndefined),
  },
  { weight: 1, arbitrary: fc.record({ name: fc.constant("end" as const), on }).map(withoutUndefined) },
);

function withoutUndefined<Fields extends object>(fields: Fields): Command {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as unknown as Command;
}

const subscription = fc.constantFrom("acme", "acme", "acme", "globex");

const settings: fc.Arbitrary<SelfServiceSettings> = fc.record({
  tiers: fc.constant(["free", "startup"]),
  verification: fc.boolean(),
  verifyWithin: fc.constant(7 * DAY),
  rotationGrace: fc.constantFrom(0, 3 * DAY),
  paymentGrace: fc.constantFrom(0, 7 * DAY),
  keepRetiredKeys: fc.constantFrom(0, 7 * DAY),
  handOver: fc.constantFrom("answer", "store"),
});

/** How lives begin is chosen; how they go on is anything, in any order. */
export const arbitraryLives: fc.Arbitrary<Lives> = fc
  .record({
    settings,
    requests: fc.array(fc.record({ subscription, command, late: fc.integer({ min: 0, max: 50 }) }), {
      minLength: 1,
      maxLength: 9,
    }),
    seed: fc.integer({ min: 1, max: 0x7fffffff }),
    crashes: fc.constantFrom(0, 5, 20, 60),
    failures: fc.constantFrom(0, 30, 200),
    listDelay: fc.constantFrom(0, 100_000),
    happenings: fc.array(
      fc.oneof(
        {
          weight: 12,
          arbitrary: fc.record({
            do: fc.constant("deliver" as const),
            requests: fc.array(fc.nat(10), { minLength: 1, maxLength: 3 }),
          }),
        },
        {
          weight: 4,
          arbitrary: fc.record({
            do: fc.constant("wait" as const),
            time: fc.constantFrom(1_000, 40_000, 2 * 60_000, HOUR, DAY, 8 * DAY, 31 * DAY),
          }),
        },
        { weight: 1, arbitrary: fc.record({ do: fc.constant("reconcile" as const) }) },
        { weight: 2, arbitrary: fc.record({ do: fc.constant("deploy" as const), shop }) },
        {
          weight: 1,
          arbitrary: fc.record({
            do: fc.constant("by hand" as const),
            change: fc.constantFrom("enable", "disable", "delete"),
            key: fc.nat(3),
          }),
        },
      ),
      { minLength: 4, maxLength: 14 },
    ),
  })
  .map(({ requests, ...rest }) => ({
    ...rest,
    requests: [
      { subscription: "acme", command: { name: "start" as const, tier: "free", customer: "Acme Inc" }, late: 0 },
      { subscription: "globex", command: { name: "start" as const, tier: "startup", customer: "Globex" }, late: 0 },
      { subscription: "acme", command: { name: "verify" as const }, late: 0 },
      ...requests,
    ],
  }));
