import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ApiGatewayMethod } from "@cdktf/provider-aws/lib/api-gateway-method";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, TerraformResource, TerraformStack } from "cdktf";
import fc from "fast-check";
import { catalog as sample } from "../../catalog";
import { ApiDefinition, ApiRelease, isOwnApi } from "../../src";
import { HandlerFolder } from "../../src/terraform/constructs/handler-folder";
import { readRouteKey } from "../../src/vocabulary/route";
import { defineUnchecked, petShop, problemsOf } from "../support/catalogs";
import { type Json, synthesize, synthesizedTexts, withFolder, withoutStackTraces } from "../support/synthesize";

/** Addresses of all resources of a stack. */
const addressesOf = (stack: Json): string[] =>
  Object.entries<Json>(stack.resource ?? {})
    .flatMap(([type, blocks]) => Object.keys(blocks).map((name) => `${type}.${name}`))
    .sort();

const HASH = /[-_][0-9a-f]{8}$/i;

describe("addresses", () => {
  test("of the sample say what they are, with no hash", () => {
    const stacks = synthesize(sample);
    const addresses = Object.values(stacks).flatMap(addressesOf);
    expect(addresses.filter((address) => HASH.test(address))).toEqual([]);
    expect(addresses).toEqual(
      expect.arrayContaining([
        "aws_api_gateway_rest_api.meditations",
        "aws_api_gateway_resource.meditations_meditations_-id",
        "aws_api_gateway_method.meditations_GET_meditations_-id",
        "aws_api_gateway_integration.meditations_GET_meditations_-id",
        "aws_api_gateway_method_response.meditations_GET_health_200",
        "aws_lambda_function.meditations_meditations",
        "aws_api_gateway_stage.meditations_prod",
        "aws_api_gateway_deployment.meditations_prod",
        "aws_lambda_alias.meditations_prod_meditations",
        "aws_api_gateway_authorizer.journal",
        "aws_api_gateway_api_key.joe-black",
      ]),
    );
  });

  test("that two constructs share are refused, with both", () => {
    const catalog = defineUnchecked(petShop());
    const [pets] = catalog.apis.filter(isOwnApi);
    if (!pets) throw new Error("the pet shop has an API");
    const build = () =>
      synthesizedTexts((app) => {
        const stack = new TerraformStack(app, "team");
        new AwsProvider(stack, "aws", {});
        const { restApi } = new ApiDefinition(stack, "pets", { api: pets });
        new ApiGatewayMethod(stack, "pets_GET_pets", {
          restApiId: restApi.id,
          resourceId: restApi.rootResourceId,
          httpMethod: "GET",
          authorization: "NONE",
        });
      });
    expect(build).toThrow(
      '"team/pets/route:GET pets/method" and "team/pets_GET_pets" both get the address ' +
        "aws_api_gateway_method.pets_GET_pets; give one another id",
    );
  });
});

/** An API as it is written, of parts that are easily mistaken for one another. */
interface WrittenApi {
  readonly stages: Readonly<Record<string, object>>;
  readonly routes: Readonly<Record<string, object>>;
  readonly gatewayResponses: Readonly<Record<string, object>>;
}

const NAMES = ["a", "b", "a_b", "a-b", "GET", "prod"];
const part = fc.constantFrom(...NAMES, "a.b", "a:b", "_a", "-a", "b_", "{a}", "0123abcd", "a-0123abcd", "200");
const route = fc
  .tuple(fc.constantFrom("GET", "ANY"), fc.array(part, { maxLength: 3 }), fc.boolean())
  .map(([method, parts, greedy]) => `${method} /${[...parts, ...(greedy ? ["{a_b+}"] : [])].join("/")}`)
  .filter((key) => !("problem" in readRouteKey(key)));
const integration = fc.constantFrom(
  { mock: 200 },
  { mock: 404 },
  { handler: "a" },
  { handler: "prod" },
  { lambda: "arn:aws:lambda:us-east-1:123456789012:function:a" },
  { lambda: "arn:aws:lambda:us-east-1:123456789012:function:a:live" },
  { lambda: "${aws_lambda_function.a.arn}" },
);
const stage = fc.constantFrom(...NAMES, "_a", "0123abcd");
const api: fc.Arbitrary<WrittenApi> = fc.record({
  stages: fc.dictionary(stage, fc.constant({ accessLog: true, settings: { metrics: true } }), { minKeys: 1 }),
  routes: fc.dictionary(route, integration, { minKeys: 1, maxKeys: 8 }),
  gatewayResponses: fc.dictionary(fc.constantFrom("THROTTLED", "ACCESS_DENIED"), fc.constant({ statusCode: 418 })),
});
/** Ids with which no stage of one API is in a stack that is named after one of another. */
const apis = fc.dictionary(fc.constantFrom("a", "a_b", "prod", "GET"), api, { minKeys: 1, maxKeys: 3 });

describe("in one stack with other APIs", () => {
  /** Addresses of all APIs in one stack, by the constructs that have them; `undefined` for what the catalog refuses. */
  const inOneStack = (written: Readonly<Record<string, WrittenApi>>, handlers: HandlerFolder, outdir: string) => {
    const parts = petShop({ apis: written, tiers: {} });
    if (problemsOf(parts).length > 0) return undefined;
    const stack = new TerraformStack(new App({ outdir }), "team");
    for (const own of defineUnchecked(parts).apis.filter(isOwnApi)) {
      const definition = new ApiDefinition(stack, own.id, { api: own, handlers });
      for (const each of own.stages) new ApiRelease(stack, `${own.id}-${each.name}`, { definition, stage: each });
    }
    const resources = stack.node.findAll().filter(TerraformResource.isTerraformResource);
    return new Map(resources.map((each) => [each.node.path, `${each.terraformResourceType}.${each.friendlyUniqueId}`]));
  };

  const check = (
    property: (
      written: Record<string, WrittenApi>,
      addresses: ReadonlyMap<string, string>,
      build: (written: Readonly<Record<string, WrittenApi>>) => ReadonlyMap<string, string> | undefined,
    ) => void,
    numRuns = 25,
  ) =>
    withFolder((folder) => {
      mkdirSync(join(folder, "handlers"));
      for (const name of ["a", "prod"])
        writeFileSync(join(folder, "handlers", `${name}.ts`), "export const handler = async () => ({});\n");
      const handlers = new HandlerFolder(join(folder, "handlers"));
      const build = (written: Readonly<Record<string, WrittenApi>>) => inOneStack(written, handlers, folder);
      withoutStackTraces(() =>
        fc.assert(
          fc.property(apis, (written) => {
            const addresses = build(written);
            fc.pre(addresses !== undefined);
            property(written, addresses, build);
          }),
          { numRuns: Number(process.env.PROPERTY_RUNS ?? numRuns) },
        ),
      );
    });

  test("routes, stages, handlers and responses never meet", () => {
    check((_, addresses) => {
      expect(new Set(addresses.values()).size).toBe(addresses.size);
    });
  });

  test("each depends on its own entry alone", () => {
    check((written, addresses, build) => {
      for (const [id, each] of Object.entries(written).slice(0, 1)) {
        const without = <Entry extends object>(entries: Entry, name = "") =>
          Object.fromEntries(Object.entries(entries).filter(([other]) => other !== name));
        const lesser = [
          without(written, id),
          { ...written, [id]: { ...each, routes: without(each.routes, Object.keys(each.routes)[0]) } },
          { ...written, [id]: { ...each, stages: without(each.stages, Object.keys(each.stages)[0]) } },
        ] as Record<string, WrittenApi>[];
        for (const [path, address] of lesser.flatMap((fewer) => [...(build(fewer) ?? [])]))
          expect([path, address]).toEqual([path, addresses.get(path)]);
      }
    }, 10);
  });
});
