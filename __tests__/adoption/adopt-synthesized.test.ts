import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { type Catalog, isOwnApi, type OwnApi, type Route } from "../../src";
import { synthesizedResources } from "../../src/model/synthesized-resources";
import { authorizerOf } from "../../src/vocabulary/authorization";
import { ModelGraph } from "../../src/vocabulary/named-models";
import { defineUnchecked } from "../support/catalogs";
import { deployedAccount } from "../support/deployed-account";
import { synthesizeInto } from "../support/read-synthesized";
import { withFolder } from "../support/synthesize";
import { type WholeCatalog, wholeCatalog } from "../support/whole-catalog";
import { adopted } from "./support/accounts";

/** How many catalogs are tried; more of them with `PROPERTY_RUNS=500`. */
const RUNS = Number(process.env.PROPERTY_RUNS ?? 15);

/** What of a subscription API Gateway does not say. */
const OF_THE_CATALOG = [
  "cohort",
  "keyName",
  "keyValue",
  "formerId",
  "handOver",
  "existingKeyId",
  // To an account, each key is a customer of its own, and negotiated limits are a tier.
  "keys",
  "limits",
  "startsOn",
  "endsOn",
  "trial",
  "pendingTier",
];

/**
 * A catalog without what API Gateway alone does not tell: functions and their code, logs, alarms, domain names and settings of
 * methods, which stay as they are; names that are not the ids; stacks, stores and variables of keys; prices; and what is retired.
 */
function toldByApiGateway(written: WholeCatalog): WholeCatalog {
  const { bygone, legacy, ...own } = written.apis;
  for (const api of Object.values<object>(own) as Record<string, object>[]) {
    const { routes, stages, authorizer, cors } = api as Record<string, Record<string, object>>;
    for (const field of ["name", "retiredHandlers"]) delete api[field];
    for (const [id, each] of Object.entries({ authorizer, ...api.authorizers }))
      if (typeof each === "object" && "handler" in each)
        Object.assign(each, { handler: undefined, lambda: `arn:aws:lambda:us-east-1:123456789012:function:${id}` });
    for (const route of Object.values(routes ?? {}) as Record<string, unknown>[]) {
      const isElsewhere =
        "handler" in route || String(route.http).includes("${") || JSON.stringify(route.aws ?? "").includes("${aws_");
      delete route.source;
      for (const field of isElsewhere ? ["handler", "http", "aws", "integration"] : []) delete route[field];
      if (isElsewhere) route.mock = 200;
      const integration = route.integration as { credentials?: string } | undefined;
      if (integration?.credentials?.includes("${")) integration.credentials = "arn:aws:iam::123456789012:role/known";
    }
    // A route for any method answers preflights, or its backend does: then nothing tells all of the API's CORS.
    if (cors && Object.keys(routes ?? {}).some((key) => key.startsWith("ANY "))) delete api.cors;
    if (JSON.stringify(cors ?? "").includes("${")) delete api.cors;
    if (JSON.stringify(api.vpcEndpointIds ?? "").includes("${")) delete api.vpcEndpointIds;
    const usesLink = Object.values(routes ?? {}).some((route) => JSON.stringify(route).includes('"vpcLink"'));
    if (!usesLink) delete api.vpcLinks;
    delete stages?.old;
    for (const stage of Object.values(stages ?? {}) as Record<string, object>[]) {
      for (const field of ["alarms", "dashboard"]) delete stage[field];
      for (const field of ["variables", "clientCertificateId", "webAclArn"])
        if (JSON.stringify(stage[field] ?? "").includes("${")) delete stage[field];
      if (typeof stage.accessLog !== "object" || !("destinationArn" in stage.accessLog)) delete stage.accessLog;
    }
  }
  for (const subscription of Object.values(written.subscriptions))
    for (const field of OF_THE_CATALOG) delete subscription[field];
  for (const tier of Object.values<Record<string, unknown>>(written.tiers))
    for (const field of ["formerId", "price"]) delete tier[field];
  const { keyStore: _, selfService: __, ...rest } = written as WholeCatalog & { readonly selfService?: unknown };
  rest.domainNames ??= {};
  for (const [name, entry] of Object.entries(rest.domainNames)) {
    delete entry.formerStages;
    // The account does not have names of others, nor what only Terraform knows.
    if (entry.existing || JSON.stringify(entry).includes("${"))
      rest.domainNames[name] = { certificateArn: "arn:aws:acm:us-east-1:123456789012:certificate/a-1" };
  }
  return { ...rest, cohorts: {}, apis: { ...own, ...(legacy ? { legacy } : {}) } };
}

const NO_SETTINGS = { metrics: false, logLevel: "OFF", throttle: undefined, cache: undefined };

/** An API that someone else manages, which tiers cover. */
const LEGACY = { id: "a1b2c3d4e5", name: "legacy", createdAt: 0, stages: ["live"] };

/**
 * Without what is found, and with authorizers by their names in AWS, which are what adoption knows. One that stands in
 * the API itself may get a name, and the other way round. A VPC link stays with its owner, and so does the role
 * with which a service is called.
 */
function comparable({ findings: _, ...catalog }: Catalog) {
  const apis = catalog.apis.map((api) => {
    if (!isOwnApi(api)) return api;
    const nameOf = new Map(api.authorizers.map(({ id, name }) => [id, name]));
    return {
      ...api,
      // Settings that say what AWS does by itself are none.
      stages: api.stages.map((stage) => ({
        ...stage,
        settings: isDeepStrictEqual(stage.settings, NO_SETTINGS) ? undefined : stage.settings,
      })),
      vpcLinks: api.vpcLinks.length > 0,
      models: neededModels(api),
      authorizers: api.authorizers.map((each) => ({ ...each, id: each.name })).sort((a, b) => (a.id < b.id ? -1 : 1)),
      routes: api.routes.map(({ integration, ...others }) => {
        const route = { ...others, integration: calledBy(integration) };
        const asked = authorizerOf(route.authorization);
        if (asked === undefined) return route;
        return { ...route, authorization: { ...route.authorization, authorizer: nameOf.get(asked) } };
      }),
    };
  });
  return { ...catalog, apis };
}

/** Those that no body needs stay with their owner. */
function neededModels({ models, routes }: OwnApi) {
  const graph = new ModelGraph(models);
  const needed = routes.flatMap(({ request }) => (request?.body ? graph.needs(request.body) : []));
  return models.filter(({ name }) => needed.includes(name));
}

function calledBy(integration: Route["integration"]) {
  const { settings = {} } = integration;
  const { credentials, vpcLink, ...others } = settings;
  return {
    ...integration,
    ...(integration.type === "aws" ? { statements: [] } : {}),
    settings: {
      ...others,
      hasLink: vpcLink !== undefined,
      credentials: integration.type === "aws" ? undefined : credentials,
    },
  };
}

test("adopting what this project deployed gives an equal catalog, and keeps nothing", () => {
  fc.assert(
    fc.property(wholeCatalog.map(toldByApiGateway), (written) => {
      const catalog = defineUnchecked(written);
      const account = withFolder((folder) => {
        synthesizeInto(join(folder, "cdktf.out"), catalog);
        return deployedAccount(synthesizedResources(join(folder, "cdktf.out")).resources);
      });
      const read = { ...account, apis: [...account.apis, LEGACY] };
      const { apis, tiers, subscriptions, domainNames, imports, findings } = adopted(read, { definitions: true });
      expect(findings.filter(({ severity }) => severity !== "notice")).toEqual([]);
      expect(JSON.stringify(imports)).not.toContain('"keep"');
      expect(comparable(defineUnchecked({ apis, tiers, subscriptions, domainNames }))).toEqual(comparable(catalog));
    }),
    { numRuns: RUNS },
  );
});
