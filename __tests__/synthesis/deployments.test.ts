import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { App } from "cdktf";
import fc from "fast-check";
import { CatalogError, synthesisWarnings, TierStacks, type TierStacksProps } from "../../src";
import { localStateFile, readLocalStateFile, stateKey } from "../../src/contract/state-names";
import { defineUnchecked, petShop } from "../support/catalogs";
import { type Json, synthesize, synthesizedTexts, withFolder } from "../support/synthesize";

const catalog = defineUnchecked(petShop({ subscriptions: { joe: { tier: "gold" } } }));

/** What is wrong with a deployment, or what it warns of. */
function findings(props: TierStacksProps, files: Record<string, object> = {}, of = catalog) {
  return withFolder((folder) => {
    for (const [name, state] of Object.entries(files)) writeFileSync(join(folder, name), JSON.stringify(state));
    mkdirSync(join(folder, "cdktf.out"));
    try {
      return synthesisWarnings(new TierStacks(new App({ outdir: join(folder, "cdktf.out") }), of, props));
    } catch (error) {
      if (!(error instanceof CatalogError)) throw error;
      return error.findings.map(({ place, message }) => `refused: ${place}: ${message}`);
    }
  });
}

/** A state with a REST API in this Region and account. */
const stateIn = (region: string, account = "123456789012", more: object[] = []) => ({
  version: 4,
  resources: [
    {
      mode: "managed",
      type: "aws_api_gateway_rest_api",
      provider: 'provider["registry.terraform.io/hashicorp/aws"]',
      instances: [
        {
          attributes: {
            arn: `arn:aws:apigateway:${region}::/restapis/a1b2c3`,
            execution_arn: `arn:aws:execute-api:${region}:${account}:a1b2c3`,
          },
        },
      ],
    },
    ...more,
  ],
});

/** Runs with these in the environment, and with nothing else of a Region. */
function withEnvironment<Result>(env: Record<string, string>, run: () => Result): Result {
  const { AWS_REGION, AWS_DEFAULT_REGION, ...rest } = process.env;
  const before = process.env;
  process.env = { ...rest, ...env };
  try {
    return run();
  } finally {
    process.env = before;
  }
}

describe("what the code says of where it deploys", () => {
  const provider = (props: TierStacksProps) =>
    Object.values(synthesize(catalog, props)).map((each) => each.provider.aws);

  test("is given to the provider of each stack", () => {
    const assumeRole = { roleArn: "arn:aws:iam::222222222222:role/deploy", externalId: "x", sessionName: "tiers" };
    for (const [aws] of provider({ region: "eu-central-1", account: "222222222222", assumeRole }))
      expect(aws).toMatchObject({
        region: "eu-central-1",
        allowed_account_ids: ["222222222222"],
        assume_role: [{ role_arn: assumeRole.roleArn, external_id: "x", session_name: "tiers" }],
      });
    for (const [aws] of provider({ assumeRole })) expect(aws.allowed_account_ids).toEqual(["222222222222"]);
    for (const [aws] of provider({})) expect(Object.keys(aws)).toEqual(["default_tags"]);
  });

  test.each<[string, TierStacksProps, string]>([
    ["a Region", { region: "europe" }, 'region: is "europe", but must be a Region of AWS, such as "eu-central-1"'],
    ["an account", { account: "1234" }, 'account: is "1234", but must be the 12 digits of an account\'s id'],
    [
      "an environment",
      { environment: "eu-central-1" },
      'environment: is "eu-central-1", but must be up to 32 letters, digits and "-", a letter first, and no name of a Region',
    ],
    [
      "a role",
      { assumeRole: { roleArn: "deploy" } },
      'assumeRole: is "deploy", but must be the ARN of a role, such as "arn:aws:iam::123456789012:role/deploy"',
    ],
    [
      "a role of another account",
      { account: "111111111111", assumeRole: { roleArn: "arn:aws:iam::222222222222:role/deploy" } },
      'assumeRole: is a role of account 222222222222, but account is "111111111111"; give the role of that account',
    ],
  ])("is refused where AWS would not know it: %s", (_, props, problem) => {
    expect(findings(props)).toEqual([`refused: ${problem}`]);
  });

  test("is refused with all problems at once", () => {
    expect(findings({ region: "x", account: "y", environment: "z!" })).toHaveLength(3);
  });
});

describe("names of stacks and states", () => {
  const backends = (props: TierStacksProps): Record<string, string> =>
    Object.fromEntries(
      Object.entries<Json>(synthesize(catalog, props)).map(([name, { terraform }]) => [
        name,
        terraform.backend.s3?.key ?? terraform.backend.local.path.replace("../../../", ""),
      ]),
    );

  test("are short where the code gives nothing, and hold all that it gives", () => {
    expect(backends({})).toEqual({
      access: "terraform.access.tfstate",
      pets: "terraform.pets.tfstate",
      "pets-prod": "terraform.pets-prod.tfstate",
    });
    expect(backends({ region: "eu-central-1" }).access).toBe("terraform.access.eu-central-1.tfstate");
    expect(backends({ environment: "prod", account: "222222222222", region: "eu-central-1" })).toEqual({
      "prod-eu-central-1-access": "terraform.access.prod.222222222222.eu-central-1.tfstate",
      "prod-eu-central-1-pets": "terraform.pets.prod.222222222222.eu-central-1.tfstate",
      "prod-eu-central-1-pets-prod": "terraform.pets-prod.prod.222222222222.eu-central-1.tfstate",
    });
    const state = { bucket: "states", region: "us-east-1" };
    expect(backends({ environment: "prod", region: "eu-central-1", state })["prod-eu-central-1-access"]).toBe(
      "api-tiers/prod/eu-central-1/access.tfstate",
    );
    expect(backends({ state }).access).toBe("api-tiers/access.tfstate");
  });

  const optional = <Value>(...values: Value[]) => fc.option(fc.constantFrom(...values), { nil: undefined });
  const deployment = fc.record({
    environment: optional("dev", "prod", "prod-eu", "us-east", "d1"),
    account: optional("111111111111", "222222222222"),
    region: optional("us-east-1", "eu-central-1", "us-gov-west-1"),
  });
  const stack = fc.constantFrom("access", "pets", "pets-prod", "prod", "us-east-1");

  test("of states are never those of another deployment or stack, and are read back", () => {
    fc.assert(
      fc.property(deployment, stack, deployment, stack, (one, name, other, otherName) => {
        const same = JSON.stringify([one, name]) === JSON.stringify([other, otherName]);
        expect(localStateFile(one, name) === localStateFile(other, otherName)).toBe(same);
        expect(stateKey(one, "p", name) === stateKey(other, "p", otherName)).toBe(same);
        expect(readLocalStateFile(localStateFile(one, name))).toEqual({ stack: name, deployment: one });
      }),
      { numRuns: 1_000 },
    );
  });

  test.each(["terraform.tfstate", "terraform.access.tfstate.backup", "terraform.a.b!.tfstate", "access.tfstate", "x"])(
    "of other files are not names of states: %s",
    (file) => expect(readLocalStateFile(file)).toBeUndefined(),
  );
});

describe("several deployments in one app", () => {
  const build = (...all: TierStacksProps[]) =>
    synthesizedTexts((app) => {
      for (const props of all) new TierStacks(app, catalog, props);
    });

  test("share no stack and no state, and read one another nowhere", () => {
    const texts = build(
      { environment: "dev", region: "us-east-1" },
      { environment: "prod", region: "us-east-1" },
      { environment: "prod", region: "eu-central-1" },
    );
    expect(Object.keys(texts)).toHaveLength(9);
    for (const [name, text] of Object.entries(texts)) {
      const [, place = ""] = /^(.+?-\d)-/.exec(name) ?? [];
      const files = text.match(/terraform\.[\w.-]+\.tfstate/g) ?? [];
      const [, environment, region] = /^(\w+)-(.+)$/.exec(place) ?? [];
      expect(new Set(files.map((file) => file.split(".").slice(2, -1).join(".")))).toEqual(
        new Set([`${environment}.${region}`]),
      );
    }
    const { data } = JSON.parse(texts["prod-eu-central-1-access"] as string);
    expect(Object.keys(data.terraform_remote_state)).toEqual(["pets"]);
  });

  test("are refused where they are called alike", () => {
    expect(() => build({ region: "us-east-1" }, { region: "eu-central-1" })).toThrow(
      'stack "pets": is in this app already; give each TierStacks an environment, or a Region in its environment, of its own',
    );
  });

  const handedOver = defineUnchecked(petShop({ keyStore: { type: "ssm" }, subscriptions: { joe: { tier: "gold" } } }));
  const both = (dev: TierStacksProps, prod: TierStacksProps) =>
    synthesizedTexts((app) => {
      new TierStacks(app, handedOver, { environment: "dev", ...dev });
      new TierStacks(app, handedOver, { environment: "prod", ...prod });
    });

  test("are refused where AWS would refuse names that both have in one account and Region", () => {
    expect(() => both({ account: "111111111111" }, { account: "111111111111" })).toThrow(
      'environment "prod": has the names "/api-tiers/keys/joe", as another environment of this app has, in one account and Region; give each environment its account',
    );
    expect(() => both({}, {})).toThrow("/api-tiers/keys/joe");
  });

  test("may have the same names in two accounts, or in two Regions", () => {
    both({ account: "111111111111" }, { account: "222222222222" });
    both({ region: "us-east-1" }, { region: "eu-central-1" });
  });
});

describe("a local state of another place", () => {
  const us = { "terraform.pets.tfstate": stateIn("us-east-1") };

  test("is not synthesized over: the environment has another Region", () => {
    const [refused, ...others] = withEnvironment({ AWS_REGION: "eu-central-1" }, () => findings({}, us));
    expect(refused).toBe(
      'refused: terraform.pets.tfstate: holds resources of Region "us-east-1", and this app deploys to Region "eu-central-1", ' +
        "so Terraform would take them for deleted and forget them; give region and account in the code, so that each has " +
        "states of its own, or deploy to where they are; docs/deployments.md tells more",
    );
    expect(others).toEqual([]);
    expect(withEnvironment({ AWS_DEFAULT_REGION: "eu-central-1" }, () => findings({}, us))).toEqual([refused]);
    expect(withEnvironment({ AWS_REGION: "us-east-1" }, () => findings({}, us))).toEqual([]);
  });

  test("is not synthesized over: the code has another Region or account than its own state", () => {
    const file = "terraform.pets.222222222222.eu-central-1.tfstate";
    const props = { region: "eu-central-1", account: "222222222222" };
    expect(findings(props, { [file]: stateIn("us-east-1", "111111111111") })).toEqual([
      expect.stringMatching(
        /^refused: terraform\.pets\..*: holds resources of Region "us-east-1" and account "111111111111", and this app deploys to Region "eu-central-1" and account "222222222222",/,
      ),
    ]);
    expect(findings(props, { [file]: stateIn("eu-central-1", "222222222222") })).toEqual([]);
  });

  test("is left to its own deployment where the code gives another Region", () => {
    expect(findings({ region: "eu-central-1" }, us)).toEqual([]);
  });

  test("may hold what another provider has made elsewhere", () => {
    const certificate = {
      mode: "managed",
      type: "aws_acm_certificate",
      provider: 'provider["registry.terraform.io/hashicorp/aws"].virginia',
      instances: [{ attributes: { arn: "arn:aws:acm:us-east-1:123456789012:certificate/x" } }],
    };
    const state = { "terraform.pets.tfstate": stateIn("eu-central-1", undefined, [certificate]) };
    expect(withEnvironment({ AWS_REGION: "eu-central-1" }, () => findings({}, state))).toEqual([]);
  });

  test("is reported where the Region of this app is not known", () => {
    expect(withEnvironment({}, () => findings({}, us))).toEqual([
      'region: is given neither in the code nor by AWS_REGION, so it is not compared with "us-east-1", of which the local states are; give region',
    ]);
    expect(withEnvironment({}, () => findings({}))).toEqual([]);
  });

  test("cannot be seen in S3, so that a Region is asked for", () => {
    const state = { bucket: "states", region: "us-east-1" };
    expect(findings({ state })).toEqual([expect.stringMatching(/^state: is in S3 under keys without a Region/)]);
    expect(findings({ state, region: "us-east-1" })).toEqual([]);
  });
});

describe("a local state under the name that it had before", () => {
  const before = { "terraform.pets.tfstate": stateIn("eu-central-1", "222222222222") };

  test("is to be moved first", () => {
    expect(findings({ region: "eu-central-1" }, before)).toEqual([
      'refused: stack "pets": now has its state in terraform.pets.eu-central-1.tfstate, but terraform.pets.tfstate holds 1 resource of it, which Terraform would create a second time; move the state with "mv terraform.pets.tfstate terraform.pets.eu-central-1.tfstate" and delete the output folder, where Terraform notes the old one; or, if that is the state of another deployment, give region and account in both; docs/deployments.md tells more',
    ]);
    expect(findings({ environment: "prod", account: "222222222222" }, before)).toHaveLength(1);
  });

  test("is to be moved back as well, where the code gives less than before", () => {
    const named = { "terraform.pets.eu-central-1.tfstate": stateIn("eu-central-1") };
    expect(withEnvironment({ AWS_REGION: "eu-central-1" }, () => findings({}, named))).toEqual([
      expect.stringMatching(/^refused: stack "pets": now has its state in terraform\.pets\.tfstate, but/),
    ]);
    expect(withEnvironment({ AWS_REGION: "us-east-1" }, () => findings({}, named))).toEqual([]);
  });

  test("is not, once it was moved, nor where it belongs to another Region, account or environment", () => {
    const moved = { ...before, "terraform.pets.eu-central-1.tfstate": stateIn("eu-central-1", "222222222222") };
    expect(findings({ region: "eu-central-1" }, moved)).toEqual([]);
    expect(findings({ region: "us-east-1" }, before)).toEqual([]);
    expect(findings({ account: "111111111111", region: "eu-central-1" }, before)).toEqual([]);
    const dev = { "terraform.pets.dev.eu-central-1.tfstate": stateIn("eu-central-1") };
    expect(findings({ environment: "prod", region: "eu-central-1" }, dev)).toEqual([]);
  });

  test("is not, where it holds nothing", () => {
    expect(findings({ region: "eu-central-1" }, { "terraform.pets.tfstate": { version: 4, resources: [] } })).toEqual(
      [],
    );
  });
});

test("one app may bundle two folders of handlers, but not two handlers of one name", () => {
  withFolder((folder) => {
    const files = ["a/pets.ts", "b/pets.ts", "b/toys.ts"];
    for (const file of files) {
      mkdirSync(join(folder, file, ".."), { recursive: true });
      writeFileSync(join(folder, file), "export const handler = async () => ({ statusCode: 200 });\n");
    }
    const of = (handler: string) =>
      defineUnchecked(
        petShop({ apis: { [handler]: { stages: { prod: {} }, routes: { "GET /": { handler } } } }, tiers: {} }),
      );
    const build = (second: string) => {
      const app = new App({ outdir: mkdtempSync(join(folder, "out-")) });
      const props = (environment: string, handlers: string) => ({
        environment,
        region: environment === "a" ? "us-east-1" : "eu-central-1",
        handlersFolder: join(folder, handlers),
      });
      new TierStacks(app, of("pets"), props("a", "a"));
      new TierStacks(app, of(second), props("b", "b"));
    };
    build("toys");
    expect(() => build("pets")).toThrow(
      /has a handler "pets", as ".*a" has, and both would be in .*pets\.zip; rename one/,
    );
  });
});
