import type { Shape } from "./shape";

const main = (from: string | RegExp, to: string) => ["main.tf", from, to] as const;
const openapi = (from: string | RegExp, to: string) => ["openapi.yaml", from, to] as const;
const openapiJson = (from: string | RegExp, to: string) => ["openapi.json", from, to] as const;

/** The first lines of the API of `stage-on-deployment`. */
const API = 'resource "aws_api_gateway_rest_api" "api" {\n  name = "reports"';

/** APIs: routes in bodies, stages of deployments, and all that a request passes. */
export const API_SHAPES: Readonly<Record<string, Shape>> = {
  "body-from-template": {
    folders: ["body-from-template"],
    changes: {
      fresh: {},
      nothing: {},
      "key-not-demanded": {
        edits: [openapi("    post:\n      security:\n        - api_key: []", "    post:\n      security: []")],
      },
      "path-removed": { edits: [openapi(/^ {2}\/health:[\s\S]*$/m, "")] },
      "backend-changed": { edits: [main("https://orders.internal", "https://orders-2.internal")] },
      "description-changed": { edits: [openapi("description: An order", "description: The order")] },
      "body-known-after-apply": {
        edits: [
          main("    backend = var.backend", "    backend = terraform_data.backend.output"),
          main(
            'resource "aws_api_gateway_deployment"',
            'resource "terraform_data" "backend" {\n  input = var.backend\n}\n\nresource "aws_api_gateway_deployment"',
          ),
        ],
      },
      "swagger-2": { edits: [openapi('openapi: "3.0.1"', 'swagger: "2.0"')] },
    },
  },
  "body-in-place": {
    folders: ["body-in-place"],
    changes: {
      fresh: {},
      nothing: {},
      "key-not-demanded": { edits: [main("          security  = [{ api_key = [] }]\n", "")] },
      "path-renamed": { edits: [main('"/invoices" = {', '"/bills" = {')] },
      "method-throttle-lowered": { edits: [main("rate_limit  = 5", "rate_limit  = 1")] },
    },
  },
  "body-beside-methods": {
    folders: ["body-beside-methods"],
    changes: {
      fresh: {},
      nothing: {},
      "body-overwrites": { edits: [openapiJson('"Things"', '"All things"')] },
      "body-merged": {
        edits: [main('default = "overwrite"', 'default = "merge"'), openapiJson('"Things"', '"All things"')],
      },
    },
  },
  "stage-on-deployment": {
    folders: ["stage-on-deployment"],
    changes: {
      fresh: {},
      nothing: {},
      "stage-renamed": { edits: [main('default = "prod"', 'default = "live"')] },
      "key-not-demanded": { edits: [main("api_key_required = true", "api_key_required = false")] },
      // Nothing says that the deployment must be made again, so these wait for one.
      "keys-from-authorizer": { edits: [main(API, `${API}\n  api_key_source = "AUTHORIZER"`)] },
      "everybody-denied": {
        edits: [
          main(
            API,
            `${API}\n  policy = jsonencode({\n    Version = "2012-10-17"\n    Statement = [{ Effect = "Deny", Principal = "*", Action = "execute-api:Invoke", Resource = "execute-api:/*" }]\n  })`,
          ),
        ],
      },
      "default-url-ends": { edits: [main(API, `${API}\n  disable_execute_api_endpoint = true`)] },
      redeployed: { args: ["-replace=aws_api_gateway_deployment.api"] },
      "to-a-stage-of-its-own": {
        edits: [
          main(
            '  stage_name  = "${var.env}"\n}',
            '}\n\nresource "aws_api_gateway_stage" "api" {\n  rest_api_id   = aws_api_gateway_rest_api.api.id\n  deployment_id = aws_api_gateway_deployment.api.id\n  stage_name    = var.env\n}',
          ),
          main("${aws_api_gateway_deployment.api.stage_name}", "${aws_api_gateway_stage.api.stage_name}"),
        ],
      },
    },
  },
  "behind-a-domain": {
    folders: ["behind-a-domain"],
    changes: {
      fresh: {},
      nothing: {},
      "keys-from-authorizer": { edits: [main('"HEADER"', '"AUTHORIZER"')] },
      "everybody-denied": { edits: [main('"Allow"', '"Deny"')] },
      "everybody-denied-on-the-api": {
        edits: [
          main(
            '  api_key_source = "HEADER"',
            '  api_key_source = "HEADER"\n  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Deny", Principal = "*", Action = "execute-api:Invoke", Resource = "*" }] })',
          ),
        ],
      },
      "default-url-ends": {
        edits: [
          main('  api_key_source = "HEADER"', '  api_key_source = "HEADER"\n  disable_execute_api_endpoint = true'),
        ],
      },
      "base-path-changed": { edits: [main('base_path   = "v1"', 'base_path   = "v2"')] },
      "base-path-is-root": { edits: [main('  base_path   = "v1"\n', "")] },
      "mapping-without-stage": {
        edits: [main("  stage_name  = aws_api_gateway_stage.prod.stage_name\n  domain_name", "  domain_name")],
      },
      "domain-changed": { edits: [main('"api.shop.example.com"', '"shop.example.com"')] },
      "domain-removed": {
        edits: [main(/resource "aws_api_gateway_domain_name"[\s\S]*?\n\}\n\nresource[\s\S]*?\n\}\n/, "")],
      },
      "domain-at-the-edge": {
        edits: [
          main("regional_certificate_arn", "certificate_arn         "),
          main(
            '  endpoint_configuration {\n    types = ["REGIONAL"]\n  }\n}\n\nresource "aws_api_gateway_base',
            '  endpoint_configuration {\n    types = ["EDGE"]\n  }\n}\n\nresource "aws_api_gateway_base',
          ),
        ],
      },
      "api-at-the-edge": {
        edits: [
          main(
            '  endpoint_configuration {\n    types = ["REGIONAL"]\n  }\n}\n\nresource "aws_api_gateway_rest_api_policy"',
            '  endpoint_configuration {\n    types = ["EDGE"]\n  }\n}\n\nresource "aws_api_gateway_rest_api_policy"',
          ),
        ],
      },
      "stage-renamed": { edits: [main('stage_name    = "prod"', 'stage_name    = "live"')] },
      "throttled-for-all": { edits: [main("throttling_rate_limit  = 100", "throttling_rate_limit  = 1")] },
      "other-authorizer-function": { edits: [main(":tokens/invocations", ":tokens-v2/invocations")] },
      "other-identity-source": { edits: [main("header.Authorization", "header.X-Token")] },
      "parameter-demanded": { edits: [main('querystring.dry" = false', 'querystring.dry" = true')] },
      "body-demanded": { edits: [main('required = ["items"]', 'required = ["items", "owner"]')] },
      "api-replaced": { args: ["-replace=aws_api_gateway_rest_api.shop"] },
      "api-tainted": { tainted: ["aws_api_gateway_rest_api.shop"] },
      "description-changed": {
        edits: [main('  api_key_source = "HEADER"', '  api_key_source = "HEADER"\n  description = "Shop"')],
      },
    },
  },
};
