import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { APIGatewayClient, CreateApiKeyCommand, CreateRestApiCommand } from "@aws-sdk/client-api-gateway";
import { defineCatalog } from "../../src";
import { createProgram } from "../../src/cli/program";
import type { ReplayReport } from "../../src/replay/replay-report";
import { synthesizedModel } from "../../src/testing/synthesized-model";
import { lineOf } from "../replay/support";
import { Emulator } from "../support/emulator";
import { synthesizeInto } from "../support/read-synthesized";
import { describeWith } from "../support/requirements";
import { withFolder } from "../support/synthesize";

jest.setTimeout(120_000);

const catalog = defineCatalog({
  apis: { pets: { stages: { prod: {} }, routes: { "GET /pets": { mock: 200 } } } },
  tiers: { bronze: { access: { pets: "*" }, quota: { limit: 2, period: "DAY" } } },
  subscriptions: { joe: { tier: "bronze", keyName: "joe-2025" } },
});

describeWith(["emulator"], "api-tiers replay --account", () => {
  let emulator: Emulator;
  const before = { ...process.env };
  beforeAll(async () => {
    emulator = await Emulator.start();
    Object.assign(process.env, emulator.env);
  });
  afterAll(async () => {
    process.env = before;
    await emulator.stop();
  });

  test("asks AWS whose the keys in a log are, and finds no value of one", async () => {
    const client = new APIGatewayClient({ region: "us-east-1" });
    const { model, clean } = synthesizedModel(catalog, undefined);
    const name = model.apis[0]?.name ?? "";
    clean();
    const { id: api = "" } = await client.send(new CreateRestApiCommand({ name }));
    const { id: key = "", value = "" } = await client.send(
      new CreateApiKeyCommand({ name: "joe-2025", enabled: true }),
    );
    const output = jest.spyOn(console, "log").mockImplementation(() => {});
    await withFolder(async (folder) => {
      synthesizeInto(folder, catalog);
      const calls = [0, 1, 2].map((second) => ({
        ...{ time: Date.UTC(2026, 9, 5, 8, 0, second), id: `${second}=`, key, api, stage: "prod", method: "GET" },
        ...{ path: "/pets", status: 200, errorType: undefined },
      }));
      writeFileSync(join(folder, "api.log"), calls.map((call) => `${lineOf(call)}\n`).join(""));
      const args = [
        "replay",
        join(folder, "api.log"),
        "--against",
        folder,
        "--account",
        "--no-cache",
        "--format",
        "json",
      ];
      await createProgram(() => {}).parseAsync(args, { from: "user" });
    });
    const written = output.mock.calls.join("\n");
    output.mockRestore();
    expect(written).not.toContain(value);
    const report = JSON.parse(written) as ReplayReport;
    expect(report.left).toEqual([]);
    expect(report.candidates[0]?.tiers[0]?.customers).toEqual([
      expect.objectContaining({ subscription: "joe", calls: 3, refusedBy: { quota: 1 } }),
    ]);
  });
});
