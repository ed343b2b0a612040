import { run } from "./run";

/**
 * ClickHouse in a process of its own, from the package `chdb`, which takes half a gigabyte and so is not among the dependencies:
 * `npm install --no-save chdb`, or `NODE_PATH` of the folder that has it.
 */
const SCRIPT = `
const { Session } = require("chdb");
const session = new Session();
const statements = JSON.parse(require("node:fs").readFileSync(0, "utf8"));
const answers = statements.map(([view, select]) => {
  session.query(view);
  return session.query(select, "JSON");
});
session.cleanup();
process.stdout.write("[" + answers.map((answer) => JSON.stringify(JSON.parse(answer).data)).join() + "]");
`;

/** Rows of statements, each after one that creates what it reads. */
export function queryClickHouse(statements: readonly (readonly [string, string])[]): Record<string, unknown>[][] {
  const { code, stdout, stderr } = run("node", ["-e", SCRIPT], { input: JSON.stringify(statements) });
  if (code !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

export const hasClickHouse = (): boolean => run("node", ["-e", 'require.resolve("chdb")']).code === 0;
