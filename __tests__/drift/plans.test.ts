import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { comparePlans, type RefreshOnlyPlan } from "../../src/drift/compare-plans";
import type { DriftReport } from "../../src/drift/report";
import { reported } from "../../src/drift/reported";
import { defineUnchecked } from "../support/catalogs";
import type { Json } from "../support/synthesize";
import { type Deployed, deployedIn, type PretendedAccount } from "./support/account";
import { CHANGEABLE } from "./support/changeable";
import { MUTATIONS } from "./support/mutations";
import { refreshOnlyPlans } from "./support/plans";

const folder = mkdtempSync(join(tmpdir(), "api-tiers-drift-"));
let deployed: Deployed;
beforeAll(() => {
  deployed = deployedIn(folder, defineUnchecked(CHANGEABLE));
});
afterAll(() => rmSync(folder, { recursive: true }));

const idOf = (type: string, name: string) =>
  String(
    deployed.states.resources.resources.find((each) => each.address === `aws_api_gateway_${type}.${name}`)?.attributes
      .id,
  );
const report = (plans: readonly RefreshOnlyPlan[], against?: string) =>
  reported(comparePlans(plans, against), () => undefined);
const plansOf = (change: (account: PretendedAccount) => void = () => {}): Promise<RefreshOnlyPlan[]> => {
  const account = deployed.account();
  change(account);
  return refreshOnlyPlans(deployed, account);
};
const kinds = ({ findings }: DriftReport) => findings.map(({ kind, about }) => `${kind} ${about}`);
const edited = (plans: readonly RefreshOnlyPlan[], stack: string, edit: (json: Json) => void): RefreshOnlyPlan[] =>
  plans.map((plan) => {
    if (plan.stack !== stack) return plan;
    const json = structuredClone(plan.json) as Json;
    edit(json);
    return { ...plan, json };
  });

test.each([
  ["with the states alone", () => undefined],
  ["with the stacks", () => deployed.folder],
])("plans of an account as it was deployed have no drift, %s", async (_, against) => {
  const found = report(await plansOf(), against());
  expect([found.verdict, kinds(found), found.notRead, found.notDeployed]).toEqual(["no-drift", [], [], []]);
  expect(found.compared).toMatchObject({ keys: 3, plans: 2, planKeys: 3, apis: 1, stages: 2, routes: 2 });
  expect(found.notCompared[0]).toMatch(/^what no stack holds: keys, usage plans/);
});

describe("what somebody changes is found as it is in the account, and nothing else", () => {
  /** Terraform does not look for what no stack holds. */
  const isBeside = (found: string) => /-beside |-put-into-plan /.test(found);
  const seen = MUTATIONS.filter(({ found, name }) => !isBeside(found) && name !== "a stage gets settings");

  test.each(seen)("$name", async ({ change, found, what }) => {
    const result = report(await plansOf((account) => change(account, idOf)), deployed.folder);
    const [finding] = result.findings;
    if (found === "key-moved acme") expect(kinds(result)).toEqual(["key-taken-out acme"]);
    else {
      expect(kinds(result)).toEqual([found]);
      expect(finding?.what).toContain(what);
    }
  });

  test.each(MUTATIONS.filter(({ found, name }) => isBeside(found) || name === "a stage gets settings"))(
    "$name: Terraform does not see it",
    async ({ change }) => {
      expect(kinds(report(await plansOf((account) => change(account, idOf))))).toEqual([]);
    },
  );
});

test("resources that are not compared one by one are found by the names of their attributes", async () => {
  const plans = edited(await plansOf(), "access", (json) => {
    const change = (address: string, actions: string[], before: Json, after: Json) =>
      json.resource_drift.push({
        address,
        type: address.split(".")[0],
        name: address.split(".")[1],
        mode: "managed",
        change: { actions, before, after, after_unknown: {} },
      });
    change("aws_iam_role.r", ["update"], { id: "r", path: "/a", tags: null }, { id: "r", path: "/b", tags: {} });
    change(
      "aws_iam_role.same",
      ["update"],
      { id: "s", tags: null, create_date: "1" },
      { id: "s", tags: {}, create_date: "2" },
    );
    change("aws_lambda_alias.live", ["delete"], { id: "live" }, null);
    change("aws_ssm_parameter.acme", ["delete"], { id: "/api-tiers/keys/acme", name: "/api-tiers/keys/acme" }, null);
  });
  expect(report(plans).findings.map(({ kind, subject, what }) => `${kind} ${subject}: ${what}`)).toEqual([
    "hand-over-missing acme (Acme): the place at which the key is handed over was deleted in AWS: /api-tiers/keys/acme; who reads the key there finds none",
    "resource-changed access: aws_iam_role.r: has another path",
    "resource-deleted access: aws_lambda_alias.live: was deleted",
  ]);
});

test("a plan that leaves resources out is not read whole", async () => {
  const plans = edited(await plansOf(), "access", (json) => {
    json.complete = false;
  });
  const found = report(plans);
  expect([found.verdict, found.notRead]).toEqual([
    "not-all-read",
    [{ what: "parts of access", why: "the plan leaves resources out (-target); plan without it" }],
  ]);
});

test("what was taken out of a plan is not taken for equal", async () => {
  const plans = edited(await plansOf(), "access", (json) => {
    const { resources } = json.prior_state.values.root_module;
    const key = resources.find(({ address }: Json) => address === "aws_api_gateway_api_key.acme");
    key.values.description = "(sensitive value)";
    const drift = json.resource_drift.find(({ address }: Json) => address === "aws_api_gateway_api_key.acme");
    drift.change.before.description = "(sensitive value)";
  });
  const found = report(plans);
  expect([found.verdict, found.notRead]).toEqual([
    "not-all-read",
    [
      {
        what: "access: aws_api_gateway_api_key.acme",
        why: "the value of description was taken out of the plan",
      },
    ],
  ]);
});

test.each<[string, (json: Json) => void, RegExp]>([
  [
    "a plan of the configuration",
    (json) => {
      json.resource_changes = [
        {
          address: "a.b",
          type: "a",
          name: "b",
          mode: "managed",
          change: { actions: ["no-op"], before: {}, after: {} },
        },
      ];
      json.planned_values.root_module.resources = [
        { address: "a.b", type: "a", name: "b", mode: "managed", values: {} },
      ];
    },
    /^access\.json: it plans the configuration, and does not say whether it looked at the account; run "terraform plan -refresh-only/,
  ],
  [
    "a plan without its values",
    (json) => void delete json.planned_values,
    /^access\.json: it is not a plan; run "terraform/,
  ],
])("%s is refused, with what to do", async (_, edit, message) => {
  const plans = edited(await plansOf(), "access", edit);
  expect(() => report(plans)).toThrow(message);
});

test("a stack that was never deployed is said", async () => {
  const plans = edited(await plansOf(), "access", (json) => {
    delete json.prior_state;
    json.resource_drift = [];
  });
  expect(report(plans).neverDeployed).toEqual(["access"]);
});
