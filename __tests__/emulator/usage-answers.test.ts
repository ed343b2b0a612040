import {
  APIGatewayClient,
  CreateApiKeyCommand,
  CreateUsagePlanCommand,
  CreateUsagePlanKeyCommand,
  GetUsageCommand,
  UpdateUsageCommand,
} from "@aws-sdk/client-api-gateway";
import { Emulator } from "../support/emulator";
import { describeWith } from "../support/requirements";

jest.setTimeout(120_000);

describeWith(["emulator"], "what the emulator says of usage", () => {
  let emulator: Emulator;
  let client: APIGatewayClient;
  beforeAll(async () => {
    emulator = await Emulator.start();
    client = new APIGatewayClient({
      endpoint: emulator.env.AWS_ENDPOINT_URL ?? "",
      region: "us-east-1",
      credentials: { accessKeyId: "test", secretAccessKey: "test" },
      maxAttempts: 1,
    });
  });
  afterAll(() => emulator.stop());

  let number = 0;
  async function planWith(keys: number, period: "DAY" | "MONTH" = "DAY"): Promise<{ plan: string; ids: string[] }> {
    const name = `plan${++number}`;
    const { id: plan = "" } = await client.send(new CreateUsagePlanCommand({ name, quota: { limit: 100, period } }));
    const ids: string[] = [];
    for (let key = 0; key < keys; key++) {
      const { id: keyId = "" } = await client.send(new CreateApiKeyCommand({ name: `${name}-${key}`, enabled: true }));
      await client.send(new CreateUsagePlanKeyCommand({ usagePlanId: plan, keyId, keyType: "API_KEY" }));
      ids.push(keyId);
    }
    return { plan, ids: ids.sort() };
  }
  const usage = (usagePlanId: string, startDate: string, endDate: string, more: object = {}) =>
    client.send(new GetUsageCommand({ usagePlanId, startDate, endDate, ...more }));

  test("comes as a pair of what was used and what remains, for each day and key", async () => {
    const { plan, ids } = await planWith(1);
    const [key = ""] = ids;
    await emulator.seedUsage({ days: { [plan]: { [key]: { "2026-11-02": 12, "2026-11-03": 1 } } } });
    const { items, startDate, endDate } = await usage(plan, "2026-11-01", "2026-11-03");
    expect({ items, startDate, endDate }).toEqual({
      items: {
        [key]: [
          [0, 100],
          [12, 88],
          [1, 99],
        ],
      },
      startDate: "2026-11-01",
      endDate: "2026-11-03",
    });
  });

  test("counts a quota of a month through the month", async () => {
    const { plan, ids } = await planWith(1, "MONTH");
    const [key = ""] = ids;
    await emulator.seedUsage({ days: { [plan]: { [key]: { "2026-10-31": 50, "2026-11-01": 3, "2026-11-02": 4 } } } });
    expect((await usage(plan, "2026-10-31", "2026-11-02")).items).toEqual({
      [key]: [
        [50, 50],
        [3, 97],
        [4, 93],
      ],
    });
  });

  test("comes in pages of 25", async () => {
    const { plan, ids } = await planWith(27);
    const first = await usage(plan, "2026-11-01", "2026-11-01");
    const second = await usage(plan, "2026-11-01", "2026-11-01", { position: first.position });
    expect([...Object.keys(first.items ?? {}), ...Object.keys(second.items ?? {})]).toEqual(ids);
    expect([Object.keys(first.items ?? {}).length, second.position]).toEqual([25, undefined]);
    expect(Object.keys((await usage(plan, "2026-11-01", "2026-11-01", { limit: 500 })).items ?? {})).toHaveLength(27);
    const one = await usage(plan, "2026-11-01", "2026-11-01", { keyId: ids[3] });
    expect(Object.keys(one.items ?? {})).toEqual([ids[3]]);
  });

  test("is behind by half an hour, unless a quota is used up", async () => {
    const { plan, ids } = await planWith(2);
    const [late = "", full = ""] = ids;
    await emulator.seedUsage({
      now: "2026-11-04T06:00:00Z",
      calls: [
        { plan, key: late, at: "2026-11-04T05:20:00Z", requests: 2 },
        { plan, key: late, at: "2026-11-04T05:50:00Z", requests: 7 },
        { plan, key: full, at: "2026-11-04T05:50:00Z", requests: 100 },
      ],
    });
    const today = async () => (await usage(plan, "2026-11-04", "2026-11-04")).items;
    expect(await today()).toEqual({ [late]: [[2, 98]], [full]: [[100, 0]] });
    await emulator.seedUsage({ now: "2026-11-04T06:25:00Z" });
    expect((await today())?.[late]).toEqual([[9, 91]]);
  });

  test.each([
    [
      "keys",
      { "2026-11-02": 5 },
      [
        [0, 100],
        [5, 95],
        [0, 100],
      ],
    ],
    ["keys", {}, undefined],
    ["days", { "2026-11-02": 5 }, [[5, 95]]],
    [
      "nothing",
      {},
      [
        [0, 100],
        [0, 100],
        [0, 100],
      ],
    ],
  ] as const)("may leave out %s without calls: %j", async (leavesOut, days, expected) => {
    const { plan, ids } = await planWith(1);
    const [key = ""] = ids;
    await emulator.seedUsage({ now: "2026-11-04T06:00:00Z", leavesOut, days: { [plan]: { [key]: days } } });
    expect((await usage(plan, "2026-11-01", "2026-11-03")).items?.[key]).toEqual(expected);
    await emulator.seedUsage({ leavesOut: "nothing" });
  });

  test("changes what remains of the current period, up and down", async () => {
    const { plan, ids } = await planWith(1);
    const [key = ""] = ids;
    await emulator.seedUsage({ now: "2026-11-04T06:00:00Z", days: { [plan]: { [key]: { "2026-11-04": 40 } } } });
    const replace = (value: string) =>
      client.send(
        new UpdateUsageCommand({
          usagePlanId: plan,
          keyId: key,
          patchOperations: [{ op: "replace", path: "/remaining", value }],
        }),
      );
    expect((await replace("500")).items).toEqual({ [key]: [[40, 500]] });
    expect((await replace("5")).items).toEqual({ [key]: [[40, 5]] });
    await emulator.seedUsage({ now: "2026-11-05T06:00:00Z" });
    expect((await usage(plan, "2026-11-04", "2026-11-05")).items).toEqual({
      [key]: [
        [40, 5],
        [0, 100],
      ],
    });
  });

  test("refuses what AWS refuses", async () => {
    const { plan } = await planWith(0);
    await expect(usage(plan, "2026-08-01", "2026-11-01")).rejects.toMatchObject({ name: "BadRequestException" });
    await expect(usage(plan, "2026-11-02", "2026-11-01")).rejects.toMatchObject({ name: "BadRequestException" });
    await expect(usage(plan, "yesterday", "2026-11-01")).rejects.toMatchObject({ name: "BadRequestException" });
    await expect(usage("none", "2026-11-01", "2026-11-01")).rejects.toMatchObject({ name: "NotFoundException" });
    expect((await usage(plan, "2026-08-03", "2026-10-31")).items).toEqual({});
  });
});
