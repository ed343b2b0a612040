import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, TerraformStack } from "cdktf";
import { CatalogError, DomainNames, TierStacks, type TierStacksProps } from "../../src";
import { defineUnchecked, petShop } from "../support/catalogs";
import { type Json, onlyResource, resources, synthesize, synthesizedTexts, withFolder } from "../support/synthesize";

const CERTIFICATE = "arn:aws:acm:us-east-1:123456789012:certificate/0aa1";
const name = "api.example.com";
const routes = { "GET /pets": { mock: 200 } };
const at = (basePath?: string) => ({ name, ...(basePath === undefined ? {} : { basePath }) });
const catalogOf = (stages: object, domainNames: object, parts: object = {}) =>
  defineUnchecked(petShop({ apis: { pets: { stages, routes } }, tiers: {}, domainNames, ...parts }));
const own = { certificateArn: CERTIFICATE };
const domainsOf = (stages: object, entry: object): Json => synthesize(catalogOf(stages, { [name]: entry })).domains;

describe("a domain name", () => {
  test("is created in a stack of its own, leads to a stage, and tells what DNS needs", () => {
    const stack = domainsOf({ prod: { domains: [at("v1")] } }, own);
    const [resource = ""] = Object.keys(resources(stack, "aws_api_gateway_domain_name"));
    expect(resource).toMatch(/^api-example-com-[0-9a-f]{8}$/);
    expect(onlyResource(stack, "aws_api_gateway_domain_name")).toMatchObject({
      domain_name: name,
      regional_certificate_arn: CERTIFICATE,
      endpoint_configuration: { types: ["REGIONAL"] },
      security_policy: "TLS_1_2",
    });
    expect(onlyResource(stack, "aws_api_gateway_base_path_mapping")).toMatchObject({
      domain_name: `\${aws_api_gateway_domain_name.${resource}.domain_name}`,
      base_path: "v1",
      api_id: "${data.terraform_remote_state.pets.outputs.rest_api_id}",
      stage_name: "prod",
    });
    expect(stack.output.domain_targets.value).toEqual({
      [name]: {
        name: `\${aws_api_gateway_domain_name.${resource}.regional_domain_name}`,
        hosted_zone_id: `\${aws_api_gateway_domain_name.${resource}.regional_zone_id}`,
      },
    });
  });

  test("at the edge is CloudFront's", () => {
    const stack = domainsOf({ prod: { domains: [at()] } }, { ...own, endpointType: "EDGE" });
    const block = onlyResource(stack, "aws_api_gateway_domain_name");
    expect(block).toMatchObject({ certificate_arn: CERTIFICATE, endpoint_configuration: { types: ["EDGE"] } });
    expect(block).not.toHaveProperty("regional_certificate_arn");
    expect(stack.output.domain_targets.value[name].name).toMatch(/cloudfront_domain_name\}$/);
  });

  test("asks clients for certificates", () => {
    const mutualTls = {
      truststoreUri: "s3://acme-truststore/clients.pem",
      truststoreVersion: "v-1",
      ownershipVerificationCertificateArn: CERTIFICATE,
    };
    expect(
      onlyResource(domainsOf({ prod: { domains: [at()] } }, { ...own, mutualTls }), "aws_api_gateway_domain_name"),
    ).toMatchObject({
      mutual_tls_authentication: { truststore_uri: mutualTls.truststoreUri, truststore_version: "v-1" },
      ownership_verification_certificate_arn: CERTIFICATE,
    });
  });

  test("that something else creates is used", () => {
    const stack = domainsOf({ prod: { domains: [at()] } }, { existing: true });
    expect(resources(stack, "aws_api_gateway_domain_name")).toEqual({});
    const mapping = onlyResource(stack, "aws_api_gateway_base_path_mapping");
    expect(mapping.domain_name).toBe(name);
    expect(mapping).not.toHaveProperty("base_path");
    expect(stack.output).toBeUndefined();
  });

  test("with a certificate of another Region than the stack's is an error of the synthesis", () => {
    const synthesizeIn = (entry: object, region: string) => () =>
      synthesize(catalogOf({ prod: { domains: [at()] } }, { [name]: entry }), { region });
    expect(synthesizeIn(own, "eu-central-1")).toThrow(
      'the certificate of "api.example.com" is in us-east-1, but the name is in eu-central-1; request one there',
    );
    expect(synthesizeIn(own, "us-east-1")).not.toThrow();
    expect(synthesizeIn({ ...own, endpointType: "EDGE" }, "eu-central-1")).not.toThrow();
  });

  test("keeps the address of a path that another stage gets, so that it is updated in place", () => {
    const pathsOf = (stages: object) =>
      resources(domainsOf({ test: {}, prod: {}, ...stages }, own), "aws_api_gateway_base_path_mapping");
    const [before, after] = [
      pathsOf({ test: { domains: [at("v1")] }, prod: { domains: [at("v2")] } }),
      pathsOf({ test: { domains: [at("v2")] }, prod: { domains: [at("v1")] } }),
    ];
    expect(Object.keys(after)).toEqual(Object.keys(before));
    const stagesOf = (paths: Json) => Object.values<Json>(paths).map((each) => [each.base_path, each.stage_name]);
    expect(stagesOf(before).sort()).toEqual([
      ["v1", "test"],
      ["v2", "prod"],
    ]);
    expect(stagesOf(after).sort()).toEqual([
      ["v1", "prod"],
      ["v2", "test"],
    ]);
  });

  test("stands in a team's own stack too", () => {
    const { domainNames = [] } = catalogOf({ prod: {} }, { [name]: own });
    const { team } = synthesizedTexts((app) => {
      const stack = new TerraformStack(app, "team");
      new AwsProvider(stack, "aws", {});
      const basePaths = [{ name, basePath: "v1", restApiId: "a1b2c3d4e5", stageName: "prod" }];
      new DomainNames(stack, "names", { domainNames, basePaths });
    });
    expect(onlyResource(JSON.parse(team as string), "aws_api_gateway_base_path_mapping").api_id).toBe("a1b2c3d4e5");
  });
});

describe("the stack of domain names", () => {
  const order = (stages: object, domainNames?: object, api: object = {}): Record<string, string[]> =>
    withFolder((outdir) => {
      const catalog = defineUnchecked(petShop({ apis: { pets: { stages, routes, ...api } }, tiers: {}, domainNames }));
      const { stacks } = new TierStacks(new App({ outdir }), catalog);
      return Object.fromEntries(
        [...stacks].map(([id, stack]) => [id, stack.dependencies.map(({ node }) => node.id).sort()]),
      );
    });

  test("comes after the plans that cover the stages, and before stages and APIs that go", () => {
    const found = order(
      { prod: { domains: [at()] }, old: { retired: true, domains: [at("old")] } },
      { [name]: { existing: true } },
    );
    expect(Object.keys(found)).toEqual(["pets", "pets-prod", "access", "domains", "pets-old"]);
    expect(found.domains).toEqual(["access"]);
    expect(found["pets-old"]).toEqual(["access", "domains"]);
    const all = order({ prod: { domains: [at()] } }, { [name]: own }, { retired: true });
    expect(all).toEqual({
      access: [],
      domains: ["access"],
      "pets-prod": ["access", "domains"],
      pets: ["access", "domains", "pets-prod"],
    });
  });

  test("is there as long as the catalog has that part, so that the last name can go", () => {
    expect(Object.keys(order({ prod: {} }))).not.toContain("domains");
    expect(synthesize(catalogOf({ prod: {} }, {})).domains.resource).toBeUndefined();
  });

  test("leaves no room for an API with its name", () => {
    const api = { stages: { prod: {} }, routes };
    const written = petShop({ apis: { domains: api }, tiers: {} });
    expect(() => defineUnchecked(written)).not.toThrow();
    expect(() => defineUnchecked({ ...written, domainNames: {} })).toThrow(
      'api "domains": would stand in the stack "domains", as does domainNames; rename one of them',
    );
  });

  test("imports what was adopted", () => {
    const catalog = catalogOf({ prod: { domains: [at("v1"), at()] } }, { [name]: own });
    const { domains } = synthesize(catalog, { imports: { domainNames: { [name]: { basePaths: ["v1", ""] } } } });
    expect(domains.import.map(({ id }: Json) => id)).toEqual([name, `${name}/v1`, `${name}/`]);
  });
});

describe("names and base paths in the state of a stage, where the former field put them,", () => {
  const stateWith = (names: string[], paths: string[]) => ({
    version: 4,
    resources: [
      ...names.map((domain_name) => managed("aws_api_gateway_domain_name", { domain_name })),
      ...paths.map((base_path) =>
        managed("aws_api_gateway_base_path_mapping", { domain_name: name, base_path, stage_name: "any" }),
      ),
    ],
  });
  const managed = (type: string, attributes: object) => ({
    mode: "managed",
    type,
    provider: 'provider["registry.terraform.io/hashicorp/aws"]',
    instances: [{ attributes }],
  });
  const PROD = "terraform.pets-prod.tfstate";

  /** With what the app refuses stages with these names, where the states of stacks hold something. */
  function refusals(
    stages: object,
    states: Record<string, unknown>,
    { formerStages = [], ...props }: TierStacksProps & { readonly formerStages?: readonly string[] } = {},
  ): string[] {
    const catalog = catalogOf(stages, { [name]: { ...own, formerStages } });
    return withFolder((folder) => {
      for (const [file, state] of Object.entries(states)) writeFileSync(join(folder, file), JSON.stringify(state));
      mkdirSync(join(folder, "cdktf.out"));
      try {
        new TierStacks(new App({ outdir: join(folder, "cdktf.out") }), catalog, props);
        return [];
      } catch (error) {
        if (!(error instanceof CatalogError)) throw error;
        return error.findings.map(({ place, message }) => `${place}: ${message}`);
      }
    });
  }

  test("are refused as long as the catalog does not say from where they come", () => {
    const states = { [PROD]: stateWith([name], ["v1"]) };
    const problem =
      'is in the state of stack "pets-prod", which would delete it while the stack "domains" creates it, and AWS takes it once; ' +
      'write formerStages: ["pets/prod"] in the domain name';
    expect(refusals({ prod: { domains: [at("v1")] } }, states)).toEqual([
      `domain name "api.example.com": ${problem}`,
      `domain name "api.example.com": base path "api.example.com/v1": ${problem}`,
    ]);
    expect(refusals({ prod: { domains: [at("v1")] } }, states, { formerStages: ["pets/prod"] })).toEqual([]);
  });

  test("are refused where another stage is to get the path in the same deploy", () => {
    const stages = { prod: { domains: [at("v2")] }, test: { domains: [at("v1")] } };
    expect(refusals(stages, { [PROD]: stateWith([], ["v1"]) }, { formerStages: ["pets/prod"] })).toEqual([
      expect.stringMatching(/; leave it to stage "pets\/prod", write that in formerStages, deploy, and move it then$/),
    ]);
  });

  test("are refused where the catalog no longer has the stage", () => {
    expect(refusals({ test: { domains: [at("v1")] } }, { [PROD]: stateWith([name], []) })).toEqual([
      expect.stringMatching(
        /; put the stage back with retired: true, and write it in formerStages of the domain name$/,
      ),
    ]);
  });

  test.each<[string, Record<string, unknown>, TierStacksProps]>([
    ["they are in the stack of domain names", { "terraform.domains.tfstate": stateWith([name], ["v1"]) }, {}],
    ["nothing is deployed", {}, {}],
    ["the states are of another Region", { [PROD]: stateWith([name], ["v1"]) }, { region: "us-east-1" }],
    ["a state cannot be read", { [PROD]: [] }, {}],
  ])("are not refused where %s", (_, states, props) => {
    expect(
      refusals({ prod: { domains: [at("v1")] } }, states, props).filter((each) => each.includes("AWS takes")),
    ).toEqual([]);
  });

  test("are forgotten there, and imported where they belong now", () => {
    const written = catalogOf(
      { prod: { domains: [at("v1")] }, old: { retired: true, domains: [at("old")] }, test: {} },
      { [name]: { ...own, formerStages: ["pets/prod", "pets/old"] } },
    );
    const stacks = synthesize(written);
    const forgotten = (stack: string) => (stacks[stack].removed ?? []).map(({ from }: Json) => from);
    expect(forgotten("pets-prod")).toEqual([
      "aws_api_gateway_domain_name.pets_prod_domain",
      "aws_api_gateway_base_path_mapping.pets_prod_domain",
    ]);
    // The path of a retired stage goes with it.
    expect(forgotten("pets-old")).toEqual(["aws_api_gateway_domain_name.pets_old_domain"]);
    expect(forgotten("pets-test")).toEqual([]);
    expect(stacks["pets-prod"].removed[0].lifecycle).toEqual({ destroy: false });
    expect(stacks.domains.import.map(({ id }: Json) => id)).toEqual([name, `${name}/v1`]);
  });
});
