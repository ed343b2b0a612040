import { existsSync, readFileSync } from "node:fs";
import { adoptAccount } from "../adoption/adopt-account";
import type { Adoption } from "../adoption/adoption";
import { type CheckedStack, checkStack, passes, stacksToCheck } from "../adoption/check-plans";
import { changedFiles, importsText, type ProjectFiles, readKnown } from "../adoption/project-files";
import { ADOPTING, readAccount } from "../adoption/read-account";
import { importedStages, withSnapshots } from "../adoption/snapshots";
import { connectControlPlane } from "../aws/control-plane";
import { pacedUnless } from "../aws/request-pace";
import { synthesize } from "../project/synthesize";
import { writeFiles } from "../project/write-files";
import { describeFindings, type Finding } from "../text/finding";
import { importsFromFile } from "../vocabulary/imports";
import type { Tags } from "../vocabulary/tags";
import { Progress } from "./progress";

export interface AdoptOptions extends ProjectFiles {
  readonly api: readonly string[];
  readonly plan: readonly string[];
  readonly tag: Tags;
  readonly region?: string;
  readonly profile?: string;
  readonly unpaced: boolean;
  readonly definitions: boolean;
}

/** Reads the account, and writes what is new into the files of the project: all of it, or nothing. */
export async function adopt(options: AdoptOptions): Promise<void> {
  const known = readKnown(options);
  const selection = { apis: options.api, plans: options.plan, tags: options.tag, definitions: options.definitions };
  const controlPlane = await connectControlPlane(ADOPTING, {
    pace: pacedUnless(options.unpaced),
    region: options.region,
    profile: options.profile,
  });
  const imported = Object.values(known.imports.subscriptions ?? {});
  const progress = new Progress();
  const account = await readAccount(controlPlane, {
    selection,
    knownKeys: new Set(imported.map(({ apiKeyId }) => apiKeyId)),
    onProgress: (what, done, total) => progress.tell(what, done, total),
  }).finally(() => progress.end());
  const adoption = adoptAccount(account, selection, known);
  const files = changedFiles(options, adoption);
  writeFiles(files);
  console.log(report(adoption, [...files.keys()], options));
}

function report(
  { apis, tiers, subscriptions, domainNames, imports, findings }: Adoption,
  written: readonly string[],
  files: AdoptOptions,
): string {
  const count = (entries: object, one: string, many: string) => {
    const number = Object.keys(entries).length;
    return `${number.toLocaleString("en")} ${number === 1 ? one : many}`;
  };
  const found = [
    count(apis, "API", "APIs"),
    count(tiers, "tier", "tiers"),
    count(subscriptions, "subscription", "subscriptions"),
    ...(Object.keys(domainNames).length > 0 ? [count(domainNames, "domain name", "domain names")] : []),
  ];
  const parts = [`New in the catalog: ${found.join(", ")}.`];
  parts.push(written.length === 0 ? "No file had to change." : `Written: ${written.join(", ")}.`);
  if (findings.length > 0)
    parts.push(
      ["Not as in the account:", ...describeFindings(findings, kindOf).map((line) => `  - ${line}`)].join("\n"),
    );
  if (existsSync(files.main) && !readFileSync(files.main, "utf8").includes("importsFromFile"))
    parts.push(
      `Let ${files.main} know of the imports: new TierStacks(app, catalog, { imports: importsFromFile("${files.imports}") })`,
    );
  const isDefined = Object.keys({ ...imports.apis, ...imports.domainNames }).length > 0;
  parts.push(
    `Next: "api-tiers adopt --check" proves that a deploy would change nothing, "npx cdktf deploy ${isDefined ? "'*'" : "access"}" imports.`,
  );
  return parts.join("\n");
}

/** What findings about a thousand keys have in common: all but the names. */
const kindOf = ({ message }: Finding) => message.replace(/"[^"]*"/g, '""');

/**
 * Plans the stacks that import something, and where nothing would change, notes what the definitions are by which their stages
 * were found.
 *
 * @throws Error where a deploy would change anything in the account
 */
export async function check({
  output,
  imports,
}: {
  readonly output?: string;
  readonly imports: string;
}): Promise<void> {
  const folder = output ?? "cdktf.out";
  if (output === undefined && existsSync("cdktf.json")) synthesize(folder);
  const { importing, others } = stacksToCheck(folder);
  if (importing.length === 0)
    throw new Error(`no stack in ${folder} imports anything; give TierStacks the imports, and synthesize`);
  if (others.length > 0) console.log(`Not checked, because they import nothing: ${others.join(", ")}.`);
  const adopted = existsSync(imports) ? importsFromFile(imports) : {};
  const stages = importedStages(importing, adopted);
  const checked: CheckedStack[] = [];
  for (const stack of importing) {
    const result = await checkStack(stack);
    checked.push(result);
    console.log(describe(result));
  }
  const failed = checked.filter((each) => !passes(each));
  if (failed.length > 0)
    throw new Error(
      `a deploy of ${failed.map(({ stack }) => stack).join(", ")} would change the account; ` +
        'write the catalog as the account is, or name the attribute in "keep" of its import',
    );
  const noted = importsText(withSnapshots(adopted, importing));
  if (stages.length > 0 && noted !== importsText(adopted)) {
    writeFiles(new Map([[imports, noted]]));
    console.log(aboutDeployments(stages, imports));
  }
  console.log("A deploy imports, and changes nothing.");
}

/** The one difference that Terraform cannot avoid, and how it is put off. */
function aboutDeployments(stages: readonly string[], imports: string): string {
  return [
    `Triggers of a deployment cannot be imported, for AWS does not keep them (${stages.join(", ")}).`,
    `So ${imports} now notes what the definition is, and no stage is deployed again as long as the catalog says the same.`,
    "The first change of a route then deploys the API as it is in AWS, with what nobody manages: a deployment is added,",
    "the stage changed, and the old deployment destroyed.",
  ].join("\n");
}

function describe({ stack, counts, differences }: CheckedStack): string {
  const numbers = `${counts.import} to import, ${counts.add} to add, ${counts.change} to change, ${counts.destroy} to destroy`;
  const lines = differences.flatMap(({ address, action, attributes }) => [
    `  ${action} ${address}`,
    ...attributes.map((attribute) => `    ${attribute}`),
  ]);
  return [`${stack}: ${numbers}`, ...lines].join("\n");
}
