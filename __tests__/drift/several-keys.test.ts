import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DriftReport } from "../../src/drift/report";
import { defineUnchecked, petShop } from "../support/catalogs";
import { controlPlaneOf, type Deployed, deployedIn, driftOf, type PretendedAccount } from "./support/account";

/** One customer with three keys and limits of its own, and one with a single key on the same tier. */
const CATALOG = petShop({
  tiers: {
    bronze: { access: { pets: ["prod"] } },
    gold: { access: { pets: ["prod"] }, throttle: { rateLimit: 10, burstLimit: 20 } },
  },
  subscriptions: {
    acme: {
      tier: "gold",
      customer: "Acme",
      keys: { main: {}, ci: { enabled: false }, "2026-11": {} },
      limits: { throttle: { rateLimit: 50, burstLimit: 60 } },
    },
    joe: { tier: "gold" },
    max: { tier: "gold", startsOn: "2027-01-01" },
    ann: { tier: "gold", enabled: false, keys: { main: {}, ci: {} } },
    eva: {
      tier: "gold",
      limits: {
        throttle: { rateLimit: 9, burstLimit: 9 },
        methodThrottle: { pets: { "GET /pets": { rateLimit: 1, burstLimit: 1 } } },
      },
    },
    zoe: { tier: "gold", limits: { quota: { limit: 9, period: "DAY" } } },
  },
});

const folder = mkdtempSync(join(tmpdir(), "api-tiers-drift-"));
let deployed: Deployed;
let account: PretendedAccount;
beforeAll(() => {
  deployed = deployedIn(folder, defineUnchecked(CATALOG));
});
beforeEach(() => {
  account = deployed.account();
});
afterAll(() => rmSync(folder, { recursive: true }));

const key = (name: string) => {
  const found = deployed.states.gateway.keys.find(({ id }) => id === name);
  const own = account.keys.find(({ id }) => id === found?.awsId);
  if (!own) throw new Error(`there is no key ${name}`);
  return own;
};
const plan = (name: string) => {
  const found = deployed.states.gateway.plans.find(({ id }) => id === name);
  const own = account.plans.find(({ id }) => id === found?.awsId);
  if (!own) throw new Error(`there is no plan ${name}`);
  return own;
};
const move = (name: string, from: string | undefined, to: string) => {
  if (from !== undefined) account.memberships.delete(`${key(name).id} ${plan(from).id}`);
  account.memberships.add(`${key(name).id} ${plan(to).id}`);
};
const said = ({ findings }: DriftReport) =>
  findings.map(({ group, subject, what, keep }) => [
    group,
    `${subject}: ${what}`,
    [...(keep.path ?? []), [keep.edit, keep.what].filter(Boolean).join("; ")].join(" "),
  ]);
const drift = async () => said(await driftOf(deployed, controlPlaneOf(account)));

test("it is as it was deployed", async () => {
  expect(await drift()).toEqual([]);
});

test.each<[string, () => void, [string, string, string]]>([
  [
    "one of several keys is enabled",
    () => Object.assign(key("acme/ci"), { enabled: true }),
    [
      "customers",
      "acme/ci (Acme): the key is enabled in AWS, so it can call; the catalog says disabled",
      "subscriptions acme keys ci enabled: true",
    ],
  ],
  [
    "a method's own limit is taken out, which the tier's would replace if it were left out",
    () => {
      for (const stage of plan("eva/limits").apiStages ?? []) Object.assign(stage, { throttle: {} });
    },
    [
      "customers",
      "the limits of eva: the limit of GET /pets on pets/prod is none in AWS; the catalog says 1/s, burst 1; it is for eva",
      'subscriptions eva limits methodThrottle: { pets: { "GET /pets": false } }',
    ],
  ],
  [
    "the key of a subscription that has not begun is enabled",
    () => Object.assign(key("max"), { enabled: true }),
    [
      "customers",
      "max: the key is enabled in AWS, so it can call; the catalog says disabled",
      "subscriptions max enabled: true; take out startsOn if it has one",
    ],
  ],
  [
    "one of several keys of a suspended subscription is enabled",
    () => Object.assign(key("ann/ci"), { enabled: true }),
    [
      "customers",
      "ann/ci: the key is enabled in AWS, so it can call; the catalog says disabled",
      "subscriptions ann enabled: true; take out startsOn if it has one, and write enabled: false in each of its keys that stays disabled, and in no other",
    ],
  ],
  [
    "the main one of several keys is disabled",
    () => Object.assign(key("acme"), { enabled: false }),
    [
      "customers",
      "acme (Acme): the key is disabled in AWS, so every call is refused; the catalog says enabled",
      "subscriptions acme keys main enabled: false",
    ],
  ],
  [
    "one of several keys is deleted",
    () => void account.keys.splice(account.keys.indexOf(key("acme/2026-11")), 1),
    [
      "customers",
      "acme/2026-11 (Acme): the key was deleted in AWS, so it can call nothing",
      "subscriptions acme keys 2026-11 take the key out",
    ],
  ],
  [
    "the customer of one of several keys is written otherwise",
    () => Object.assign(key("acme/ci"), { description: "ACME" }),
    [
      "customers",
      'acme/ci (Acme): the key has another description in AWS: "ACME"; the catalog says "Acme"',
      'subscriptions acme customer: "ACME"',
    ],
  ],
  [
    "one of several keys is moved to a tier",
    () => move("acme/ci", "acme/limits", "bronze"),
    [
      "customers",
      "acme/ci (Acme): the key is in bronze in AWS, and no longer in the limits of acme; the catalog says the limits of acme",
      "all keys of acme have its tiers in the catalog; put the others there as well, or give this key a subscription of its own",
    ],
  ],
  [
    "a customer with limits of its own is put on the tier's plan",
    () => move("zoe", "zoe/limits", "gold"),
    [
      "customers",
      "zoe: the key is in gold in AWS, and no longer in the limits of zoe; the catalog says the limits of zoe",
      "subscriptions zoe limits take it out",
    ],
  ],
  [
    "a customer with limits of its own is put on another tier",
    () => move("zoe", "zoe/limits", "bronze"),
    [
      "customers",
      "zoe: the key is in bronze in AWS, and no longer in the limits of zoe; the catalog says the limits of zoe",
      'subscriptions zoe limits take it out, and write tier: "bronze"',
    ],
  ],
  [
    "a customer is put into the plan of another's limits",
    () => move("joe", undefined, "acme/limits"),
    [
      "customers",
      "joe: the key was put into the limits of acme in AWS; no stack says so",
      "the limits of acme are for the keys of acme alone; the catalog puts no other key there",
    ],
  ],
  [
    "limits of one customer become others",
    () => Object.assign(plan("acme/limits"), { throttle: { rateLimit: 5, burstLimit: 60 } }),
    [
      "customers",
      "the limits of acme: the limit is 5/s, burst 60 in AWS; the catalog says 50/s, burst 60; it is for acme, acme/2026-11, acme/ci",
      "subscriptions acme limits throttle: { rateLimit: 5, burstLimit: 60 }",
    ],
  ],
  [
    "a limit of one customer is taken away",
    () => void delete plan("zoe/limits").quota,
    [
      "customers",
      "the limits of zoe: the quota is none in AWS; the catalog says 9 a day; it is for zoe",
      "subscriptions zoe limits quota: false",
    ],
  ],
  [
    "the plan of one customer's limits is renamed",
    () => Object.assign(plan("zoe/limits"), { name: "other" }),
    [
      "customers",
      'the limits of zoe: it has another name in AWS: "other"; the catalog says "gold (zoe)"',
      "limits of a subscription say only limits; the rest comes from tier gold",
    ],
  ],
  [
    "a key is added to the plan of one customer's limits",
    () => {
      account.keys.push({ id: "k1", name: "partner", enabled: true, createdDate: new Date(0) });
      account.memberships.add(`k1 ${plan("acme/limits").id}`);
    },
    [
      "customers",
      'key "partner": is in the limits of acme in AWS, and in no stack: enabled, created 1970-01-01, id k1',
      'subscriptions acme keys partner: { existingKeyId: "k1" }',
    ],
  ],
  [
    "a key is added to the plan of a customer's limits who has one key",
    () => {
      account.keys.push({ id: "k1", name: "partner", enabled: true, createdDate: new Date(0) });
      account.memberships.add(`k1 ${plan("zoe/limits").id}`);
    },
    [
      "customers",
      'key "partner": is in the limits of zoe in AWS, and in no stack: enabled, created 1970-01-01, id k1',
      'subscriptions zoe keys: { main: {}, partner: { existingKeyId: "k1" } }',
    ],
  ],
  [
    "a key of the name of a subscription is added",
    () => {
      account.keys.push({ id: "k1", name: "joe", enabled: true, createdDate: new Date(0) });
      account.memberships.add(`k1 ${plan("gold").id}`);
    },
    [
      "customers",
      'key "joe": is in gold in AWS, and in no stack: enabled, created 1970-01-01, id k1',
      'subscriptions "joe-2": { tier: "gold", existingKeyId: "k1" }',
    ],
  ],
])("%s", async (_, change, expected) => {
  change();
  expect(await drift()).toEqual([expected]);
});

test("keys that the self-service made are its own", async () => {
  account.keys.push({ id: "k1", name: "s1", enabled: true, tags: { "api-tiers:self-service": "subscriptions" } });
  account.memberships.add(`k1 ${plan("bronze").id}`);
  const report = await driftOf(deployed, controlPlaneOf(account));
  expect([report.verdict, report.managedElsewhere]).toEqual(["no-drift", [{ owner: "the self-service", keys: 1 }]]);
});
