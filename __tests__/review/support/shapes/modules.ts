import type { Shape } from "./shape";

const main = (from: string | RegExp, to: string) => ["main.tf", from, to] as const;
const api = (from: string, to: string) => ["api.tf", from, to] as const;

const FOR_EACH = `resource "aws_api_gateway_api_key" "customer" {
  for_each = toset(["acme", "globex"])
  name     = each.key
}

resource "aws_api_gateway_usage_plan_key" "customer" {
  for_each      = aws_api_gateway_api_key.customer
  key_id        = each.value.id
  key_type      = "API_KEY"
  usage_plan_id = aws_api_gateway_usage_plan.standard.id
}
`;

const movedBlocks = (type: string) =>
  ["acme", "globex"]
    .map((name) => `\nmoved {\n  from = ${type}.${name}\n  to   = ${type}.customer["${name}"]\n}\n`)
    .join("");

const MOVED_KEYS = movedBlocks("aws_api_gateway_api_key");
const MOVED = MOVED_KEYS + movedBlocks("aws_api_gateway_usage_plan_key");

const removedBlock = (address: string) =>
  `removed {\n  from = ${address}\n\n  lifecycle {\n    destroy = false\n  }\n}\n\n`;

/** Customers and plans by modules, dynamic blocks, conditions and aliases of the provider. */
export const MODULE_SHAPES: Readonly<Record<string, Shape>> = {
  "module-per-customer": {
    folders: ["api", "module-per-customer"],
    changes: {
      fresh: {},
      nothing: {},
      "customer-removed": { edits: [main(/^ {4}globex.*\n/m, "")] },
      "rate-lowered-for-one": { edits: [main("acme    = { rate = 100", "acme    = { rate = 10")] },
      "stage-taken-from-one": { edits: [main('["prod", "test"] }', '["test"] }')] },
      "quota-added-for-one": {
        edits: [
          main(
            "initech = { rate = 10, burst = 20, quota = null",
            'initech = { rate = 10, burst = 20, quota = { limit = 1, period = "DAY" }',
          ),
        ],
      },
      "module-renamed": { edits: [main('module "customer" {', 'module "client" {')] },
    },
  },
  "plans-by-module": {
    folders: ["api", "plans-by-module"],
    changes: {
      fresh: {},
      nothing: {},
      "api-replaced": { args: ["-replace=aws_api_gateway_rest_api.orders"] },
      "stage-renamed": { edits: [api('stage_name    = "test"', 'stage_name    = "beta"')] },
      "moved-to-less": { edits: [main('acme   = "gold"', 'acme   = "bronze"')] },
      "throttle-lowered": { edits: [main("limit = 1000,", "limit = 100,")] },
    },
  },
  "plan-by-condition": {
    folders: ["api", "plan-by-condition"],
    changes: {
      fresh: {},
      nothing: {},
      "moved-to-less": { edits: [main('["globex"]', '["acme", "globex"]')] },
      "plan-replaced": { args: ["-replace=aws_api_gateway_usage_plan.paid"] },
      "stage-replaced": { args: ["-replace=aws_api_gateway_stage.test"] },
      "key-replaced": { args: ['-replace=aws_api_gateway_api_key.seat["acme-web"]'] },
      "seat-added": {
        edits: [main('    "globex-web" =', '    "globex-phone" = { owner = "globex" }\n    "globex-web" =')],
      },
    },
  },
  "two-regions": {
    folders: ["two-regions"],
    changes: {
      fresh: {},
      nothing: {},
      "customer-removed": { edits: [main('["acme", "globex"]', '["acme"]')] },
      "customer-removed-in-one": {
        edits: [
          main(
            "  customers = var.customers\n  providers = { aws = aws.us }",
            '  customers = ["acme"]\n  providers = { aws = aws.us }',
          ),
        ],
      },
      "region-given-up": { edits: [main(/^module "eu" \{[^}]*\}\n\}\n/m, "")] },
      "quota-lowered-in-one": {
        edits: [main("  providers = { aws = aws.eu }", "  daily_limit = 100\n  providers = { aws = aws.eu }")],
      },
    },
  },
  refactored: {
    folders: ["api", "refactored"],
    changes: {
      fresh: {},
      nothing: {},
      "moved-to-for-each": {
        edits: [main(/resource "aws_api_gateway_api_key" "acme"[\s\S]*$/, FOR_EACH + MOVED)],
      },
      "moved-without-plan-keys": {
        edits: [main(/resource "aws_api_gateway_api_key" "acme"[\s\S]*$/, FOR_EACH + MOVED_KEYS)],
      },
      "for-each-without-moved": {
        edits: [main(/resource "aws_api_gateway_api_key" "acme"[\s\S]*$/, FOR_EACH)],
      },
      forgotten: {
        edits: [
          main(
            /resource "aws_api_gateway_api_key" "globex"[\s\S]*$/,
            removedBlock("aws_api_gateway_api_key.globex") + removedBlock("aws_api_gateway_usage_plan_key.globex"),
          ),
        ],
      },
      "forgotten-and-imported": {
        edits: [
          main(
            /resource "aws_api_gateway_api_key" "globex"[\s\S]*$/,
            `${removedBlock("aws_api_gateway_api_key.globex")}${removedBlock("aws_api_gateway_usage_plan_key.globex")}
resource "aws_api_gateway_api_key" "taken_over" {
  name = "globex"
}

resource "aws_api_gateway_usage_plan_key" "taken_over" {
  key_id        = aws_api_gateway_api_key.taken_over.id
  key_type      = "API_KEY"
  usage_plan_id = aws_api_gateway_usage_plan.standard.id
}

import {
  to = aws_api_gateway_api_key.taken_over
  id = "@{aws_api_gateway_api_key.globex}"
}

import {
  to = aws_api_gateway_usage_plan_key.taken_over
  id = "@{aws_api_gateway_usage_plan.standard}/@{aws_api_gateway_api_key.globex}"
}
`,
          ),
        ],
      },
      "removed-and-destroyed": {
        edits: [main(/resource "aws_api_gateway_usage_plan_key" "globex"[\s\S]*$/, "")],
      },
    },
  },
  replaced: {
    folders: ["api", "replaced"],
    changes: {
      fresh: {},
      nothing: {},
      "key-tainted": { tainted: ["aws_api_gateway_api_key.acme"] },
      "plan-replaced": { args: ["-replace=aws_api_gateway_usage_plan.standard"] },
      "plan-key-replaced": { args: ["-replace=aws_api_gateway_usage_plan_key.globex"] },
      "api-tainted": { tainted: ["aws_api_gateway_rest_api.orders"] },
      "name-known-after-apply": { edits: [main('"2024"', '"2025"')] },
      "names-by-replacement": { args: ["-replace=terraform_data.suffix"] },
    },
  },
};
