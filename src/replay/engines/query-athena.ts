import type * as sdk from "@aws-sdk/client-athena";
import { loadOptional } from "../../project/optional-package";
import { saidBy } from "./engine-failure";
import type { AnsweredRow } from "./engine-rows";

/** Milliseconds before Athena is asked whether it is done: twice as long each time, up to the longest. */
const FIRST_PAUSE = 250;
const LONGEST_PAUSE = 8_000;

export interface AthenaOptions {
  /** @default - Athena's own, `primary` */
  readonly workgroup?: string | undefined;
  /**
   * Where Athena puts results: `s3://bucket/prefix/`.
   * @default - what the workgroup says
   */
  readonly results?: string | undefined;
  /** Resolves after some milliseconds. */
  readonly wait: (milliseconds: number) => Promise<void>;
}

/**
 * The rows that Athena answers a statement with, by the names of their columns, which have lower case there; with the credentials
 * and the Region of the environment.
 *
 * @throws MissingPackage without `@aws-sdk/client-athena`
 * @throws Error with what Athena says where the query fails or is canceled
 */
export async function queryAthena(
  statement: string,
  { workgroup, results, wait }: AthenaOptions,
): Promise<AnsweredRow[]> {
  const athena = await loadOptional(
    "@aws-sdk/client-athena",
    "--engine athena",
    () => import("@aws-sdk/client-athena"),
  );
  const region = process.env.AWS_REGION ?? process.env.AWS_DEFAULT_REGION;
  const client = new athena.AthenaClient(region ? { region } : {});
  try {
    const { QueryExecutionId: id = "" } = await asked(
      "takes no query",
      client.send(
        new athena.StartQueryExecutionCommand({
          QueryString: statement,
          ...(workgroup === undefined ? {} : { WorkGroup: workgroup }),
          ...(results === undefined ? {} : { ResultConfiguration: { OutputLocation: results } }),
        }),
      ),
    );
    await untilDone(athena, client, id, wait);
    return await rowsOf(athena, client, id);
  } finally {
    client.destroy();
  }
}

async function untilDone(
  athena: typeof sdk,
  client: sdk.AthenaClient,
  id: string,
  wait: AthenaOptions["wait"],
): Promise<void> {
  for (let pause = FIRST_PAUSE; ; pause = Math.min(2 * pause, LONGEST_PAUSE)) {
    const { QueryExecution: execution } = await asked(
      `does not say how query ${id} is`,
      client.send(new athena.GetQueryExecutionCommand({ QueryExecutionId: id })),
    );
    const { State: state, StateChangeReason: reason } = execution?.Status ?? {};
    if (state === "SUCCEEDED") return;
    if (state === "FAILED") {
      const said = saidBy({ message: reason ?? "without a reason" });
      throw new Error(`Athena's query ${id} failed: ${said}; ${remedyOf(said)}`);
    }
    if (state === "CANCELLED") throw new Error(`Athena's query ${id} was canceled; run the command again`);
    await wait(pause);
  }
}

async function rowsOf(athena: typeof sdk, client: sdk.AthenaClient, id: string): Promise<AnsweredRow[]> {
  const rows: AnsweredRow[] = [];
  let token: string | undefined;
  do {
    const page: sdk.GetQueryResultsCommandOutput = await asked(
      `gives no results of query ${id}`,
      client.send(new athena.GetQueryResultsCommand({ QueryExecutionId: id, NextToken: token })),
    );
    const { Rows: answered = [], ResultSetMetadata: metadata } = page.ResultSet ?? {};
    const names = (metadata?.ColumnInfo ?? []).map(({ Name }) => Name ?? "");
    const texts = answered.map(({ Data = [] }) => Data.map(({ VarCharValue }) => VarCharValue));
    // The first row of all names the columns.
    const own = token === undefined ? texts.slice(1) : texts;
    rows.push(...own.map((values) => Object.fromEntries(names.map((name, index) => [name, values[index]]))));
    token = page.NextToken;
  } while (token !== undefined);
  return rows;
}

async function asked<Answer>(failure: string, answer: Promise<Answer>): Promise<Answer> {
  try {
    return await answer;
  } catch (error) {
    const said = saidBy(error);
    throw new Error(`Athena ${failure}: ${said}; ${remedyOf(said)}`, { cause: error });
  }
}

function remedyOf(said: string): string {
  if (/Region is missing/.test(said)) return "set AWS_REGION";
  if (/Credential|Token|Signature|UnrecognizedClient/i.test(said))
    return "look at your credentials: AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY";
  if (/AccessDenied|not authorized/i.test(said))
    return (
      "allow athena:StartQueryExecution, athena:GetQueryExecution, athena:GetQueryResults, reading of the table in Glue and of its objects, " +
      "and writing of results, to the identity that runs this"
    );
  if (/ECONN|ENOTFOUND|ETIMEDOUT|EAI_AGAIN/.test(said)) return "look at the network, AWS_REGION and AWS_ENDPOINT_URL";
  if (/output location/i.test(said)) return "give --results s3://bucket/prefix/, or a --workgroup that has one";
  if (/TABLE_NOT_FOUND|does not exist/i.test(said))
    return "correct --table, or create the table: --print-statement with the place of the logs prints how";
  if (/COLUMN_NOT_FOUND/i.test(said)) return "give the table a column of strings for each field of accessLog: true";
  return "see what Athena says, and run the command again";
}
