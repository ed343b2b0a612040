import type { ResourceChange } from "../../model/resource-changes";
import type { Facts } from "../finding";
import { permissionIsUnused } from "./called-functions";
import * as when from "./conditions";

/** Why something cannot matter to a request; with a condition, only where that holds. */
export type Reason =
  | string
  | { readonly because: string; readonly when: (change: ResourceChange, facts: Facts) => boolean };

/** What of one resource type may change without a word of any rule. All else must have a finding. */
export interface Harmless {
  /** Attributes, and parts of a block that stands once, such as `settings.logging_level`. */
  readonly attributes?: Readonly<Record<string, Reason>>;
  readonly create?: Reason;
  readonly delete?: Reason;
  readonly replace?: Reason;
}

const BY_AWS = "AWS or the provider gives it";
const FOR_PEOPLE = "only people read it";
const TAGS = { tags: "tags decide nothing of a request", tags_all: "tags decide nothing of a request" };
const LOGS = "says what is logged or measured";
const SNAPSHOT =
  "stages serve the snapshot of their deployment, and what it becomes is compared attribute by attribute";

/** A part of an API that stands in the snapshot of a deployment. */
const PART_OF_API = {
  rest_api_id: { because: "it is the same API", when: when.sameTarget("rest_api_id", "aws_api_gateway_rest_api") },
  id: BY_AWS,
};

/** A part of a route: its place makes the route's key, and the routes before and after are compared. */
const PART_OF_ROUTE = {
  rest_api_id: { because: "the routes before and after are compared", when: when.routeIsKnown },
  resource_id: { because: "the routes before and after are compared", when: when.routeIsKnown },
  http_method: { because: "the routes before and after are compared", when: when.routeIsKnown },
  id: BY_AWS,
};

const ofNewApi: Reason = { because: "it is part of an API that is new", when: when.apiIsNew };
const ofGoneApi: Reason = { because: "its API goes, which is reported", when: when.apiIsGone };
const SNAPSHOT_PART = { create: ofNewApi, delete: ofGoneApi, replace: SNAPSHOT };

/**
 * What may change on a request's way and is provably harmless, by resource type, decided with the schema of the AWS provider
 * at hand. A type that is missing here has nothing that is harmless.
 */
export const HARMLESS: Readonly<Record<string, Harmless>> = {
  aws_api_gateway_account: {
    attributes: {
      cloudwatch_role_arn: "is the role by which API Gateway writes logs",
      reset_on_delete: "is for the role of the logs",
      api_key_version: BY_AWS,
      features: BY_AWS,
      id: BY_AWS,
    },
    create: "it sets the role of the logs only",
    delete: "it sets the role of the logs only",
    replace: "it sets the role of the logs only",
  },
  aws_api_gateway_api_key: {
    attributes: {
      ...TAGS,
      name: FOR_PEOPLE,
      description: FOR_PEOPLE,
      arn: BY_AWS,
      created_date: BY_AWS,
      last_updated_date: BY_AWS,
    },
  },
  aws_api_gateway_authorizer: {
    attributes: { ...PART_OF_API, name: FOR_PEOPLE, arn: BY_AWS },
    create: "only routes that name it ask it, and these are compared",
    delete: { because: "no route asks it afterwards", when: when.isUnused("aws_api_gateway_method", "authorizer_id") },
    replace: SNAPSHOT,
  },
  aws_api_gateway_base_path_mapping: {
    attributes: {
      id: BY_AWS,
      api_id: { because: "it is the same API", when: when.sameTarget("api_id", "aws_api_gateway_rest_api") },
    },
  },
  aws_api_gateway_client_certificate: {
    attributes: {
      ...TAGS,
      description: FOR_PEOPLE,
      arn: BY_AWS,
      created_date: BY_AWS,
      expiration_date: BY_AWS,
      id: BY_AWS,
    },
    create: "only stages that name it use it",
    delete: {
      because: "no stage uses it afterwards",
      when: when.isUnused("aws_api_gateway_stage", "client_certificate_id"),
    },
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
  aws_api_gateway_domain_name: {
    attributes: { ...TAGS, arn: BY_AWS, certificate_upload_date: BY_AWS },
  },
  aws_api_gateway_domain_name_access_association: { attributes: { ...TAGS, arn: BY_AWS } },
  aws_api_gateway_gateway_response: { ...SNAPSHOT_PART, attributes: PART_OF_API },
  aws_api_gateway_integration: { ...SNAPSHOT_PART, attributes: PART_OF_ROUTE },
  aws_api_gateway_integration_response: { ...SNAPSHOT_PART, attributes: PART_OF_ROUTE },
  aws_api_gateway_method: {
    ...SNAPSHOT_PART,
    attributes: {
      ...PART_OF_ROUTE,
      operation_name: "names the operation in generated SDKs",
      authorizer_id: {
        because: "it is the same authorizer",
        when: when.sameTarget("authorizer_id", "aws_api_gateway_authorizer"),
      },
      request_validator_id: {
        because: "the same is checked",
        when: when.sameTarget("request_validator_id", "aws_api_gateway_request_validator"),
      },
    },
  },
  aws_api_gateway_method_response: { ...SNAPSHOT_PART, attributes: PART_OF_ROUTE },
  aws_api_gateway_method_settings: {
    attributes: {
      id: BY_AWS,
      rest_api_id: { because: "it is the same API", when: when.sameTarget("rest_api_id", "aws_api_gateway_rest_api") },
      "settings.logging_level": LOGS,
      "settings.metrics_enabled": LOGS,
      "settings.data_trace_enabled": LOGS,
    },
    create: ofNewApi,
    delete: ofGoneApi,
  },
  aws_api_gateway_model: {
    attributes: { ...PART_OF_API, description: FOR_PEOPLE },
    create: "only routes that name it check bodies with it, and these are compared",
    delete: { because: "no route checks bodies with it", when: when.modelIsUnused },
    replace: SNAPSHOT,
  },
  aws_api_gateway_request_validator: {
    attributes: { ...PART_OF_API, name: FOR_PEOPLE },
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
  aws_api_gateway_rest_api_policy: { attributes: PART_OF_API, create: ofNewApi, delete: ofGoneApi },
  aws_api_gateway_stage: {
    attributes: {
      ...TAGS,
      access_log_settings: LOGS,
      "access_log_settings.destination_arn": LOGS,
      "access_log_settings.format": LOGS,
      xray_tracing_enabled: LOGS,
      description: FOR_PEOPLE,
      documentation_version: FOR_PEOPLE,
      arn: BY_AWS,
      execution_arn: BY_AWS,
      id: BY_AWS,
      invoke_url: "follows from the API and the stage's name, which are judged",
      rest_api_id: { because: "it is the same API", when: when.sameTarget("rest_api_id", "aws_api_gateway_rest_api") },
      deployment_id: {
        because: "it is the same deployment, which is not replaced",
        when: when.sameTarget("deployment_id", "aws_api_gateway_deployment"),
      },
      client_certificate_id: {
        because: "it is the same certificate",
        when: when.sameTarget("client_certificate_id", "aws_api_gateway_client_certificate"),
      },
    },
  },
  aws_api_gateway_usage_plan: {
    attributes: {
      ...TAGS,
      name: FOR_PEOPLE,
      description: FOR_PEOPLE,
      arn: BY_AWS,
      api_stages: { because: "it opens the same stages with the same throttles", when: when.opensTheSame },
    },
  },
  aws_api_gateway_usage_plan_key: {
    attributes: { id: BY_AWS, name: BY_AWS, value: BY_AWS },
    create: { because: "the key is disabled", when: when.keyIsDisabled },
    delete: { because: "the key is disabled", when: when.keyIsDisabled },
  },
  aws_api_gateway_vpc_link: {
    attributes: { ...TAGS, name: FOR_PEOPLE, description: FOR_PEOPLE, arn: BY_AWS, id: BY_AWS },
    create: "only integrations that name it go through it",
    delete: {
      because: "no integration goes through it",
      when: when.isUnused("aws_api_gateway_integration", "connection_id"),
    },
  },
  aws_lambda_permission: {
    attributes: { id: BY_AWS },
    create: "it lets one more call the function",
    delete: { because: "it is not API Gateway's, or no route calls the function", when: permissionIsUnused },
    replace: { because: "it is not API Gateway's, or no route calls the function", when: permissionIsUnused },
  },
  aws_wafv2_web_acl: { create: "it is asked only where it is associated" },
  aws_wafv2_ip_set: { create: "only rules that name it ask it" },
  aws_wafv2_rule_group: { create: "only web ACLs that name it ask it" },
  aws_wafv2_regex_pattern_set: { create: "only rules that name it ask it" },
  aws_wafv2_web_acl_logging_configuration: { create: LOGS, delete: LOGS, replace: LOGS },
  aws_wafv2_api_key: { create: "is for CAPTCHAs in browsers" },
};
