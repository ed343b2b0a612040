import type { Command } from "../../src/self-service/machine/command";
import type { SelfServiceSettings } from "../../src/self-service/machine/settings";
import { NotDone } from "../../src/self-service/service/ports";
import { reconcile } from "../../src/self-service/service/reconcile";
import { SubscriptionService } from "../../src/self-service/service/service";
import { LEASE } from "../../src/self-service/service/worker";
import { FakeAccount } from "./support/fake-account";
import { fakePorts } from "./support/fake-ports";
import { settings as common } from "./support/timeline";

const settings = { ...common, verification: false };

/** The service, with what AWS does on the n-th call. */
function serviceOn(
  account: FakeAccount,
  onCall: (count: number) => void = () => {},
  chosen: SelfServiceSettings = settings,
) {
  let count = 0;
  const call = async <Value>(effect: () => Value | Promise<Value>): Promise<Value> => {
    onCall(++count);
    return effect();
  };
  return new SubscriptionService(
    chosen,
    fakePorts(account, call, () => {}, chosen.tiers),
  );
}

const portsOf = ({ tiers }: SelfServiceSettings) =>
  fakePorts(
    account,
    async (effect) => effect(),
    () => {},
    tiers,
  );

let account: FakeAccount;
/** Of each key of the service, whether it is enabled, and its plans: that of "free" is kept where its tier becomes "basic". */
const keysInAws = () => account.owned().map(({ enabled, tiers }) => [enabled, ...tiers]);
let requests = 0;
const send = (command: Command, id = `r${++requests}`, service = serviceOn(account)) =>
  service.handle({ id, subscription: "acme", command });
const start: Command = { name: "start", tier: "free", customer: "Acme Inc" };

beforeEach(() => {
  account = new FakeAccount(0);
});

test("a value is handed over once: the same request again gets the same answer without it", async () => {
  const first = await send(start, "r");
  expect(first.keyValue).toBe(account.working().find(({ owner }) => owner === "self-service")?.value);
  const { keyValue, ...again } = await send(start, "r");
  expect(keyValue).toBeUndefined();
  expect(again.outcome).toBe("changed");
});

test("a request id that is used for another command is refused", async () => {
  await send(start, "r");
  expect((await send({ name: "suspend" }, "r")).refusal?.code).toBe("request-reused");
});

test("what was refused can be sent again: a webhook that came before its subscription", async () => {
  expect((await send({ name: "suspend" }, "webhook")).refusal?.code).toBe("unknown-subscription");
  await send(start);
  expect((await send({ name: "suspend" }, "webhook")).outcome).toBe("changed");
  expect(account.working().map(({ owner }) => owner)).toEqual(["terraform"]);
});

test("a leaked key stops before its successor is made", async () => {
  await send(start);
  const order: string[] = [];
  const { create, setEnabled } = account;
  account.create = (name) => {
    order.push(`create ${name}`);
    return create(name);
  };
  account.setEnabled = (id, enabled) => {
    order.push(`${enabled ? "enable" : "disable"} ${account.keys.get(id)?.name}`);
    return setEnabled.call(account, id, enabled);
  };
  await send({ name: "rotate", leaked: true });
  expect(order).toEqual(["disable acme#1", "create acme#2", "enable acme#2"]);
});

test("a key that a worker was about to enable stays disabled when the customer was suspended meanwhile", async () => {
  const enabled: boolean[] = [];
  const { setEnabled } = account;
  let worker: "ends" | "goes on" = "ends";
  account.setEnabled = (id, value) => {
    enabled.push(value);
    // A function that AWS ended: it neither returns nor catches.
    if (worker === "ends") throw new Error("ended");
    return setEnabled.call(account, id, value);
  };
  await expect(send(start)).rejects.toThrow("ended");
  worker = "goes on";
  account.now += LEASE + 1;
  await send({ name: "suspend" });
  expect(enabled).toEqual([true, false]);
});

test("when AWS refuses, the next request goes on at once", async () => {
  const { create } = account;
  account.create = () => {
    throw new NotDone("LimitExceededException", false);
  };
  await expect(send(start, "r")).rejects.toThrow("LimitExceededException");
  account.create = create;
  const { keyValue, finished } = await send(start, "r");
  expect(finished).toBe(true);
  expect(keyValue).toBeDefined();
});

test.each([
  ["enabled", "suspend", (id: string) => account.setEnabled(id, true)],
  ["disabled", "resume", (id: string) => account.setEnabled(id, false)],
  ["added-to-plan", "resume", (id: string) => account.keys.get(id)?.tiers.add("business")],
  ["removed-from-plan", "resume", (id: string) => account.leave(id, "free")],
] as const)("a key that was %s by hand is reported and set back", async (kind, before, byHand) => {
  await send(start);
  await send({ name: before });
  const [key] = account.owned();
  const as = () => ({ enabled: key?.enabled, tiers: [...(key?.tiers ?? [])] });
  const right = as();
  byHand(key?.id ?? "");
  expect(as()).not.toEqual(right);
  const ports = fakePorts(
    account,
    async (effect) => effect(),
    () => {},
  );
  expect((await reconcile(settings, ports)).drift).toEqual([{ subscription: "acme", key: "1", kind }]);
  expect(as()).toEqual(right);
  expect((await reconcile(settings, ports)).drift).toEqual([]);
});

test("a key that was deleted by hand is reported once, and not made again: its value is lost, so the customer rotates", async () => {
  await send(start);
  account.keys.delete(account.owned()[0]?.id ?? "");
  const ports = fakePorts(
    account,
    async (effect) => effect(),
    () => {},
  );
  expect((await reconcile(settings, ports)).drift).toEqual([{ subscription: "acme", key: "1", kind: "deleted" }]);
  expect((await reconcile(settings, ports)).drift).toEqual([]);
  expect(account.owned()).toEqual([]);
  expect((await send({ name: "rotate" })).keyValue).toBeDefined();
});

describe("a tier that was renamed keeps its customers:", () => {
  const later: SelfServiceSettings = {
    ...settings,
    tiers: ["basic", "startup", "business"],
    formerTiers: { free: "basic" },
  };
  const renamedService = () => serviceOn(account, undefined, later);

  test("they are on the new id, move up from it at once, and leave the plan that it has", async () => {
    await send(start);
    expect(await renamedService().find("acme")).toMatchObject({ tiers: [{ tier: "basic" }] });
    const moved = await send({ name: "move", tier: "startup" }, "up", renamedService());
    expect([moved.outcome, moved.finished]).toEqual(["changed", true]);
    expect(keysInAws()).toEqual([[true, "startup"]]);
  });

  test("a webhook that still names the former id means the new one", async () => {
    const { subscription } = await send(start, "r", renamedService());
    expect(subscription?.tiers).toMatchObject([{ tier: "basic" }]);
    expect(keysInAws()).toEqual([[true, "free"]]);
  });

  test("a reconciliation writes the new id, finds no difference, and a second one changes nothing", async () => {
    await send(start);
    expect(await reconcile(later, portsOf(later))).toEqual({ resumed: [], failed: [], orphans: [], drift: [] });
    const stored = account.load("acme");
    expect(stored?.subscription).toMatchObject({ tiers: [{ tier: "basic" }], keys: [{ aws: { tier: "basic" } }] });
    expect(account.unfinished).toEqual(new Set());
    await reconcile(later, portsOf(later));
    expect(account.load("acme")).toEqual(stored);
    expect(keysInAws()).toEqual([[true, "free"]]);
  });

  test("a step that was interrupted goes on under the new id", async () => {
    let calls = 0;
    const { join } = account;
    account.join = () => {
      calls++;
      throw new Error("the worker ends");
    };
    await expect(send(start, "r")).rejects.toThrow("the worker ends");
    account.join = join;
    account.now += 2 * LEASE;
    await renamedService().tick("acme");
    expect([calls, ...keysInAws()]).toEqual([1, [true, "free"]]);
  });
});

const withdrawn = { ...settings, tiers: ["free", "startup"] };

test("a key of a tier that is not listed any more is enabled again where somebody disabled it, and stays in its plan", async () => {
  await send({ ...start, tier: "business" });
  const [key] = account.owned();
  if (key) key.enabled = false;
  const found = await reconcile(withdrawn, portsOf(withdrawn));
  expect(found.drift).toEqual([{ subscription: "acme", key: "1", kind: "disabled" }]);
  expect(keysInAws()).toEqual([[true, "business"]]);
});

describe("while a tier is not listed to which a customer was to move,", () => {
  const day = 86_400_000;
  const withoutTier = () => serviceOn(account, undefined, withdrawn);
  const announced = async () => {
    await send(start);
    await send({ name: "move", tier: "business", on: account.now + day });
    account.now += 2 * day;
  };

  test("the key works in the plan that it is in, and a reconciliation names the customer each time", async () => {
    await announced();
    for (const _ of [1, 2])
      expect(await reconcile(withdrawn, portsOf(withdrawn))).toEqual({
        resumed: [],
        failed: [{ subscription: "acme", problem: "its tier is not one of the self-service any more" }],
        orphans: [],
        drift: [],
      });
    expect(keysInAws()).toEqual([[true, "free"]]);
  });

  test("the customer can be suspended and resumed; the answer says that something is still to be done", async () => {
    await announced();
    const { outcome, finished } = await send({ name: "suspend" }, "s", withoutTier());
    expect([outcome, finished, keysInAws()]).toEqual(["changed", false, [[false, "free"]]]);
    await send({ name: "resume" }, "r", withoutTier());
    expect(keysInAws()).toEqual([[true, "free"]]);
  });

  test("no key is made that could not join its plan: not by a rotation, and not by a verification", async () => {
    await announced();
    expect((await send({ name: "rotate" }, "r", withoutTier())).refusal?.code).toBe("tier-withdrawn");
    const asking = { ...settings, verification: true };
    const other = (command: Command, id: string, tiers = settings.tiers) =>
      serviceOn(account, undefined, { ...asking, tiers }).handle({ id, subscription: "globex", command });
    await other({ ...start, tier: "business" }, "g");
    expect((await other({ name: "verify" }, "v", withdrawn.tiers)).refusal?.code).toBe("tier-withdrawn");
    expect(keysInAws()).toEqual([[true, "free"]]);
  });

  test("the move is made once the tier is listed again", async () => {
    await announced();
    await reconcile(withdrawn, portsOf(withdrawn));
    const { resumed, failed } = await reconcile(settings, portsOf(settings));
    expect([resumed, failed, keysInAws()]).toEqual([["acme"], [], [[true, "business"]]]);
    expect(account.unfinished).toEqual(new Set());
  });
});

describe("a worker ended while it put a key into the plan of a tier that was dropped then:", () => {
  const interrupted = async (isDone: boolean) => {
    await send(start);
    const { join } = account;
    account.join = (id, tier) => {
      if (isDone) join.call(account, id, tier);
      throw new Error("the worker ends");
    };
    await expect(send({ name: "move", tier: "business" })).rejects.toThrow("the worker ends");
    account.join = join;
    account.now += 2 * LEASE;
  };

  test.each([true, false])("the customer can be suspended (the key is in the plan: %s)", async (isDone) => {
    await interrupted(isDone);
    await send({ name: "suspend" }, "s", serviceOn(account, undefined, withdrawn));
    expect(account.owned().map(({ enabled }) => enabled)).toEqual([false]);
  });

  test.each([true, false])("listed again, whatever was done, the key is where the customer is (%s)", async (isDone) => {
    for (const tier of ["business", "free"]) {
      account = new FakeAccount(0);
      await interrupted(isDone);
      await reconcile(withdrawn, portsOf(withdrawn));
      if (tier === "free") await send({ name: "move", tier, on: account.now });
      await reconcile(settings, portsOf(settings));
      expect(keysInAws()).toEqual([[true, tier]]);
    }
  });

  test.each([true, false])(
    "taken out of such a plan or not (%s), the key joins no other before that is known",
    async (isDone) => {
      await send({ ...start, tier: "business" });
      await send({ name: "move", tier: "free", on: account.now + 1 });
      const { leave } = account;
      account.leave = (id, tier) => {
        if (isDone) leave.call(account, id, tier);
        throw new Error("the worker ends");
      };
      account.now += 2;
      await expect(serviceOn(account).tick("acme")).rejects.toThrow("the worker ends");
      account.leave = leave;
      account.now += 2 * LEASE;
      const { failed } = await reconcile(withdrawn, portsOf(withdrawn));
      const problem = "its tier is not one of the self-service any more";
      expect(failed).toEqual([{ subscription: "acme", problem }]);
      expect(keysInAws()).toEqual([[true, ...(isDone ? [] : ["business"])]]);
      await reconcile(settings, portsOf(settings));
      expect(keysInAws()).toEqual([[true, "free"]]);
    },
  );
});
