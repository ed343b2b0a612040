import { readAccount } from "../../src/adoption/read-account";
import { EVERYTHING } from "../../src/adoption/selection";
import type { ControlPlane } from "../../src/aws/control-plane";

/** An account with two plans and one key, which is in the first. */
const controlPlane = {
  getUsagePlans: async ({ keyId }) => ({
    items: [
      { id: "p1", name: "gold", productCode: "prod-1", throttle: { rateLimit: 1, burstLimit: 2 } },
      ...(keyId === undefined ? [{ id: "p2", name: "free", productCode: "" }] : []),
    ],
  }),
  getRestApis: async () => ({ items: [] }),
  getApiKeys: async () => ({ items: [{ id: "k1", name: "joe", enabled: true, createdDate: new Date(5_000) }] }),
} as Partial<ControlPlane> as ControlPlane;

test("an account is read with what its plans and keys say", async () => {
  const { plans, keys, plansOfKeys } = await readAccount(controlPlane, { selection: EVERYTHING });
  expect(plans.map(({ name, productCode, throttle, quota }) => [name, productCode, throttle, quota])).toEqual([
    ["gold", "prod-1", { rateLimit: 1, burstLimit: 2 }, undefined],
    ["free", undefined, undefined, undefined],
  ]);
  expect(keys).toEqual([expect.objectContaining({ id: "k1", name: "joe", enabled: true })]);
  expect([...plansOfKeys]).toEqual([["k1", ["p1"]]]);
});

test("progress is reported, with how much there is where that is known", async () => {
  const told: unknown[] = [];
  await readAccount(controlPlane, { selection: EVERYTHING, onProgress: (...each) => told.push(each) });
  expect(told).toContainEqual(["usage plans", 2, undefined]);
  expect(told).toContainEqual(["plans of keys", 1, 1]);
});
