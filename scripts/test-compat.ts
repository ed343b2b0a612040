/**
 * Shows that the source works, unmodified, on other versions than those it is developed with:
 *
 * - `@cdktf/provider-aws` 21, which is made for version 6 of the AWS provider;
 * - CDK Terrain, the maintained fork of CDK for Terraform, whose packages take the names of the originals as npm aliases.
 *
 * For each of them a copy of the project gets the other packages in a scratch folder. There it must pass the type check,
 * synthesize the sample to the same Terraform as it does with the project's own packages, and pass the unit tests.
 * The folder is removed afterwards; that of a failure is kept, and named.
 */
import { spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { isDeepStrictEqual } from "node:util";

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

/** What a copy of the project consists of; what is not there (yet) is left out. */
const COPIED = [
  ".npmrc",
  "package.json",
  "package-lock.json",
  "tsconfig.json",
  "tsconfig.build.json",
  "jest.config.cjs",
  "cdktf.json",
  "main.ts",
  "catalog.ts",
  "src",
  "handlers",
  "schemas",
  "examples",
  ...["catalog", "synthesis", "types", "support"].map((tests) => join("__tests__", tests)),
];
const NOT_COPIED = ["node_modules", "cdktf.out", "dist"];

const DEFINITION = [
  "aws_api_gateway_integration",
  "aws_api_gateway_method",
  "aws_api_gateway_resource",
  "aws_api_gateway_rest_api",
  "aws_cloudwatch_log_group",
  "aws_iam_role",
  "aws_iam_role_policy",
  "aws_lambda_function",
];
const RELEASE = ["aws_api_gateway_deployment", "aws_api_gateway_stage", "aws_lambda_alias", "aws_lambda_permission"];

/** The stacks of the sample, with the types of their resources. */
const SAMPLE: Readonly<Record<string, readonly string[]>> = {
  access: [
    "aws_api_gateway_api_key",
    "aws_api_gateway_usage_plan",
    "aws_api_gateway_usage_plan_key",
    "aws_ssm_parameter",
  ],
  journal: ["aws_api_gateway_authorizer", ...DEFINITION].sort(),
  "journal-prod": RELEASE,
  meditations: [...DEFINITION, "aws_api_gateway_integration_response", "aws_api_gateway_method_response"].sort(),
  "meditations-prod": RELEASE,
  "meditations-test": RELEASE,
};

/** A failure that this script looks for: it is reported with what the step printed, without a stack trace. */
class StepFailure extends Error {
  constructor(
    readonly step: string,
    readonly output: string,
  ) {
    super(`${step} failed`);
  }
}

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

const readJson = <Content>(file: string): Content => JSON.parse(readFileSync(file, "utf8"));

/** Runs npm, quietly as long as it succeeds. */
function npm(step: string, folder: string, args: readonly string[]): void {
  const started = Date.now();
  const { status, stdout, stderr, error } = spawnSync("npm", args, {
    cwd: folder,
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
    // On Windows npm is a batch file.
    shell: process.platform === "win32",
  });
  if (status !== 0) throw new StepFailure(step, [stdout, stderr, error?.message].filter(Boolean).join("\n").trim());
  console.log(`  ${step}: ok, ${((Date.now() - started) / 1000).toFixed(1)} s`);
}

function copyProject(folder: string): void {
  for (const part of COPIED)
    if (existsSync(join(ROOT, part)))
      cpSync(join(ROOT, part), join(folder, part), {
        recursive: true,
        filter: (source) => !NOT_COPIED.includes(basename(source)),
      });
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

/** npm installs a package that asks for a newer Node all the same, so the run tells. */
function tellOfOlderNode(folder: string, { packages }: Target): void {
  for (const { name, version, engines } of Object.keys(packages).map((each) => manifest(folder, each))) {
    const wanted = engines?.node?.match(/^>=\s*([\d.]+)$/)?.[1];
    const current = process.versions.node;
    if (wanted && current.localeCompare(wanted, "en", { numeric: true }) < 0)
      console.log(
        `  note: ${name} ${version} asks for Node ${wanted} or newer; npm only warns, and this is ${current}`,
      );
  }
}

/** Whether the project and the provider package import one and the same copy of the core library. */
function sharesCore(folder: string, { core }: Target): boolean {
  const project = createRequire(join(folder, "package.json"));
  const provider = createRequire(project.resolve("@cdktf/provider-aws/lib/provider"));
  return realpathSync(project.resolve("cdktf")) === realpathSync(provider.resolve(core));
}

/** @returns what was synthesized, by stack */
function synthesizeSample(step: string, folder: string): Record<string, TerraformJson> {
  rmSync(join(folder, "cdktf.out"), { recursive: true, force: true });
  npm(step, folder, ["start"]);
  const stacks = join(folder, "cdktf.out", "stacks");
  const names = existsSync(stacks) ? readdirSync(stacks) : [];
  return Object.fromEntries(names.map((name) => [name, readJson<TerraformJson>(join(stacks, name, "cdk.tf.json"))]));
}

/** What the project makes of the sample as it is, to compare with. */
function synthesizeWithOwnPackages(folder: string): Record<string, TerraformJson> {
  const link = join(folder, "node_modules");
  symlinkSync(join(ROOT, "node_modules"), link, "junction");
  const stacks = synthesizeSample("sample with own packages", folder);
  unlinkSync(link);
  return stacks;
}

function problemsOfSample(stacks: Record<string, TerraformJson>, awsVersion: string): string[] {
  const types = Object.fromEntries(
    Object.entries(stacks).map(([name, { resource }]) => [name, Object.keys(resource).sort()]),
  );
  if (!isDeepStrictEqual(types, SAMPLE))
    return [`stacks and types are ${JSON.stringify(types, null, 2)} instead of ${JSON.stringify(SAMPLE, null, 2)}`];
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
  return Object.entries(stacks)
    .filter(([name, stack]) => !own[name] || !isDeepStrictEqual(essence(stack), essence(own[name])))
    .map(([name]) => `${name}: differs from what the project's own packages make of it, beyond versions`);
}

/** @returns how many tests passed */
function runTests(folder: string): number {
  const report = join(folder, "jest.json");
  // jest fails by itself where it finds no test; `--ci` keeps it from writing snapshots that are missing.
  npm("tests", folder, ["run", "test:unit", "--", "--ci", "--json", `--outputFile=${report}`]);
  const { numPassedTests } = readJson<{ readonly numPassedTests: number }>(report);
  if (numPassedTests === 0) throw new StepFailure("tests", "No test has run.");
  return numPassedTests;
}

/** @returns the result, in words */
function verify(folder: string, target: Target, own: Record<string, TerraformJson>): string {
  npm("types", folder, ["run", "check:types"]);
  const stacks = synthesizeSample("sample", folder);
  const aws = manifest(folder, "@cdktf/provider-aws").cdktf?.provider.version ?? "unknown";
  const problems = [...problemsOfSample(stacks, aws), ...differingStacks(stacks, own)];
  if (!aws.startsWith(`${target.awsProvider}.`))
    problems.push(`the package is made for AWS provider ${aws} instead of ${target.awsProvider}`);
  if (problems.length > 0) throw new StepFailure("sample", problems.join("\n"));
  return `types, sample (AWS provider ${aws}) and ${runTests(folder)} tests ok`;
}

function tryTarget(folder: string, target: Target): string {
  copyProject(folder);
  const own = synthesizeWithOwnPackages(folder);
  exchangePackages(folder, target);
  npm("install", folder, ["install", "--no-audit", "--no-fund", "--include=dev", "--loglevel=error"]);
  tellOfOlderNode(folder, target);
  if (sharesCore(folder, target)) return verify(folder, target, own);

  console.log(`  with two copies of ${target.core}, as npm installs an alias:`);
  verify(folder, target, own);
  // What pnpm makes of an alias, and npm with install-strategy=linked.
  const alias = join(folder, "node_modules", "cdktf");
  rmSync(alias, { recursive: true });
  symlinkSync(join(folder, "node_modules", target.core), alias, "junction");
  if (!sharesCore(folder, target)) throw new StepFailure("link", `cdktf is still another copy than ${target.core}`);
  console.log(`  with one copy of ${target.core}, as pnpm installs it:`);
  return `${verify(folder, target, own)}, with two copies of ${target.core} and with one`;
}

/** @returns the line that sums it up */
function report(scratch: string, target: Target): string {
  console.log(`${target.name}, in place of the project's own packages:`);
  const folder = join(scratch, target.name.replaceAll(" ", "-"));
  try {
    const result = tryTarget(folder, target);
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
