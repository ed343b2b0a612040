import { queryClickHouse } from "../../../src/replay/engines/query-clickhouse";
import { replayStatement } from "../../../src/replay/engines/replay-statement";
import { type Answer, AnsweringServer, CANDIDATES, ROWS } from "./support";

const STATEMENT = replayStatement("clickhouse", CANDIDATES, "logs.access_log");
const json = (value: object): Answer => ({
  headers: { "content-type": "application/json" },
  body: JSON.stringify(value),
});
const refusal = (status: number, code: number, text: string): Answer => ({
  status,
  headers: { "X-ClickHouse-Exception-Code": String(code) },
  body: `Code: ${code}. DB::Exception: ${text} (version 25.8.1.1)\n`,
});

let server: AnsweringServer | undefined;
const printed = (["log", "warn", "error"] as const).map((kind) => jest.spyOn(console, kind));
afterEach(async () => {
  // The client has a log of its own.
  for (const spy of printed) expect(spy).not.toHaveBeenCalled();
  await server?.stop();
  server = undefined;
});

async function asked(answer: Answer, statement = STATEMENT) {
  server = await AnsweringServer.start(() => answer);
  return queryClickHouse(statement, { url: server.url, user: "reader", password: "secret" });
}

test("the statement arrives whole, with the user and the format, and the rows come back", async () => {
  expect(await asked(json({ meta: [], data: ROWS, rows: ROWS.length }))).toEqual(ROWS);
  const [{ url, headers, body } = {}, ...others] = server?.asked ?? [];
  expect(others).toEqual([]);
  expect(body?.trimEnd()).toBe(`${STATEMENT} \nFORMAT JSON`);
  expect(headers?.authorization).toBe(`Basic ${Buffer.from("reader:secret").toString("base64")}`);
  expect(headers?.["user-agent"]).toContain("api-tiers");
  expect(url?.searchParams.get("wait_end_of_query")).toBe("1");
  expect(url?.searchParams.has("max_query_size")).toBe(false);
});

test("a statement that is longer than ClickHouse takes by default comes with the setting for it", async () => {
  const keys = Array.from({ length: 10_000 }, (_, index) => ({
    key: `key${index}`,
    subscription: `subscription-${index}`,
    tier: "gold",
  }));
  const long = replayStatement(
    "clickhouse",
    [{ ...(CANDIDATES[0] as (typeof CANDIDATES)[number]), keys }],
    "access_log",
  );
  await asked(json({ data: [], rows: 0 }), long);
  const [{ url, body = "" } = {}] = server?.asked ?? [];
  expect(body.startsWith(long)).toBe(true);
  expect(Number(url?.searchParams.get("max_query_size"))).toBeGreaterThan(body.length);
});

test.each([
  [
    "a table that does not exist",
    refusal(404, 60, "Unknown table expression identifier 'access_log'. (UNKNOWN_TABLE)"),
    /no answer: Unknown table expression identifier 'access_log'.*; correct --table, or create the table: --print-statement/,
  ],
  [
    "a wrong password",
    refusal(403, 516, "reader: Authentication failed: password is incorrect. (AUTHENTICATION_FAILED)"),
    /no answer: reader: Authentication failed.*; look at CLICKHOUSE_USER and CLICKHOUSE_PASSWORD/,
  ],
  [
    "an old server",
    refusal(400, 46, "Unknown function arrayFold. (UNKNOWN_FUNCTION)"),
    /use ClickHouse 23\.10 or newer/,
  ],
  [
    "another error",
    refusal(500, 241, "Memory limit\u001b[31m exceeded\n (MEMORY_LIMIT_EXCEEDED)"),
    /Memory limit\\x1b\[31m exceeded.*; see what ClickHouse says, and run the command again/,
  ],
  ["a proxy's page", { status: 502, body: "<h1>Bad gateway</h1>" }, /no answer: .*Bad gateway/],
  ["an answer that breaks off", { body: '{"data": [{"candidate": "as it is"}' }, /no answer: .*JSON/],
  [
    "an answer of fewer rows than it says",
    json({ data: ROWS.slice(1), rows: ROWS.length }),
    /the answer has 3 rows and says that there are 4/,
  ],
  ["an answer without rows", json({ message: "ready" }), /does not say how many rows it has/],
] as const)("of %s, one message says what to do", async (_, answer, message) => {
  const error: Error = await asked(answer).then(
    () => new Error("no error"),
    (error) => error,
  );
  expect(error.message).toMatch(message);
  expect(error.message).toMatch(/^ClickHouse at http:\/\/127\.0\.0\.1:\d+ has no answer/);
  expect(error.message).not.toMatch(/\n|secret/);
});

test("of a server that is not there, one message says where it was looked for", async () => {
  server = await AnsweringServer.start(() => ({ body: "" }));
  const { url } = server;
  await server.stop();
  await expect(queryClickHouse(STATEMENT, { url: url.replace("//", "//reader:secret@") })).rejects.toThrow(
    /^ClickHouse at http:\/\/127\.0\.0\.1:\d+ has no answer: .*ECONNREFUSED.*; look at --engine-url and at the server$/,
  );
});

test.each(["localhost:8123", "clickhouse://reader:secret@host", "ftp://host", ""])(
  "%j is not an address of ClickHouse",
  async (url) => {
    const error: Error = await queryClickHouse(STATEMENT, { url }).catch((error) => error);
    expect(error.message).toMatch(/^the address of ClickHouse must be one of its HTTP interface, such as http/);
    expect(error.message).not.toContain("secret");
  },
);
