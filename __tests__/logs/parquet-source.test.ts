import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import fc from "fast-check";
import { LogFormat } from "../../src/logs/log-format";
import { LogReader, type LogSource } from "../../src/logs/log-reader";
import { logSources } from "../../src/logs/log-sources";
import type { LoggedCall } from "../../src/logs/logged-call";
import { readTraffic } from "../../src/replay/read-traffic";
import { cachedTraffic } from "../../src/replay/traffic-cache";
import { ACCESS_LOG_FORMAT } from "../../src/vocabulary/access-log";
import { lineOf, OWN_FORMAT, sourceOf } from "../replay/support";
import { temporaryFolder } from "../usage/support";
import { agents, calls } from "./support/arbitrary-calls";
import { call } from "./support/rendered-lines";

const folder = temporaryFolder();
const RUNS = Number(process.env.PROPERTY_RUNS ?? 15);

let database: DuckDBConnection;
beforeAll(async () => {
  database = await (await DuckDBInstance.create(":memory:")).connect();
});
afterAll(() => database.closeSync());

let written = 0;

/** The bytes of a table of Parquet, of rows of JSON. */
async function parquetOf(rows: readonly object[], columns = "*"): Promise<Buffer> {
  const name = join(folder, `table-${++written}`);
  writeFileSync(`${name}.json`, rows.map((row) => JSON.stringify(row)).join("\n"));
  const table = `read_json('${name}.json', format = 'newline_delimited', columns = ${columnsOf(rows)})`;
  await database.run(
    `COPY (SELECT ${columns} FROM ${table}) TO '${name}.parquet' (FORMAT parquet, ROW_GROUP_SIZE 2048)`,
  );
  return readFileSync(`${name}.parquet`);
}

const columnsOf = (rows: readonly object[]): string =>
  `{${Object.keys(rows[0] ?? {})
    .map((name) => `'${name}': 'VARCHAR'`)
    .join(", ")}}`;

const rowOf = (of: LoggedCall): Record<string, string> => JSON.parse(lineOf(of)) as Record<string, string>;

/** With NULL for what a request does not have, and the names that Hive gives to columns. */
const loweredRow = (of: LoggedCall) =>
  Object.fromEntries(
    Object.entries(rowOf(of)).map(([name, value]) => [name.toLowerCase(), value === "-" ? null : value]),
  );

async function callsIn(source: LogSource, formats = [OWN_FORMAT]) {
  const reader = new LogReader(formats);
  const read: LoggedCall[] = [];
  for await (const some of reader.read(source)) read.push(...some);
  return { read, notes: Object.fromEntries(reader.notes), lines: reader.lines };
}

const WAYS: Readonly<Record<string, string>> = {
  "of texts": "*",
  "of numbers": "* REPLACE (requesttimeepoch::BIGINT AS requesttimeepoch, status::SMALLINT AS status)",
  "of numbers with a fraction": "* REPLACE (requesttimeepoch::DOUBLE AS requesttimeepoch, status::DOUBLE AS status)",
  "of times": "* REPLACE (epoch_ms(requesttimeepoch::BIGINT) AS requesttimeepoch)",
  "of bytes": "* REPLACE (apikeyid::BLOB AS apikeyid, stage::BLOB AS stage)",
  "with other columns": "42 AS year, *, [1, 2] AS list",
};

test.each(Object.entries(WAYS))("a table %s gives the calls that its lines of JSON give", async (_what, columns) => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(calls, { minLength: 1, maxLength: 30 }),
      fc.integer({ min: 1, max: 5000 }),
      async (some, size) => {
        const table = sourceOf(await parquetOf(some.map(loweredRow), columns), size);
        const lines = sourceOf(some.map((each) => lineOf(each)).join("\n"));
        expect(await callsIn(table)).toEqual(await callsIn(lines));
        const [expected, traffic] = await Promise.all(
          [lines, table].map((source) => readTraffic({ sources: [source], formats: [OWN_FORMAT] })),
        );
        expect(traffic).toEqual(expected);
      },
    ),
    { numRuns: RUNS },
  );
});

test("values that need escapes give what they give in lines of JSON", async () => {
  const values = fc.oneof(
    agents.map((text) => text.replaceAll("\0", "")),
    fc.constantFrom('/a"b', "/a\\b", "/a\nb", "/größe", "/a\u2028b", "/a\ud83d\ude00b", "-", ""),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(values, values, values), { minLength: 1, maxLength: 20 }), async (some) => {
      const rows = some.map(([resourcePath, apiKeyId, stage], index) => ({
        ...{ ...rowOf(call({ id: `id${index}=` })), resourcePath },
        ...(index % 2 === 0 ? {} : { apiKeyId, stage }),
      }));
      const lines = rows.map((row) => JSON.stringify(row)).join("\n");
      expect(await callsIn(sourceOf(await parquetOf(rows)))).toEqual(await callsIn(sourceOf(lines)));
    }),
    { numRuns: RUNS * 3 },
  );
});

const numbered = (count: number) =>
  Array.from({ length: count }, (_, index) => call({ id: `id${index}=`, time: call().time + index }));

test("a table of many row groups is read in the order of its rows, whose numbers are the places of notes", async () => {
  const some = numbered(9_000);
  const rows = some.map(loweredRow).map((row, index) => (index === 8_998 ? { ...row, status: null } : row));
  const { read, notes } = await callsIn(sourceOf(await parquetOf(rows)));
  expect(read).toEqual(some.filter((_, index) => index !== 8_998));
  expect(notes).toEqual({ "not a call": { count: 1, places: ["api.log:8999"] } });
});

test("tables lie in folders beside lines, and may be packed", async () => {
  const logs = mkdtempSync(join(folder, "logs-"));
  mkdirSync(join(logs, "2026"));
  const [first, second, third] = [numbered(9).slice(0, 3), numbered(9).slice(3, 6), numbered(9).slice(6)];
  writeFileSync(join(logs, "2026", "a.parquet"), await parquetOf(first.map(loweredRow)));
  writeFileSync(join(logs, "2026", "b.parquet.gz"), gzipSync(await parquetOf(second.map(loweredRow))));
  writeFileSync(join(logs, "c.log"), third.map((each) => lineOf(each)).join("\n"));
  const read = () => ({ sources: logSources([logs]), formats: [OWN_FORMAT] });
  const { reading } = await readTraffic(read());
  expect(reading).toMatchObject({ sources: 3, lines: 9, calls: 9, notes: {} });
  const caches = [];
  for (const _ of [1, 2]) caches.push((await cachedTraffic({ ...read(), folder: join(folder, "cache") })).cache);
  expect(caches).toEqual(["written", "read"]);
});

test("columns are named by the fields of the stage's own format, the first one for which they are enough", async () => {
  const own = new LogFormat(
    '{"at":"$context.requestTime","key":"$context.identity.apiKeyId","call":"$context.httpMethod $context.resourcePath","code":$context.status,"api":"$context.apiId","in":"$context.stage"}',
  );
  const row = {
    at: "03/Nov/2026:10:20:30 +0000",
    key: "abc123def4",
    call: "GET /pets/{id}",
    code: "200",
    api: "a1b2c3d4e5",
    in: "prod",
  };
  const { read } = await callsIn(sourceOf(await parquetOf([row])), [OWN_FORMAT, own]);
  expect(read).toEqual([{ ...call({ id: undefined, errorType: undefined }), isWholeSecond: true }]);
});

test("what a client wrote into columns that are not read changes nothing", async () => {
  const agents = ['x","apiKeyId":"stolen0000', "\n{", "\\", "\u2028"];
  const rows = agents.map((useragent, index) => ({ ...loweredRow(call({ id: `id${index}=` })), useragent }));
  const { read, notes } = await callsIn(sourceOf(await parquetOf(rows)));
  expect([read.map(({ key }) => key), notes]).toEqual([agents.map(() => "abc123def4"), {}]);
});

describe("a table that cannot be read is an error that says what to do:", () => {
  const readers = {
    traffic: (source: LogSource, formats = [OWN_FORMAT]) => readTraffic({ sources: [source], formats }),
    usage: callsIn,
  };

  test.each(Object.entries(readers))(
    "columns that are missing, as a format that lacks them; for %s",
    async (_for, read) => {
      const { apikeyid: _, stage: __, ...row } = loweredRow(call());
      await expect(read(sourceOf(await parquetOf([row])))).rejects.toThrow(
        /^api\.log: its columns are requestid, extendedrequestid, .*: so the format of the access log does not have \$context\.identity\.apiKeyId \(whose key it was\), \$context\.stage \(the stage\); add it/,
      );
    },
  );

  test.each(Object.entries(readers))("a format without names; for %s", async (_for, read) => {
    const csv = new LogFormat(
      "$context.requestTimeEpoch,$context.httpMethod,$context.resourcePath,$context.status,$context.identity.apiKeyId,$context.apiId,$context.stage",
    );
    await expect(read(sourceOf(await parquetOf([loweredRow(call())])), [csv])).rejects.toThrow(
      /^api\.log: is Parquet, whose columns are read by the names of the fields in lines of JSON; give such a format with --log-format/,
    );
  });

  test.each(Object.entries(readers))("a table that is cut off; for %s", async (_for, read) => {
    const whole = await parquetOf([loweredRow(call())]);
    await expect(read(sourceOf(whole.subarray(0, whole.length - 9)))).rejects.toThrow(
      /^api\.log: cannot be read to its end \(/,
    );
  });

  test("DuckDB is not installed", async () => {
    jest.resetModules();
    jest.doMock("@duckdb/node-api", () => {
      throw Object.assign(new Error("Cannot find module '@duckdb/node-api'"), { code: "MODULE_NOT_FOUND" });
    });
    const { readTraffic: readWithout } = await import("../../src/replay/read-traffic");
    const { LogFormat: Format } = await import("../../src/logs/log-format");
    const reading = readWithout({
      sources: [sourceOf("PAR1…PAR1", 3, "a.parquet")],
      formats: [new Format(ACCESS_LOG_FORMAT)],
    });
    await expect(reading).rejects.toThrow(
      'a.parquet, which is Parquet, needs @duckdb/node-api, which is not installed; run "npm install @duckdb/node-api"',
    );
    jest.dontMock("@duckdb/node-api");
  });
});

test("nothing of a table stays in the folder for temporary files", async () => {
  const before = readdirSync(tmpdir());
  await callsIn(sourceOf(await parquetOf([loweredRow(call())])));
  const left = readdirSync(tmpdir()).filter((name) => name.startsWith("api-tiers-log-") && !before.includes(name));
  expect(left).toEqual([]);
});

test("a table without the column of why calls were refused does not say that they were not", async () => {
  const { errorresponsetype: _, ...row } = loweredRow(call({ status: 429 }));
  const { read } = await callsIn(sourceOf(await parquetOf([row])));
  expect(read).toEqual([call({ status: 429, errorType: undefined })]);
});
