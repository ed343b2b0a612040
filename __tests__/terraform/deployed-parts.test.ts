import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { DEPLOYED_PARTS, type DeployedType } from "../../src/contract/deployed-parts";
import { describeWith } from "../support/requirements";
import { runOrFail } from "../support/run";
import { type Json, withFolder } from "../support/synthesize";

/** Types of API Gateway's resources of which a deployment contains nothing, and why. */
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

describeWith(["terraform"], "what a deployment contains", () => {
  const providers = { aws: { source: "aws", version: "5.100.0" } };
  const schemas: Json = withFolder((cwd) => {
    writeFileSync(join(cwd, "main.tf.json"), JSON.stringify({ terraform: { required_providers: providers } }));
    runOrFail("terraform", ["init", "-input=false", "-no-color"], { cwd });
    const shown = JSON.parse(runOrFail("terraform", ["providers", "schema", "-json"], { cwd }).stdout);
    return (Object.values(shown.provider_schemas)[0] as Json).resource_schemas;
  });
  const types = Object.keys(schemas).filter((type) => type.startsWith("aws_api_gateway_"));

  test("is said of each resource type of API Gateway that the provider has", () => {
    expect(types).toEqual(Object.keys({ ...DEPLOYED_PARTS, ...OTHER_TYPES }).sort());
  });

  test.each(Object.keys(DEPLOYED_PARTS) as DeployedType[])("is said of each attribute of %s, once", (type) => {
    const { attributes, block_types = {} } = schemas[type].block;
    const { deployed, notDeployed, computed } = DEPLOYED_PARTS[type];
    const named = [...deployed, ...Object.keys(notDeployed), ...computed];
    expect(named.sort()).toEqual([...Object.keys(attributes), ...Object.keys(block_types)].sort());
    for (const name of computed) expect(attributes[name]).toMatchObject({ computed: true });
  });
});
