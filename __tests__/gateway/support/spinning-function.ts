/** Starts a function that never gives control back, prints the id of its process, and waits to be killed. */
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ExecutionEnvironment } from "../../../src/gateway/functions/execution-environment";
import { type Interpreter, interpreterOf } from "../../../src/gateway/functions/interpreter";

const root = mkdtempSync(join(tmpdir(), "spinning-"));
writeFileSync(join(root, "index.js"), "exports.handler = async () => { console.log(process.pid); for (;;); };");
const environment = new ExecutionEnvironment({
  root,
  variables: { LAMBDA_TASK_ROOT: root, _HANDLER: "index.handler" },
  interpreter: interpreterOf("nodejs22.x", 128) as Interpreter,
  onLine: (line) => process.stdout.write(`${line}\n`),
});
environment.ready(60_000).then(async (failure) => {
  if (failure) throw new Error(JSON.stringify(failure));
  await environment.invoke({ requestId: "x", functionArn: "arn", milliseconds: 60_000 }, "{}");
});
