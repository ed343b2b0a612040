import { checksTheSame, routesCheckTheSame } from "../request-checks";
import * as when from "./conditions";
import {
  BY_AWS,
  FOR_PEOPLE,
  type Harmless,
  PART_OF_API,
  PART_OF_ROUTE,
  SNAPSHOT,
  SNAPSHOT_PART,
  TAGS,
} from "./reasons";

/** What of the definition of an API may change and is provably harmless, by resource type. */
export const HARMLESS_IN_DEFINITION: Readonly<Record<string, Harmless>> = {
  aws_api_gateway_authorizer: {
    attributes: { ...PART_OF_API, name: FOR_PEOPLE, arn: BY_AWS },
    create: "only routes that name it ask it, and these are compared",
    delete: { because: "no route asks it afterwards", when: when.isUnused("aws_api_gateway_method", "authorizer_id") },
    replace: SNAPSHOT,
  },
  aws_api_gateway_deployment: {
    attributes: {
      ...PART_OF_API,
      description: FOR_PEOPLE,
      stage_description: FOR_PEOPLE,
      created_date: BY_AWS,
      execution_arn: BY_AWS,
      invoke_url: BY_AWS,
      triggers: "only say when to deploy; the stages that get it are reported",
      variables: { because: "it creates no stage", when: when.deploysNoStage },
      canary_settings: { because: "it creates no stage", when: when.deploysNoStage },
    },
    create: { because: "it is live only on a stage that names it", when: when.deploysNoStage },
    delete: { because: "AWS deletes none that a stage serves", when: when.deploysNoStage },
    replace: { because: "it is live only on a stage that names it", when: when.deploysNoStage },
  },
  aws_api_gateway_documentation_part: {
    attributes: {
      location: FOR_PEOPLE,
      properties: FOR_PEOPLE,
      rest_api_id: FOR_PEOPLE,
      documentation_part_id: BY_AWS,
      id: BY_AWS,
    },
    create: FOR_PEOPLE,
    delete: FOR_PEOPLE,
    replace: FOR_PEOPLE,
  },
  aws_api_gateway_documentation_version: {
    attributes: { version: FOR_PEOPLE, description: FOR_PEOPLE, rest_api_id: FOR_PEOPLE, id: BY_AWS },
    create: FOR_PEOPLE,
    delete: FOR_PEOPLE,
    replace: FOR_PEOPLE,
  },
  aws_api_gateway_gateway_response: { ...SNAPSHOT_PART, attributes: PART_OF_API },
  aws_api_gateway_integration: {
    ...SNAPSHOT_PART,
    attributes: {
      ...PART_OF_ROUTE,
      cache_namespace: { because: BY_AWS, when: (change) => when.isGivenByAws(change, "cache_namespace") },
    },
  },
  aws_api_gateway_integration_response: { ...SNAPSHOT_PART, attributes: PART_OF_ROUTE },
  aws_api_gateway_method: {
    ...SNAPSHOT_PART,
    attributes: {
      ...PART_OF_ROUTE,
      request_models: { because: "the same is checked", when: checksTheSame },
      request_parameters: { because: "the same is checked", when: checksTheSame },
      operation_name: "names the operation in generated SDKs",
      authorizer_id: {
        because: "it is the same authorizer",
        when: when.sameTarget("authorizer_id", "aws_api_gateway_authorizer"),
      },
      request_validator_id: { because: "the same is checked", when: checksTheSame },
    },
  },
  aws_api_gateway_method_response: { ...SNAPSHOT_PART, attributes: PART_OF_ROUTE },
  aws_api_gateway_model: {
    attributes: {
      ...PART_OF_API,
      description: FOR_PEOPLE,
      schema: { because: "all routes check the same", when: routesCheckTheSame },
    },
    create: "only routes that name it check bodies with it, and these are compared",
    delete: { because: "no route checks bodies with it", when: when.modelIsUnused },
    replace: SNAPSHOT,
  },
  aws_api_gateway_request_validator: {
    attributes: {
      ...PART_OF_API,
      name: FOR_PEOPLE,
      validate_request_body: { because: "all routes check the same", when: routesCheckTheSame },
      validate_request_parameters: { because: "all routes check the same", when: routesCheckTheSame },
    },
    create: "only routes that name it check requests with it, and these are compared",
    delete: {
      because: "no route names it afterwards",
      when: when.isUnused("aws_api_gateway_method", "request_validator_id"),
    },
    replace: SNAPSHOT,
  },
  aws_api_gateway_resource: {
    attributes: {
      ...PART_OF_API,
      path: "follows from its parent and its own part, which are judged",
      parent_id: { because: "the routes on it are compared", when: when.pathMoves },
      path_part: { because: "the routes on it are compared", when: when.pathMoves },
    },
    create: "a path without a method answers nothing, and methods are compared",
    delete: { because: "the routes that were on it are compared", when: when.pathIsCompared },
    replace: { because: "the routes that were on it are compared", when: when.pathIsCompared },
  },
  aws_api_gateway_rest_api: {
    attributes: {
      ...TAGS,
      name: FOR_PEOPLE,
      description: FOR_PEOPLE,
      body: { because: "its parts are compared", when: when.bodyIsRead },
      parameters: { because: "the parts of the body are compared", when: when.bodyIsRead },
      put_rest_api_mode: { because: "the parts of the body are compared", when: when.bodyIsRead },
      fail_on_warnings: "says how the provider imports a document",
      arn: BY_AWS,
      created_date: BY_AWS,
      execution_arn: BY_AWS,
      root_resource_id: BY_AWS,
    },
    create: "no customer calls a new API yet; its routes and stages are reported",
  },
  aws_api_gateway_rest_api_policy: { ...SNAPSHOT_PART, attributes: PART_OF_API },
};
