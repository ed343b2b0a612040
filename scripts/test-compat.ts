/**
 * Shows that the source works, unmodified, on other versions than those it is developed with:
 *
 * - `@cdktf/provider-aws` 21, which is made for version 6 of the AWS provider;
 * - CDK Terrain, the maintained fork of CDK for Terraform, whose packages take the names of the originals as npm aliases.
 *
 * For each of them a copy of the project gets the other packages in a scratch folder. There it must pass the type check,
 * synthesize the sample to the same Terraform as it does with the project's own packages, and pass the tests of what cdktf
 * takes part in: synthesis with its invariants, the contract, what is read of it, the test kit, and whole apps.
 * The folder is removed afterwards; that of a failure is kept, and named.
 */
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { copyProject } from "./support/copy";
import { readJson } from "./support/json";
import { compareVersions, installNode, newestOf, publishedNodes } from "./support/nodes";
import { runStep, runTests, StepFailure } from "./support/steps";

interface Target {
  readonly name: string;
  /** What is installed in place of the project's own versions. */
  readonly packages: Readonly<Record<string, string>>;
  /** Name under which the provider package imports the core library. */
  readonly core: string;
  /** Major version of the AWS provider that the synthesized Terraform must ask for. */
  readonly awsProvider: number;
}

const TARGETS: readonly Target[] = [
  {
    name: "provider-aws 21.22.1",
    packages: { cdktf: "0.21.0", "@cdktf/provider-aws": "21.22.1" },
    core: "cdktf",
    awsProvider: 6,
  },
  {
    name: "CDK Terrain 0.24.0",
    packages: {
      cdktf: "npm:cdktn@0.24.0",
      "@cdktf/provider-aws": "npm:@cdktn/provider-aws@25.7.0",
      // What the provider package imports. TypeScript takes two copies for one only if their versions are equal.
      cdktn: "0.24.0",
      // CDK Terrain wants at least 10.6, and less than 10.8.
      constructs: "10.7.2",
    },
    core: "cdktn",
    awsProvider: 6,
  },
];

const ROOT = join(__dirname, "..");

/** Tests in which a part of cdktf or of the provider package runs; all others would only repeat what they show without it. */
const TESTS = ["synthesis", "contract", "model", "testing", "types", "apps"].map((folder) => `__tests__/${folder}/`);

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly engines?: { readonly node?: string };
  /** Only in provider packages: what they were generated from. */
  readonly cdktf?: { readonly provider: { readonly version: string } };
}

type Resources = Readonly<Record<string, Readonly<Record<string, { readonly triggers?: object }>>>>;

/** The parts of a `cdk.tf.json` that are looked at. */
interface TerraformJson {
  readonly resource: Resources;
  readonly terraform: { readonly required_providers: { readonly aws: { readonly version: string } } };
}

/** Where a target is tried, and by which Node. */
interface Trial {
  readonly folder: string;
  readonly nodeFolder: string | undefined;
}

function exchangePackages(folder: string, { packages }: Target): void {
  const file = join(folder, "package.json");
  const { dependencies, devDependencies, ...rest } = readJson<Record<string, Record<string, string>>>(file);
  const exchanged = new Set(Object.keys(packages));
  const others = (all: Record<string, string> = {}) =>
    Object.fromEntries(Object.entries(all).filter(([name]) => !exchanged.has(name)));
  const content = {
    ...rest,
    dependencies: others(dependencies),
    devDependencies: { ...others(devDependencies), ...packages },
  };
  writeFileSync(file, JSON.stringify(content, null, 2));
}

const manifest = (folder: string, name: string): Manifest =>
  readJson(join(folder, "node_modules", name, "package.json"));

/**
 * npm installs a package that wants a newer Node all the same, and only warns. What it promises there is nothing, so
 * such a target is tried on the newest Node of the first major version that it accepts.
 *
 * @returns the folder of the Node; `undefined` if the one that runs this script is new enough
 */
function acceptedNode(scratch: string, folder: string, { packages }: Target): string | undefined {
  const wanted = Object.keys(packages)
    .map((each) => manifest(folder, each))
    .flatMap(({ name, version, engines }) => {
      const [, node] = engines?.node?.match(/^>=\s*([\d.]+)$/) ?? [];
      return node === undefined ? [] : [{ node, text: `${name} ${version} wants Node ${node} or newer` }];
    })
    .sort((one, other) => compareVersions(other.node, one.node))[0];
  if (wanted === undefined || compareVersions(process.versions.node, wanted.node) >= 0) return undefined;
  const version = newestOf(Number.parseInt(wanted.node, 10), publishedNodes(scratch));
  console.log(`  ${wanted.text}, and this is ${process.versions.node}: tried on Node ${version}`);
  return installNode(version, scratch);
}

/** Whether the project and the provider package import one and the same copy of the core library. */
function sharesCore(folder: string, { core }: Target): boolean {
  const project = createRequire(join(folder, "package.json"));
  const provider = createRequire(project.resolve("@cdktf/provider-aws/lib/provider"));
  return realpathSync(project.resolve("cdktf")) === realpathSync(provider.resolve(core));
}

/** @returns what was synthesized, by stack */
function synthesizeSample(step: string, { folder, nodeFolder }: Trial): Record<string, TerraformJson> {
  rmSync(join(folder, "cdktf.out"), { recursive: true, force: true });
  runStep(step, "npm", ["start"], { folder, nodeFolder });
  const stacks = join(folder, "cdktf.out", "stacks");
  const names = existsSync(stacks) ? readdirSync(stacks) : [];
  return Object.fromEntries(names.map((name) => [name, readJson<TerraformJson>(join(stacks, name, "cdk.tf.json"))]));
}

/** What the project makes of the sample as it is, to compare with. */
function synthesizeWithOwnPackages(folder: string): Record<string, TerraformJson> {
  const link = join(folder, "node_modules");
  symlinkSync(join(ROOT, "node_modules"), link, "junction");
  const stacks = synthesizeSample("sample with own packages", { folder, nodeFolder: undefined });
  unlinkSync(link);
  if (Object.keys(stacks).length === 0) throw new StepFailure("sample with own packages", "It has no stack.");
  return stacks;
}

function problemsOfSample(stacks: Record<string, TerraformJson>, awsVersion: string): string[] {
  return Object.entries(stacks).flatMap(([name, stack]) => {
    const { version } = stack.terraform.required_providers.aws;
    const deployments = Object.values(stack.resource.aws_api_gateway_deployment ?? {});
    const triggered = deployments.every(({ triggers }) => Object.keys(triggers ?? {}).length > 0);
    return [
      ...(version === awsVersion ? [] : [`${name}: wants AWS provider ${version} instead of ${awsVersion}`]),
      ...(triggered ? [] : [`${name}: its deployment has no triggers`]),
      ...(JSON.stringify(stack).includes("TfToken[") ? [`${name}: has a token that was not resolved`] : []),
    ];
  });
}

/** A stack without what may differ: the versions of the packages, and where the AWS provider comes from. */
const essence = ({ terraform, ...stack }: TerraformJson) => ({
  ...stack,
  "//": undefined,
  terraform: { ...terraform, required_providers: undefined },
});

/** Stacks that differ from what the project's own packages make of the sample: users would see a change in their plan. */
function differingStacks(stacks: Record<string, TerraformJson>, own: Record<string, TerraformJson>): string[] {
  const names = [...new Set([...Object.keys(own), ...Object.keys(stacks)])];
  return names
    .filter((name) => {
      const [one, other] = [stacks[name], own[name]];
      return one === undefined || other === undefined || !isDeepStrictEqual(essence(one), essence(other));
    })
    .map((name) => `${name}: differs from what the project's own packages make of it, beyond versions`);
}

/** @returns the result, in words */
function verify(trial: Trial, target: Target, own: Record<string, TerraformJson>): string {
  runStep("types", "npm", ["run", "check:types"], trial);
  const stacks = synthesizeSample("sample", trial);
  const aws = manifest(trial.folder, "@cdktf/provider-aws").cdktf?.provider.version ?? "unknown";
  const problems = [...problemsOfSample(stacks, aws), ...differingStacks(stacks, own)];
  if (!aws.startsWith(`${target.awsProvider}.`))
    problems.push(`the package is made for AWS provider ${aws} instead of ${target.awsProvider}`);
  if (problems.length > 0) throw new StepFailure("sample", problems.join("\n"));
  const passed = runTests("tests", ["unit", "apps"], join(trial.folder, "jest.json"), trial, TESTS);
  return `types, sample (AWS provider ${aws}) and ${passed} tests ok`;
}

function tryTarget(scratch: string, folder: string, target: Target): string {
  copyProject(ROOT, folder);
  const own = synthesizeWithOwnPackages(folder);
  exchangePackages(folder, target);
  runStep("install", "npm", ["install", "--no-audit", "--no-fund", "--include=dev", "--loglevel=error"], { folder });
  const trial = { folder, nodeFolder: acceptedNode(scratch, folder, target) };
  if (sharesCore(folder, target)) return verify(trial, target, own);

  console.log(`  with two copies of ${target.core}, as npm installs an alias:`);
  verify(trial, target, own);
  // What pnpm makes of an alias, and npm with install-strategy=linked.
  const alias = join(folder, "node_modules", "cdktf");
  rmSync(alias, { recursive: true });
  symlinkSync(join(folder, "node_modules", target.core), alias, "junction");
  if (!sharesCore(folder, target)) throw new StepFailure("link", `cdktf is still another copy than ${target.core}`);
  console.log(`  with one copy of ${target.core}, as pnpm installs it:`);
  return `${verify(trial, target, own)}, with two copies of ${target.core} and with one`;
}

/** @returns the line that sums it up */
function report(scratch: string, target: Target): string {
  console.log(`${target.name}, in place of the project's own packages:`);
  const folder = join(scratch, target.name.replaceAll(" ", "-"));
  try {
    const result = tryTarget(scratch, folder, target);
    rmSync(folder, { recursive: true });
    return `${target.name}: ${result}`;
  } catch (error) {
    if (!(error instanceof StepFailure)) throw error;
    console.error(`  ${error.step}: FAILED\n\n${error.output}\n`);
    process.exitCode = 1;
    return `${target.name}: FAILED at step "${error.step}"; its folder is kept: ${folder}`;
  }
}

// The real path: on macOS the temporary folder is a link, below which jest finds no test.
const scratch = realpathSync(mkdtempSync(join(tmpdir(), "api-tiers-compat-")));
const lines = TARGETS.map((target) => report(scratch, target));
if (process.exitCode !== 1) rmSync(scratch, { recursive: true });
console.log(`\n${lines.join("\n")}`);
