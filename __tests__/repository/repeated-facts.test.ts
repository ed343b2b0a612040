import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

const SRC = resolve(__dirname, "../../src");

/** Source files by path, without their comments. */
const SOURCES = new Map(
  readdirSync(SRC, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .map((file) => [file.replaceAll("\\", "/"), withoutComments(readFileSync(join(SRC, file), "utf8"))]),
);

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/^\s*\/\/.*$/gm, "");
}

/** Facts on which the writer and the readers of what is synthesized agree, and the file in which each stands. */
const FACTS: readonly (readonly [fact: string, pattern: RegExp, file: string])[] = [
  ["the tag of all that is deployed", /"managed-by"/, "contract/tags.ts"],
  ["the prefix of this project's tags", /["'`]api-tiers:/, "vocabulary/tags.ts"],
  ["the names of this project's tags", /OWN_TAG_PREFIX\}\w+/, "contract/tags.ts"],
  ["AWS's timeout of an integration", /\b29_000\b/, "vocabulary/aws-limits.ts"],
  ["the TTL of an authorizer's results", /resultTtlSeconds: \d/, "vocabulary/authorizer.ts"],
  ["the identity source of an authorizer", /: "method\.request\.header\.Authorization"/, "vocabulary/authorizer.ts"],
  ["the URI of a Lambda function", /lambda:path/, "contract/function-uri.ts"],
  ["the template of a mock", /JSON\.stringify\(\{ statusCode/, "contract/mock.ts"],
  ["what a deployment contains", /\bnotDeployed: \{/, "contract/deployed-parts.ts"],
  ["AWS's largest body", /10 \* 1_?024 \* 1_?024|10_?485_?760/, "vocabulary/aws-limits.ts"],
  ["the output by which a stack says what it holds", /"api_tiers"/, "contract/identity.ts"],
  ["the provider's description", /"Managed by Terraform"/, "contract/defaults.ts"],
];

test.each(FACTS)("%s stands in one file", (_, pattern, file) => {
  const found = [...SOURCES].filter(([, text]) => pattern.test(text)).map(([path]) => path);
  expect(found).toEqual([file]);
});

/** Type declarations of one model, which splitting would hide. */
const LONG = ["model/model.ts"];

test("source files are small: none over 250 lines, and half of them below 60", () => {
  const lengths = [...SOURCES.keys()].map(
    (file) => [file, readFileSync(join(SRC, file), "utf8").split("\n").length - 1] as const,
  );
  expect(lengths.filter(([file, lines]) => lines > 250 && !LONG.includes(file))).toEqual([]);
  const sorted = lengths.map(([, lines]) => lines).sort((a, b) => a - b);
  expect(sorted[Math.floor(sorted.length / 2)]).toBeLessThan(60);
});
