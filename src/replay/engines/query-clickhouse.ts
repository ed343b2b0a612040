import type { ClickHouseClient } from "@clickhouse/client";
import { loadOptional } from "../../project/optional-package";
import { show } from "../../text/show";
import { saidBy } from "./engine-failure";
import type { AnsweredRow } from "./engine-rows";

/** In bytes, of a statement that ClickHouse takes without a setting. */
const LARGEST_STATEMENT = 262_144;
/** Milliseconds for an answer. */
const PATIENCE = 3_600_000;

export interface ClickHousePlace {
  /** Of its HTTP interface: `http://localhost:8123`. */
  readonly url: string;
  readonly user?: string | undefined;
  readonly password?: string | undefined;
}

/**
 * The rows that a ClickHouse server answers a statement with, as its client gives them.
 *
 * @throws MissingPackage without `@clickhouse/client`
 * @throws Error for an address that is not one of HTTP, with what the server says where it refuses the statement, and for an answer
 * that is not complete
 */
export async function queryClickHouse(
  statement: string,
  { url, user, password }: ClickHousePlace,
): Promise<AnsweredRow[]> {
  // The address may have a password in it.
  const { origin } = httpUrl(url);
  const { ClickHouseLogLevel, createClient } = await loadOptional(
    "@clickhouse/client",
    "--engine clickhouse",
    () => import("@clickhouse/client"),
  );
  const client = createClient({
    url,
    ...(user === undefined ? {} : { username: user }),
    ...(password === undefined ? {} : { password }),
    application: "api-tiers",
    request_timeout: PATIENCE,
    keep_alive: { enabled: false },
    // It would print each error with its stack, and with what was asked.
    log: { level: ClickHouseLogLevel.OFF },
  });
  try {
    return await rowsOf(client, statement);
  } catch (error) {
    throw new Error(`ClickHouse at ${origin} has no answer: ${saidBy(error)}; ${remedyOf(error)}`, { cause: error });
  } finally {
    await client.close();
  }
}

async function rowsOf(client: ClickHouseClient, statement: string): Promise<AnsweredRow[]> {
  const bytes = Buffer.byteLength(statement);
  const answer = await client.query({
    query: statement,
    // One document: what breaks off in the middle cannot be read.
    format: "JSON",
    clickhouse_settings: {
      // An error comes with its status then, not after the first rows.
      wait_end_of_query: 1,
      // Users who may only read can change no setting, so it is set for those who need it.
      ...(bytes >= LARGEST_STATEMENT ? { max_query_size: String(2 * bytes) } : {}),
    },
  });
  const { data, rows } = await answer.json<AnsweredRow>();
  if (!Array.isArray(data) || rows === undefined) throw new Error("the answer does not say how many rows it has");
  if (data.length !== rows) throw new Error(`the answer has ${data.length} rows and says that there are ${show(rows)}`);
  return data;
}

function httpUrl(url: string): URL {
  const read = URL.canParse(url) ? new URL(url) : undefined;
  if (read?.protocol === "http:" || read?.protocol === "https:") return read;
  throw new Error(
    `the address of ClickHouse must be one of its HTTP interface, such as http://localhost:8123 or https://host:8443, got ${show(url.replace(/\/\/[^/]*@/, "//…@"))}; correct --engine-url or CLICKHOUSE_URL`,
  );
}

/** By ClickHouse's names of errors. */
const REMEDIES: Readonly<Record<string, string>> = {
  AUTHENTICATION_FAILED: "look at CLICKHOUSE_USER and CLICKHOUSE_PASSWORD",
  REQUIRED_PASSWORD: "set CLICKHOUSE_USER and CLICKHOUSE_PASSWORD",
  ACCESS_DENIED: "allow SELECT on the table to the user",
  UNKNOWN_DATABASE: "correct --table",
  UNKNOWN_TABLE: "correct --table, or create the table: --print-statement with the place of the logs prints how",
  UNKNOWN_IDENTIFIER: "give the table a column of strings for each field of accessLog: true",
  UNKNOWN_FUNCTION: "use ClickHouse 23.10 or newer, which has arrayFold",
};

function remedyOf(error: unknown): string {
  const { type, code, message = "" } = error as { type?: string; code?: string; message?: string };
  const known = REMEDIES[type ?? ""];
  if (known !== undefined) return known;
  if (/^E[A-Z]+$/.test(code ?? "") || /socket|timeout/i.test(message)) return "look at --engine-url and at the server";
  return "see what ClickHouse says, and run the command again";
}
