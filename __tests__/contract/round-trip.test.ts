import fc from "fast-check";
import { type Catalog, isOwnApi } from "../../src/catalog/catalog";
import { API_KEY, decodeApiKey, encodeApiKey } from "../../src/contract/api-key";
import { AUTHORIZER, decodeAuthorizer, encodeAuthorizer } from "../../src/contract/authorizer";
import { decodeNamedModels, encodeNamedModel } from "../../src/contract/body-model";
import { decodeCors, encodeCors } from "../../src/contract/cors";
import { DOMAIN_NAME, decodeDomainName, encodeDomainName, type NamedDomain } from "../../src/contract/domain-name";
import { functionName } from "../../src/contract/function-name";
import {
  encodeFunctionUri,
  functionNameIn,
  INVOCATIONS,
  INVOCATIONS_OF_RELEASE,
} from "../../src/contract/function-uri";
import { decodeGatewayResponse, encodeGatewayResponse, GATEWAY_RESPONSE } from "../../src/contract/gateway-response";
import { decodeMethodSettings, encodeMethodSettings, METHOD_SETTINGS } from "../../src/contract/method-settings";
import { ModelSchemas } from "../../src/contract/model-schemas";
import { decodePlanKey, encodePlanKey } from "../../src/contract/plan-key";
import { encodeRequestValidator } from "../../src/contract/request-validator";
import { decodeRestApi, encodeRestApi, REST_API } from "../../src/contract/rest-api";
import { decodeRoute, differencesOfRoute, encodeRoute, type RouteResources } from "../../src/contract/route";
import { decodeStage, encodeStage, STAGE } from "../../src/contract/stage";
import { decodeAccess, decodeUsagePlan, encodeUsagePlan, USAGE_PLAN } from "../../src/contract/usage-plan";
import type { OwnApi } from "../../src/vocabulary/api";
import { authorizerOf } from "../../src/vocabulary/authorization";
import { type AnswerHeaders, methodsByPath, mockHeaders, preflightRoutes } from "../../src/vocabulary/cors-answers";
import type { Route } from "../../src/vocabulary/route";
import { defineUnchecked } from "../support/catalogs";
import { wholeCatalog } from "../support/whole-catalog";

/** How many catalogs each property is tried on; nothing is synthesized. */
const RUNS = Number(process.env.PROPERTY_RUNS ?? 15);

/** A property of each catalog, in the checked form. */
const ofCatalog = (check: (catalog: Catalog) => void) =>
  fc.assert(
    fc.property(wholeCatalog, (written) => check(defineUnchecked(written))),
    { numRuns: RUNS },
  );
const ofApi = (check: (api: OwnApi) => void) => ofCatalog(({ apis }) => apis.filter(isOwnApi).forEach(check));

/** The URI of a handler's function, once AWS has given its ARN; and the handler of such a function. */
const functionUri = (api: OwnApi) => (handler: string) =>
  encodeFunctionUri(`arn:aws:lambda:us-east-1:123456789012:function:${functionName(api.id, handler)}`).replace(
    INVOCATIONS,
    INVOCATIONS_OF_RELEASE,
  );
const handlerOf = (api: OwnApi) => (functionArn: string) =>
  api.handlers.find(({ name }) => functionName(api.id, name) === functionNameIn(functionArn))?.name;

/** Routes of an API, its preflight routes, and the headers of their mock answers. */
function allRoutes({ routes, cors }: OwnApi): { readonly route: Route; readonly headers: AnswerHeaders }[] {
  const methods = methodsByPath(routes);
  return [...routes, ...(cors ? preflightRoutes(routes) : [])].map((route) => {
    const isMock = cors && route.integration.type === "mock" && !route.integration.settings;
    return { route, headers: isMock ? mockHeaders(cors, route, methods.get(route.path) ?? []) : {} };
  });
}

const modelsOf = ({ models }: OwnApi) => new ModelSchemas(models, "a1b2c3d4e5");

const idInAws = (authorizer: string | undefined) => authorizer && `aws-${authorizer}`;

/** A route as it is in AWS once it was deployed. */
function deployed(route: Route, headers: AnswerHeaders, api: OwnApi): RouteResources {
  const validator = route.request && encodeRequestValidator(route.request);
  const written = encodeRoute(route, {
    authorizerId: idInAws(authorizerOf(route.authorization)),
    requestValidatorId: validator && "v1",
    mockHeaders: headers,
    functionUri: functionUri(api),
    vpcLinkId: idInAws,
    models: modelsOf(api),
  });
  const { method, integration, answers, bodyModel } = written;
  const resources = {
    method,
    integration,
    responses: answers.map(({ response }) => response),
    answers: answers.map(({ answer }) => answer),
    bodyModel,
    validator,
  };
  expect(differencesOfRoute(written, resources)).toEqual({});
  return resources;
}

/** Options of a handler stand in its function, and what a service needs in a role; not in the route. */
function withoutOptions(route: Route): Route {
  const { integration } = route;
  if (integration.type === "handler") return { ...route, integration: { ...integration, options: undefined } };
  return integration.type === "aws" ? { ...route, integration: { ...integration, statements: [] } } : route;
}

describe("decoding what was encoded gives the entry again", () => {
  test("of a route, with its integration, its answer, and what a request must have", () => {
    ofApi((api) => {
      for (const { route, headers } of allRoutes(api)) {
        // AWS shows what such an expression came to.
        if (JSON.stringify(route.integration).includes("element(split(")) continue;
        const resources = deployed(route, headers, api);
        expect(
          decodeRoute(route.path, resources, {
            handlerOf: handlerOf(api),
            authorizerOf: (id) => id.slice("aws-".length),
            vpcLinkOf: (id) => id.slice("aws-".length),
            models: modelsOf(api),
          }),
        ).toEqual({
          entry: { route: withoutOptions(route), mockHeaders: headers },
          unsupported: [],
        });
      }
    });
  });

  test("of models with names, which refer to each other", () => {
    ofApi((api) => {
      const encoded = api.models.map((model) => encodeNamedModel(model, modelsOf(api)));
      expect(decodeNamedModels(encoded, "a1b2c3d4e5").models).toEqual(api.models);
    });
  });

  test("of an API's CORS, from the headers that it gives", () => {
    ofApi((api) => {
      const { cors, routes, gatewayResponses: responses } = api;
      if (!cors || preflightRoutes(routes).length === 0) return;
      const decoded = decodeCors(encodeCors({ cors, routes, responses }));
      // Where no answer shows other methods than its path has, or exposed headers, nothing tells them.
      expect(decoded && encodeCors(decoded)).toEqual(encodeCors({ cors, routes, responses }));
      expect(decoded?.routes).toEqual(routes);
    });
  });

  test("of an authorizer", () => {
    ofApi((api) => {
      for (const authorizer of api.authorizers) {
        const written = encodeAuthorizer(authorizer, functionUri(api));
        expect(decodeAuthorizer(authorizer.id, AUTHORIZER.read(written), handlerOf(api))).toEqual({
          entry: authorizer,
          unsupported: [],
        });
      }
    });
  });

  test("of a domain name", () => {
    ofCatalog(({ domainNames = [] }) => {
      for (const { kind, formerStages: _, ...domainName } of domainNames) {
        if (kind !== "own") continue;
        const written = encodeDomainName(domainName as NamedDomain);
        expect(decodeDomainName(written)).toEqual(domainName);
        expect(DOMAIN_NAME.differing(written, written)).toEqual([]);
      }
    });
  });

  test("of a gateway response", () => {
    ofApi(({ gatewayResponses }) => {
      for (const response of gatewayResponses) {
        const read = GATEWAY_RESPONSE.read(encodeGatewayResponse(response));
        expect(decodeGatewayResponse(read)).toEqual({ entry: response, unsupported: [] });
      }
    });
  });

  test("of an API", () => {
    ofApi((api) => {
      const written = encodeRestApi(api);
      const { entry, endpointTypes } = decodeRestApi(written);
      expect(api).toMatchObject(entry);
      expect(endpointTypes).toEqual([api.endpointType]);
      expect(REST_API.differing(written, written)).toEqual([]);
    });
  });

  test("of a stage and its settings", () => {
    ofApi(({ stages }) => {
      for (const stage of stages) {
        const { settings: ofMethods, accessLog } = stage;
        const destinationArn = accessLog?.kind === "existing" ? accessLog.destinationArn : "its own";
        const settings = accessLog && { destinationArn, format: accessLog.format };
        const canary = stage.canary && { deploymentId: "d1", of: stage.canary };
        const written = encodeStage(stage, { accessLog: settings, hasHandlers: true, canary });
        const read = decodeStage(written);
        expect(stage).toMatchObject(read.entry);
        expect(read.accessLog).toEqual(settings);
        expect(read.canary).toEqual(canary);
        expect(STAGE.differing(written, written)).toEqual([]);
        if (!ofMethods) continue;
        const attributes = encodeMethodSettings(ofMethods);
        expect(decodeMethodSettings(attributes)).toEqual({
          ...ofMethods,
          route: "*",
          methodPath: "*/*",
        });
        expect(METHOD_SETTINGS.differing(attributes, attributes)).toEqual([]);
      }
    });
  });

  test("of a tier", () => {
    ofCatalog(({ apis, tiers }) => {
      const restApiIds = Object.fromEntries(apis.map(({ id }) => [id, `rest-${id}`]));
      for (const tier of tiers) {
        const written = encodeUsagePlan(tier, restApiIds);
        const { stages, ...plan } = decodeUsagePlan(written);
        const { id, displayName, description, throttle, quota, productCode, closed, tags } = tier;
        expect(plan).toEqual({
          tier: id,
          name: displayName,
          description,
          throttle,
          quota: quota && { offset: 0, ...quota },
          productCode,
          closed,
          tags,
        });
        // An API of which a tier opens no stage is not in its plan.
        const opened = tier.access.filter((each) => each.stages.length > 0);
        expect(decodeAccess(stages, (apiId) => apiId.slice("rest-".length))).toEqual(opened);
        expect(USAGE_PLAN.differing(written, written)).toEqual([]);
      }
    });
  });

  test("of a subscription's key and of its plan keys", () => {
    ofCatalog(({ subscriptions }) => {
      for (const { id, tier, customer, marketplaceCustomerId, keys } of subscriptions)
        for (const { keyName, enabled, keyVariable, tags } of keys.filter((key) => key.existingKeyId === undefined)) {
          const entry = { keyName, customer, enabled, marketplaceCustomerId, keyVariable, tags };
          const written = encodeApiKey(entry);
          expect(decodeApiKey(written)).toEqual(entry);
          expect(API_KEY.differing(written, written)).toEqual([]);
          const planKey = { keyId: id, usagePlanId: tier };
          expect(decodePlanKey(encodePlanKey(planKey))).toEqual(planKey);
        }
    });
  });
});

test("a key's value is not read, wherever it stands", () => {
  const value = "k".repeat(30);
  expect(JSON.stringify(decodeApiKey({ name: "joe", value }))).not.toContain(value);
  expect(JSON.stringify(API_KEY.read({ name: "joe", value }))).not.toContain(value);
});
