import { admitsOneCaller, permissionIsUnused } from "./called-functions";
import * as when from "./conditions";
import { HARMLESS_AROUND } from "./harmless-around";
import { HARMLESS_IN_DEFINITION } from "./harmless-definition";
import { BY_AWS, FOR_PEOPLE, type Harmless, LOGS, TAGS } from "./reasons";

/**
 * What may change on a request's way and is provably harmless, by resource type, decided with the schema of the AWS provider
 * at hand. A type that is missing here has nothing that is harmless.
 */
export const HARMLESS: Readonly<Record<string, Harmless>> = {
  ...HARMLESS_IN_DEFINITION,
  ...HARMLESS_AROUND,
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
  aws_api_gateway_base_path_mapping: {
    attributes: {
      id: BY_AWS,
      api_id: { because: "it is the same API", when: when.sameTarget("api_id", "aws_api_gateway_rest_api") },
      stage_name: { because: "it is the same stage, whose new name is reported", when: when.leadsToRenamedStage },
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
  aws_api_gateway_domain_name: {
    attributes: { ...TAGS, arn: BY_AWS, certificate_upload_date: BY_AWS },
  },
  aws_api_gateway_domain_name_access_association: { attributes: { ...TAGS, arn: BY_AWS } },
  aws_api_gateway_method_settings: {
    attributes: {
      id: BY_AWS,
      rest_api_id: { because: "it is the same API", when: when.sameTarget("rest_api_id", "aws_api_gateway_rest_api") },
      stage_name: { because: "it is the same stage, whose new name is reported", when: when.sameStage },
      "settings.logging_level": LOGS,
      "settings.metrics_enabled": LOGS,
      "settings.data_trace_enabled": LOGS,
    },
    create: { because: "it is part of an API that is new, or sets logs only", when: when.settingsMatterNot },
    delete: { because: "its API goes, or it set logs only", when: when.settingsMatterNot },
    replace: "what it sets is compared attribute by attribute",
  },
  aws_api_gateway_stage: {
    attributes: {
      ...TAGS,
      access_log_settings: { because: LOGS, when: when.logHoldsNoKeys },
      "access_log_settings.destination_arn": { because: LOGS, when: when.logHoldsNoKeys },
      "access_log_settings.format": { because: LOGS, when: when.logHoldsNoKeys },
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
    create: { because: "it lets one more service or account call the function", when: admitsOneCaller },
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
