import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { API_KEY } from "../../src/contract/api-key";
import { AUTHORIZER } from "../../src/contract/authorizer";
import { BODY_MODEL } from "../../src/contract/body-model";
import { DEPLOYED_PARTS, type DeployedType } from "../../src/contract/deployed-parts";
import { GATEWAY_RESPONSE } from "../../src/contract/gateway-response";
import { INTEGRATION } from "../../src/contract/integration-resource";
import { METHOD } from "../../src/contract/method";
import { METHOD_SETTINGS } from "../../src/contract/method-settings";
import { INTEGRATION_RESPONSE, METHOD_RESPONSE } from "../../src/contract/mock";
import { PLAN_KEY } from "../../src/contract/plan-key";
import { REQUEST_VALIDATOR } from "../../src/contract/request-validator";
import type { Fields } from "../../src/contract/resource-type";
import { REST_API } from "../../src/contract/rest-api";
import { STAGE } from "../../src/contract/stage";
import { USAGE_PLAN } from "../../src/contract/usage-plan";
import { GATEWAY_SCHEMA } from "../support/gateway-schema";
import { describeWith } from "../support/requirements";
import { runOrFail } from "../support/run";
import { type Json, withFolder } from "../support/synthesize";

/** API Gateway resource types of which a deployment contains nothing, and why. */
const OTHER_TYPES: Readonly<Record<string, string>> = {
  aws_api_gateway_account: "belongs to the account",
  aws_api_gateway_api_key: "takes effect at once",
  aws_api_gateway_base_path_mapping: "takes effect at once",
  aws_api_gateway_client_certificate: "belongs to the account; a stage names it",
  aws_api_gateway_deployment: "is the deployment",
  aws_api_gateway_documentation_part: "is published by a documentation version, which a stage names",
  aws_api_gateway_documentation_version: "is published by a stage that names it",
  aws_api_gateway_domain_name: "belongs to the account",
  aws_api_gateway_domain_name_access_association: "belongs to the account",
  aws_api_gateway_method_settings: "belongs to a stage",
  aws_api_gateway_rest_api_put: "writes a whole API from a document, which this project does not read",
  aws_api_gateway_stage: "names the deployment",
  aws_api_gateway_usage_plan: "takes effect at once",
  aws_api_gateway_usage_plan_key: "takes effect at once",
  aws_api_gateway_vpc_link: "belongs to the account",
};

/** The schemas of the provider's resources, by type. */
const readSchemas = (): Json =>
  withFolder((cwd) => {
    const providers = { aws: { source: "aws", version: "5.100.0" } };
    writeFileSync(join(cwd, "main.tf.json"), JSON.stringify({ terraform: { required_providers: providers } }));
    runOrFail("terraform", ["init", "-input=false", "-no-color"], { cwd });
    const shown = JSON.parse(runOrFail("terraform", ["providers", "schema", "-json"], { cwd }).stdout);
    return (Object.values(shown.provider_schemas)[0] as Json).resource_schemas;
  });

const CODECS = [
  API_KEY,
  AUTHORIZER,
  BODY_MODEL,
  GATEWAY_RESPONSE,
  INTEGRATION,
  INTEGRATION_RESPONSE,
  METHOD,
  METHOD_RESPONSE,
  METHOD_SETTINGS,
  PLAN_KEY,
  REQUEST_VALIDATOR,
  REST_API,
  STAGE,
  USAGE_PLAN,
];

/** Where a codec says other than the schema: the value of a key is compared only where it is a variable. */
const CHOSEN: Readonly<Record<string, string>> = { "aws_api_gateway_api_key.value (kept)": "value" };

/** Attributes that nobody writes, though the provider would take them. */
const NOT_WRITTEN = ["id", "tags_all"];

/** What can be written in a block, as `name`, or as `name (kept)` where Terraform leaves it as it is if it is left out. */
function writable({ attributes = {}, block_types = {} }: Json, path = ""): string[] {
  const own = Object.entries<Json>(attributes)
    .filter(([name, { optional, required }]) => (optional || required) && !NOT_WRITTEN.includes(path + name))
    .map(([name, { computed }]) => `${path}${name}${computed ? " (kept)" : ""}`);
  const blocks = Object.entries<Json>(block_types).flatMap(([name, { block }]) => [
    path + name,
    ...writable(block, `${path}${name}.`),
  ]);
  return [...own, ...blocks];
}

const known = (fields: Fields, path = ""): string[] =>
  Object.entries(fields).flatMap(([name, field]) => [
    `${path}${name}${field.keptWhereLeftOut ? " (kept)" : ""}`,
    ...known(field.fields ?? {}, `${path}${name}.`),
  ]);

describeWith(["terraform"], "the schema of the AWS provider", () => {
  const schemas = readSchemas();
  const types = Object.keys(schemas).filter((type) => type.startsWith("aws_api_gateway_"));

  test("has no resource type of API Gateway of which it is not said whether a deployment contains it", () => {
    expect(types).toEqual(Object.keys({ ...DEPLOYED_PARTS, ...OTHER_TYPES }).sort());
  });

  test.each(Object.keys(DEPLOYED_PARTS) as DeployedType[])(
    "has no attribute of %s of which it is not said whether a deployment contains it",
    (type) => {
      const { attributes, block_types = {} } = schemas[type].block;
      const { deployed, notDeployed, computed } = DEPLOYED_PARTS[type];
      const named = [...deployed, ...Object.keys(notDeployed), ...computed];
      expect(named.sort()).toEqual([...Object.keys(attributes), ...Object.keys(block_types)].sort());
      for (const name of computed) expect(attributes[name]).toMatchObject({ computed: true });
    },
  );

  test.each(Object.keys(GATEWAY_SCHEMA))("has the attributes of %s that the tests of the review try", (type) => {
    const { attributes = {}, block_types = {} } = schemas[type].block;
    const parts = Object.entries<Json>(block_types)
      .filter(([name]) => name !== "timeouts")
      .flatMap(([name, { block }]) => [name, ...Object.keys(block.attributes ?? {}).map((each) => `${name}.${each}`)]);
    expect([...Object.keys(attributes), ...parts].sort()).toEqual(GATEWAY_SCHEMA[type]);
  });

  test("has no other resource type of API Gateway than those that the tests of the review try", () => {
    expect(Object.keys(GATEWAY_SCHEMA).filter((type) => type.startsWith("aws_api_gateway_"))).toEqual(types);
  });

  test.each(CODECS)("has no attribute of $type that its codec does not read", ({ type, fields }) => {
    const written = writable(schemas[type].block).map((name) => CHOSEN[`${type}.${name}`] ?? name);
    expect(known(fields).sort()).toEqual(written.sort());
  });
});
