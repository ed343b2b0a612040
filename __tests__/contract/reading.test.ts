import { decodeBodyModel } from "../../src/contract/body-model";
import { METHOD_SETTINGS } from "../../src/contract/method-settings";
import { REST_API } from "../../src/contract/rest-api";
import { decodeUsagePlan } from "../../src/contract/usage-plan";

test("method throttles of a usage plan are read in the order of their routes, whatever AWS's is", () => {
  const throttle = ["/pets/PUT", "/pets/GET", "/POST"].map((path) => ({ path, rate_limit: 1, burst_limit: 2 }));
  const { stages } = decodeUsagePlan({ name: "gold", api_stages: [{ api_id: "a1", stage: "prod", throttle }] });
  expect(stages[0]?.methodThrottles.map(({ route }) => route)).toEqual(["GET /pets", "POST /", "PUT /pets"]);
});

test.each<[string, object, string[]]>([
  ["is left out", {}, []],
  ["is written as it is there", { disable_execute_api_endpoint: true }, []],
  ["is written otherwise", { disable_execute_api_endpoint: false }, ["disable_execute_api_endpoint"]],
])(
  "what Terraform keeps where it is left out differs only where it is written otherwise: it %s",
  (_, written, differing) => {
    expect(REST_API.differing(written, { disable_execute_api_endpoint: true })).toEqual(differing);
  },
);

test("what Terraform does not keep differs where it is left out", () => {
  expect(REST_API.differing({}, { tags: { team: "pets" } })).toEqual(["tags"]);
});

test.each([
  ["a list", '["name"]'],
  ["a text", '"object"'],
  ["a word that the catalog does not take", '{"type":"object","$ref":"#/definitions/pet"}'],
  ["another draft", '{"$schema":"http://json-schema.org/draft-06/schema#","type":"object"}'],
  ["no JSON", "{"],
])("a schema of a body is none of the catalog's where it is %s", (_, schema) => {
  expect(decodeBodyModel(schema)).toBeUndefined();
});

test("cache control needs authorization unless settings say otherwise", () => {
  const { settings } = METHOD_SETTINGS.read({ method_path: "*/*", settings: [{}] });
  expect(settings?.require_authorization_for_cache_control).toBe(true);
});
