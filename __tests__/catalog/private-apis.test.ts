import { defineUnchecked, findingsOf, petShop, problemsOf } from "../support/catalogs";
import { onlyResource, synthesize } from "../support/synthesize";

const routes = { "GET /pets": { mock: 200 } };
const policyOf = (condition?: object) => ({
  Version: "2012-10-17",
  Statement: [
    {
      Effect: "Allow",
      Principal: "*",
      Action: "execute-api:Invoke",
      Resource: "*",
      ...(condition && { Condition: condition }),
    },
  ],
});
const policy = policyOf({ StringEquals: { "aws:SourceVpce": "vpce-0123456789abcdef0" } });
const withApi = (fields: object, stage: object = {}) =>
  petShop({
    apis: { pets: { endpointType: "PRIVATE", policy, stages: { prod: stage }, routes, ...fields } },
    tiers: {},
    domainNames: { "api.example.com": { existing: true } },
  });

describe("a private API", () => {
  test("is reached by VPC endpoints, of which it may name some", () => {
    const vpcEndpointIds = ["vpce-0123456789abcdef1", "vpce-0123456789abcdef0"];
    const written = withApi({ vpcEndpointIds });
    expect(findingsOf(written)).toEqual([]);
    const { pets } = synthesize(defineUnchecked(written));
    expect(onlyResource(pets, "aws_api_gateway_rest_api").endpoint_configuration).toEqual({
      types: ["PRIVATE"],
      vpc_endpoint_ids: [...vpcEndpointIds].sort(),
    });
    expect(findingsOf(withApi({ vpcEndpointIds: ["${aws_vpc_endpoint.api.id}"] }))).toEqual([]);
  });

  test.each<[string, Record<string, unknown>, RegExp]>([
    [
      "without a policy",
      withApi({ policy: undefined }),
      /is PRIVATE and has no policy, without which AWS deploys no stage/,
    ],
    [
      "under a public domain name",
      withApi({}, { domains: [{ name: "api.example.com" }] }),
      /stage "prod": has domains, but its API is PRIVATE, and AWS maps no public domain name to it; leave domains out/,
    ],
    [
      "with an endpoint by another id",
      withApi({ vpcEndpointIds: ["vpc-1"] }),
      /must be the id of a VPC endpoint, such as vpce-/,
    ],
    ["with no endpoint in the list", withApi({ vpcEndpointIds: [] }), /must be a list of VPC endpoints, at least one/],
    [
      "with endpoints of another kind of API",
      withApi({ endpointType: "REGIONAL", vpcEndpointIds: ["vpce-0123456789abcdef0"] }),
      /has vpcEndpointIds, which AWS takes of a PRIVATE API alone, got REGIONAL; leave them out/,
    ],
  ])("is refused %s", (_, written, problem) => {
    expect(problemsOf(written)).toEqual([expect.stringMatching(problem)]);
  });

  test("whose policy names no VPC is a warning, as every account may have an endpoint", () => {
    expect(findingsOf(withApi({ policy: policyOf() }))).toEqual([
      'warning: api "pets": is PRIVATE, and its policy names neither aws:SourceVpce nor aws:SourceVpc, so VPC endpoints of every AWS ' +
        "account reach it; add a condition",
    ]);
    expect(findingsOf(withApi({ policy: policyOf({ StringEquals: { "aws:SourceVpc": "vpc-1" } }) }))).toEqual([]);
  });
});
