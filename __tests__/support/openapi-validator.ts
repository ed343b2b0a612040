import { runOrFail } from "./run";

/** It is an ES module, so it runs in a process of its own; all documents in one, for that takes a second. */
const VALIDATE = `
import { Validator } from "@seriousme/openapi-schema-validator";
let text = "";
for await (const chunk of process.stdin) text += chunk;
const results = [];
for (const document of JSON.parse(text)) results.push(await new Validator().validate(document));
console.log(JSON.stringify(results));
`;

/** What an independent validator finds wrong with OpenAPI documents, by document. */
export function problemsOfOpenApi(documents: readonly unknown[]): string[][] {
  const input = JSON.stringify(documents);
  const { stdout } = runOrFail("node", ["--input-type=module", "-e", VALIDATE], { input });
  const results: { valid: boolean; errors?: unknown }[] = JSON.parse(stdout);
  return results.map(({ valid, errors }) => (valid ? [] : [JSON.stringify(errors)]));
}
