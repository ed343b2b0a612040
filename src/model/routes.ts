import { AUTHORIZER } from "../contract/authorizer";
import { INTEGRATION } from "../contract/integration-resource";
import { METHOD, type MethodAttributes } from "../contract/method";
import { INTEGRATION_RESPONSE } from "../contract/mock";
import { REQUEST_VALIDATOR } from "../contract/request-validator";
import { byName } from "../text/order";
import { HTTP_METHODS } from "../vocabulary/http-method";
import { authorizerOf } from "./authorizers";
import { bodyModelsOf, referredModels } from "./body-models";
import { integrationOf } from "./integrations";
import type { AuthorizerModel, RouteModel } from "./model";
import { pathsOf } from "./paths";
import type { ResourceIndex } from "./resource-index";
import { readable, type TerraformResource } from "./terraform-resource";

/** The routes of an API, sorted by path and method. */
export function routesOf(api: TerraformResource, index: ResourceIndex): RouteModel[] {
  const paths = pathsOf(api, index);
  const authorizers = new Map(
    index.partsOf(AUTHORIZER.type, api).map((each) => [each, authorizerOf(each, api, index)] as const),
  );
  const integrations = byMethod(index.partsOf(INTEGRATION.type, api));
  const answers = byMethod(index.partsOf(INTEGRATION_RESPONSE.type, api));
  const models = bodyModelsOf(api, index);
  const validators = index.byId(REQUEST_VALIDATOR.type);
  return index
    .partsOf(METHOD.type, api)
    .flatMap((resource): RouteModel[] => {
      const method = METHOD.read(resource.attributes);
      const path = paths.get(method.resource_id ?? "");
      const verb = HTTP_METHODS.find((known) => known === method.http_method);
      if (path === undefined || verb === undefined) {
        const [what, value] =
          path === undefined
            ? (["path", method.resource_id ?? ""] as const)
            : (["method", method.http_method] as const);
        index.leaveOut(resource, { kind: "unknown", what, value: readable(value) });
        return [];
      }
      const validator = validators.get(method.request_validator_id ?? "");
      if (method.request_validator_id !== undefined && !validator)
        index.leaveOut(resource, { kind: "external-validator", validator: readable(method.request_validator_id) });
      for (const name of Object.values(method.request_models))
        if (!models.has(name)) index.leaveOut(resource, { kind: "external-model", model: readable(name) });
      const checks = REQUEST_VALIDATOR.read(validator?.attributes ?? {});
      const target = methodKey(resource);
      const requestModels = Object.fromEntries(
        Object.entries(method.request_models).flatMap(([type, name]) => {
          const schema = models.get(name);
          return schema === undefined ? [] : [[type, schema]];
        }),
      );
      return [
        {
          ...index.originOf(resource),
          key: `${verb} ${path}`,
          method: verb,
          path,
          operationName: method.operation_name,
          apiKeyRequired: method.api_key_required,
          authorization: method.authorization,
          authorizer: ["CUSTOM", "COGNITO_USER_POOLS"].includes(method.authorization)
            ? authorizerOfRoute(resource, method, authorizers, index)
            : undefined,
          authorizationScopes: method.authorization_scopes,
          parts: [...(integrations.get(target) ?? []), ...(answers.get(target) ?? [])].map(({ address }) => address),
          requestParameters: method.request_parameters,
          requestModels,
          referredModels: referredModels(Object.values(requestModels), models),
          validates: { body: checks.validate_request_body, parameters: checks.validate_request_parameters },
          integration: integrationOf(resource, integrations.get(target) ?? [], answers.get(target) ?? [], api, index),
        },
      ];
    })
    .sort((a, b) => byName(a.path, b.path) || byName(a.method, b.method));
}

const methodKey = ({ attributes }: TerraformResource) => {
  const { resource_id, http_method } = METHOD.read(attributes);
  return `${resource_id} ${http_method}`;
};

function byMethod(resources: readonly TerraformResource[]): ReadonlyMap<string, TerraformResource[]> {
  const groups = new Map<string, TerraformResource[]>();
  for (const each of resources) {
    const group = groups.get(methodKey(each));
    if (group) group.push(each);
    else groups.set(methodKey(each), [each]);
  }
  return groups;
}

function authorizerOfRoute(
  resource: TerraformResource,
  { authorizer_id }: MethodAttributes,
  authorizers: ReadonlyMap<TerraformResource, AuthorizerModel>,
  index: ResourceIndex,
): AuthorizerModel | undefined {
  for (const [each, authorizer] of authorizers) if (index.refersTo(authorizer_id, each)) return authorizer;
  index.leaveOut(resource, { kind: "external-authorizer", authorizer: readable(authorizer_id ?? "") });
  return undefined;
}
