import { engineRows } from "../../src/replay/engines/engine-rows";
import { queryAthena } from "../../src/replay/engines/query-athena";
import { replayStatement } from "../../src/replay/engines/replay-statement";
import { CANDIDATES, ROWS } from "../replay/engines/support";
import { Emulator } from "../support/emulator";
import { describeWith } from "../support/requirements";

/** The emulator runs no query: it answers with results that it was given. */
describeWith(["emulator"], "Athena's client, of a query in the emulator", () => {
  let emulator: Emulator;
  const before = { ...process.env };
  beforeAll(async () => {
    emulator = await Emulator.start();
    Object.assign(process.env, emulator.env);
  }, 90_000);
  afterAll(async () => {
    process.env = before;
    await emulator.stop();
  });

  const tell = async (path: string, body: object) => {
    const answer = await fetch(`${emulator.env.AWS_ENDPOINT_URL}/moto-api/${path}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    expect(answer.ok).toBe(true);
  };

  test("waits until it is done, and brings home its rows", async () => {
    const names = Object.keys(ROWS[0] ?? {}).map((name) => name.toLowerCase());
    const rows = [names, ...ROWS.map(Object.values)].map((values) => ({
      Data: values.map((value) => ({ VarCharValue: String(value) })),
    }));
    await tell("static/athena/query-results", {
      region: emulator.env.AWS_REGION,
      results: [{ rows, column_info: names.map((name) => ({ Name: name, Type: "varchar" })) }],
    });
    await tell("state-manager/set-transition", {
      model_name: "athena::execution",
      transition: { progression: "manual", times: 2 },
    });
    const statement = replayStatement("athena", CANDIDATES, "access_log");
    const pauses: number[] = [];
    const answer = await queryAthena(statement, {
      workgroup: "primary",
      results: "s3://acme-results/replay/",
      wait: async (milliseconds) => void pauses.push(milliseconds),
    });
    expect(engineRows("Athena", answer, CANDIDATES)).toEqual(ROWS);
    expect(pauses.length).toBeGreaterThan(1);
  });
});
