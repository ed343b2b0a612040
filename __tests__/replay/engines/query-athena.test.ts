import { queryAthena } from "../../../src/replay/engines/query-athena";
import { replayStatement } from "../../../src/replay/engines/replay-statement";
import { type Answer, AnsweringServer, type Asked, CANDIDATES, ROWS } from "./support";

const STATEMENT = replayStatement("athena", CANDIDATES, "logs.access_log");
const ID = "3c1b7a52-0f6e-4a3a-9f7e-1d2c3b4a5968";
const NAMES = Object.keys(ROWS[0] ?? {}).map((name) => name.toLowerCase());
const TEXTS = ROWS.map((row) => Object.values(row).map(String));

interface Life {
  /** In this order; the last one stays. */
  readonly states?: readonly string[];
  readonly reason?: string;
  readonly pages?: readonly (readonly (readonly (string | undefined)[])[])[];
  readonly refusal?: { readonly of: string; readonly type: string; readonly message: string };
}

let server: AnsweringServer | undefined;
const environment = { ...process.env };
beforeEach(() => {
  Object.assign(process.env, { AWS_REGION: "eu-central-1", AWS_ACCESS_KEY_ID: "a", AWS_SECRET_ACCESS_KEY: "b" });
});
afterEach(async () => {
  process.env = { ...environment };
  await server?.stop();
  server = undefined;
});

const operationOf = ({ headers }: Asked) => String(headers["x-amz-target"]).replace("AmazonAthena.", "");
const json = (body: object, status = 200): Answer => ({
  status,
  headers: { "content-type": "application/x-amz-json-1.1" },
  body: JSON.stringify(body),
});

/** Lets Athena be asked for the statement. @returns the rows, and the milliseconds of each pause */
async function ask({ states = ["SUCCEEDED"], reason, pages = [[NAMES, ...TEXTS]], refusal }: Life, options = {}) {
  const left = [...states];
  server = await AnsweringServer.start((asked) => {
    const operation = operationOf(asked);
    const { QueryExecutionId: id, NextToken: token = "0" } = JSON.parse(asked.body);
    if (refusal?.of === operation) return json({ __type: refusal.type, message: refusal.message }, 400);
    if (operation === "StartQueryExecution") return json({ QueryExecutionId: ID });
    if (id !== ID) return json({ __type: "InvalidRequestException", message: "unknown query" }, 400);
    if (operation === "GetQueryExecution") {
      const state = left.length > 1 ? left.shift() : left[0];
      return json({ QueryExecution: { QueryExecutionId: ID, Status: { State: state, StateChangeReason: reason } } });
    }
    const rows = pages[Number(token)] ?? [];
    const next = Number(token) + 1;
    return json({
      ResultSet: {
        Rows: rows.map((row) => ({ Data: row.map((value) => (value === undefined ? {} : { VarCharValue: value })) })),
        ResultSetMetadata: { ColumnInfo: NAMES.map((Name) => ({ Name, Type: "varchar" })) },
      },
      ...(next < pages.length ? { NextToken: String(next) } : {}),
    });
  });
  process.env.AWS_ENDPOINT_URL = server.url;
  const pauses: number[] = [];
  const wait = async (milliseconds: number) => void pauses.push(milliseconds);
  return { rows: await queryAthena(STATEMENT, { ...options, wait }), pauses };
}

const expected = TEXTS.map((texts) => Object.fromEntries(texts.map((text, index) => [NAMES[index], text])));

test("the statement arrives whole, with the workgroup and the place of results", async () => {
  const options = { workgroup: "analysts", results: "s3://acme-results/replay/" };
  expect(await ask({}, options)).toEqual({ rows: expected, pauses: [] });
  expect(server?.asked.map(operationOf)).toEqual(["StartQueryExecution", "GetQueryExecution", "GetQueryResults"]);
  expect(JSON.parse(server?.asked[0]?.body ?? "")).toMatchObject({
    QueryString: STATEMENT,
    WorkGroup: "analysts",
    ResultConfiguration: { OutputLocation: "s3://acme-results/replay/" },
  });
});

test("it is asked with longer and longer pauses until the query is done", async () => {
  const states = ["QUEUED", ...Array.from({ length: 6 }, () => "RUNNING"), "SUCCEEDED"];
  const { rows, pauses } = await ask({ states });
  expect(rows).toEqual(expected);
  expect(pauses).toEqual([250, 500, 1_000, 2_000, 4_000, 8_000, 8_000]);
  expect(JSON.parse(server?.asked[0]?.body ?? "")).not.toHaveProperty("WorkGroup");
});

test("results of several pages are read to their end, and only the first row of all is the one of names", async () => {
  const [first = [], ...others] = TEXTS;
  const { rows } = await ask({ pages: [[NAMES, first], others, [TEXTS[0] ?? []]] });
  expect(rows).toEqual([...expected, expected[0]]);
});

test("a value that is missing stays missing", async () => {
  const { rows } = await ask({ pages: [[NAMES, [undefined, "gold"]]] });
  expect(rows[0]).toMatchObject({ candidate: undefined, tier: "gold", calls: undefined });
});

test.each<[string, Life, RegExp]>([
  [
    "a query that fails",
    { states: ["RUNNING", "FAILED"], reason: "TABLE_NOT_FOUND: line 5:10: Table 'logs.access_log'\n does not exist" },
    /^Athena's query 3c1b\S+ failed: TABLE_NOT_FOUND: line 5:10: Table 'logs\.access_log' does not exist; correct --table/,
  ],
  ["a query that fails without a reason", { states: ["FAILED"] }, /failed: without a reason; see what Athena says/],
  ["a query that is canceled", { states: ["QUEUED", "CANCELLED"] }, /was canceled; run the command again$/],
  [
    "a workgroup without a place of results",
    {
      refusal: {
        of: "StartQueryExecution",
        type: "InvalidRequestException",
        message: "No output location provided. An output location is required",
      },
    },
    /^Athena takes no query: InvalidRequestException: No output location provided.*; give --results s3:\/\/bucket\/prefix\//,
  ],
  [
    "somebody who may not ask",
    { refusal: { of: "StartQueryExecution", type: "AccessDeniedException", message: "not authorized" } },
    /^Athena takes no query: AccessDeniedException: not authorized; allow athena:StartQueryExecution/,
  ],
  [
    "results that cannot be read",
    { refusal: { of: "GetQueryResults", type: "InvalidRequestException", message: "\u001b[31m\u202egone" } },
    /^Athena gives no results of query 3c1b\S+: InvalidRequestException: \\x1b\[31m\\u202egone; see what Athena says/,
  ],
])("of %s, one message says what to do", async (_, life, message) => {
  await expect(ask(life)).rejects.toThrow(message);
});

test("of a server that is not there, one message says what to look at", async () => {
  server = await AnsweringServer.start(() => json({}));
  Object.assign(process.env, { AWS_ENDPOINT_URL: server.url, AWS_MAX_ATTEMPTS: "1" });
  await server.stop();
  await expect(queryAthena(STATEMENT, { wait: async () => {} })).rejects.toThrow(
    /^Athena takes no query: .*ECONNREFUSED.*; look at the network, AWS_REGION and AWS_ENDPOINT_URL$/,
  );
});
