import { readFileSync, writeFileSync } from "node:fs";
import { petShop } from "../support/catalogs";
import { describeWith } from "../support/requirements";
import { actionsOf, stackFolder } from "../support/terraform";
import { Workspace } from "../support/workspace";

jest.setTimeout(240_000);

const CERTIFICATE = "arn:aws:acm:us-east-1:123456789012:certificate/a-1";
const name = "api.example.com";
const routes = { "GET /pets": { mock: 200 } };
const domainNames = {
  [name]: { certificateArn: CERTIFICATE, tags: { team: "pets" } },
  "partners.example.com": {
    certificateArn: CERTIFICATE,
    mutualTls: { truststoreUri: "s3://acme-truststore/clients.pem", truststoreVersion: "v-1" },
  },
};

describeWith(["terraform", "emulator"], "domain names, which no stage owns", () => {
  let workspace: Workspace;
  const terraform = (stack: string) => workspace.terraform(stack);
  const write = (stages: Record<string, object>, toys: Record<string, object> = { live: {} }) =>
    workspace.synthesize(
      petShop({ apis: { pets: { stages, routes }, toys: { stages: toys, routes } }, tiers: {}, domainNames }),
    );
  const deploy = (...stacks: string[]) => {
    for (const stack of stacks) {
      terraform(stack).init();
      terraform(stack).deploy();
    }
  };
  const led = (path: string) =>
    workspace.aws("apigateway", "get-base-path-mapping", "--domain-name", name, "--base-path", path).stage;

  beforeAll(async () => {
    workspace = await Workspace.open();
  });
  afterAll(() => workspace.close());

  const at = (basePath?: string) => ({ name, ...(basePath === undefined ? {} : { basePath }) });

  test("are deployed with the paths of several stages of several APIs, and a second plan changes nothing", () => {
    write(
      { prod: { domains: [at("v1"), { name: "partners.example.com" }] }, test: { domains: [at("test")] } },
      { live: { domains: [at()] } },
    );
    deploy("pets", "toys", "pets-prod", "pets-test", "toys-live", "access", "domains");
    expect(actionsOf(terraform("domains").plan())).toEqual([]);
    expect([led("v1"), led("test"), led("(none)")]).toEqual(["prod", "test", "live"]);
  });

  test("let a path go from one stage to another, of another API too, as an update in place", () => {
    write(
      { prod: { domains: [{ name: "partners.example.com" }] }, test: { domains: [at("test")] } },
      {
        live: { domains: [at(), at("v1")] },
      },
    );
    const { changes } = terraform("domains").plan();
    expect(changes.map(({ actions }) => actions)).toEqual([["update"]]);
    terraform("domains").apply();
    expect(led("v1")).toBe("live");
    expect(actionsOf(terraform("domains").plan())).toEqual([]);
  });

  test("let two stages swap their paths in one deploy", () => {
    write(
      { prod: { domains: [at("test")] }, test: { domains: [{ name: "partners.example.com" }] } },
      {
        live: { domains: [at(), at("v1")] },
      },
    );
    const { changes } = terraform("domains").plan();
    expect(changes.map(({ actions }) => actions)).toEqual([["update"], ["update"]]);
    terraform("domains").apply();
    expect(led("test")).toBe("prod");
  });

  test("stay while the stage that had a path is retired, which goes after it has let go", () => {
    write(
      { prod: { retired: true }, test: { domains: [at("test"), { name: "partners.example.com" }] } },
      {
        live: { domains: [at(), at("v1")] },
      },
    );
    expect(() => terraform("pets-prod").deploy()).toThrow(/Please remove all base path mappings/);
    deploy("domains", "pets-prod");
    expect(led("test")).toBe("test");
    expect(actionsOf(terraform("domains").plan())).toEqual([]);
  });
});

describeWith(["terraform", "emulator"], "a domain name in the state of a stage, by the former field", () => {
  let workspace: Workspace;
  const terraform = (stack: string) => workspace.terraform(stack);

  beforeAll(async () => {
    workspace = await Workspace.open();
  });
  afterAll(() => workspace.close());

  const stages = { prod: { domains: [{ name, basePath: "v1" }] } };
  const former = {
    aws_api_gateway_domain_name: {
      pets_prod_domain: {
        domain_name: name,
        endpoint_configuration: { types: ["REGIONAL"] },
        regional_certificate_arn: CERTIFICATE,
        security_policy: "TLS_1_2",
        lifecycle: { create_before_destroy: true },
      },
    },
    aws_api_gateway_base_path_mapping: {
      pets_prod_domain: {
        domain_name: "${aws_api_gateway_domain_name.pets_prod_domain.domain_name}",
        base_path: "v1",
        api_id: "${aws_api_gateway_stage.pets_prod.rest_api_id}",
        stage_name: "${aws_api_gateway_stage.pets_prod.stage_name}",
        lifecycle: { create_before_destroy: true },
      },
    },
  };

  test("is refused without formerStages, and taken over with them: 2 to import, nothing else", () => {
    workspace.synthesize(petShop({ apis: { pets: { stages: { prod: {} }, routes } }, tiers: {} }));
    const file = `${stackFolder(workspace.folder, "pets-prod")}/cdk.tf.json`;
    const stack = JSON.parse(readFileSync(file, "utf8"));
    writeFileSync(file, JSON.stringify({ ...stack, resource: { ...stack.resource, ...former } }));
    for (const each of ["pets", "pets-prod", "access"]) {
      terraform(each).init();
      terraform(each).deploy();
    }
    const write = (formerStages?: string[]) =>
      workspace.synthesize(
        petShop({
          apis: { pets: { stages, routes } },
          tiers: {},
          domainNames: { [name]: { certificateArn: CERTIFICATE, ...(formerStages && { formerStages }) } },
        }),
      );
    expect(() => write()).toThrow(/is in the state of stack "pets-prod".*write formerStages: \["pets\/prod"\]/);
    write(["pets/prod"]);
    const log = terraform("pets-prod").deploy();
    expect(log).toContain("0 added, 0 changed, 0 destroyed");
    expect(log).toMatch(/will no longer be managed/);
    terraform("domains").init();
    expect(terraform("domains").deploy()).toContain("2 imported, 0 added, 0 changed, 0 destroyed");
    expect(actionsOf(terraform("pets-prod").plan())).toEqual([]);
    // Without the field, the tags that this project gives come to it.
    write();
    expect(actionsOf(terraform("pets-prod").plan())).toEqual([]);
    terraform("domains").deploy();
    expect(actionsOf(terraform("domains").plan())).toEqual([]);
  });
});
