import type { Shape } from "./shape";

const main = (from: string, to: string) => ["main.tf", from, to] as const;
const api = (from: string, to: string) => ["api.tf", from, to] as const;

const KEY_NOT_DEMANDED = api("api_key_required = true", "api_key_required = false");

/** Keys and plans by for_each and count. */
export const KEY_SHAPES: Readonly<Record<string, Shape>> = {
  "set-of-partners": {
    folders: ["api", "set-of-partners"],
    changes: {
      fresh: {},
      nothing: {},
      "partner-removed": { edits: [main('["acme", "globex", "initech"]', '["globex", "initech"]')] },
      "partner-added": { edits: [main('"initech"]', '"initech", "umbrella"]')] },
      "rate-lowered": { edits: [main("rate_limit  = 50", "rate_limit  = 5")] },
      "quota-added": {
        edits: [
          main(
            "  throttle_settings {",
            '  quota_settings {\n    limit  = 1000\n    period = "DAY"\n  }\n\n  throttle_settings {',
          ),
        ],
      },
      "key-not-demanded": { edits: [KEY_NOT_DEMANDED] },
      "stage-renamed": { edits: [api('stage_name    = "prod"', 'stage_name    = "live"')] },
    },
  },
  "map-of-customers": {
    folders: ["api", "map-of-customers"],
    changes: {
      fresh: {},
      nothing: {},
      "moved-to-less": {
        edits: [main('acme    = { plan = "premium"', 'acme    = { plan = "basic"')],
      },
      "moved-to-more": {
        edits: [main('globex  = { plan = "basic"', 'globex  = { plan = "premium"')],
      },
      suspended: {
        edits: [main('initech = { plan = "basic", enabled = true', 'initech = { plan = "basic", enabled = false')],
      },
      "plan-renamed": {
        edits: [
          main("    basic   = {", "    starter = {"),
          main('globex  = { plan = "basic"', 'globex  = { plan = "starter"'),
          main('initech = { plan = "basic"', 'initech = { plan = "starter"'),
        ],
      },
      "stage-taken-out": { edits: [main('["prod", "test"]', '["prod"]')] },
      "customer-on-new-plan": {
        edits: [
          main(
            "    premium = {",
            '    trial   = { rate = 1, burst = 1, quota = 10, stages = ["test"] }\n    premium = {',
          ),
          main("    acme    = {", '    umbrella = { plan = "trial", enabled = true }\n    acme    = {'),
        ],
      },
    },
  },
  "plan-key-pairs": {
    folders: ["api", "plan-key-pairs"],
    changes: {
      fresh: {},
      nothing: {},
      "moved-to-less": {
        edits: [main('["globex"]', '["globex", "acme"]'), main('["acme", "initech"]', '["initech"]')],
      },
      "moved-to-more": {
        edits: [main('["globex"]', "[]"), main('["acme", "initech"]', '["acme", "globex", "initech"]')],
      },
      "in-a-second-plan": { edits: [main('["globex"]', '["acme", "globex"]')] },
      removed: { edits: [main('["acme", "initech"]', '["acme"]')] },
    },
  },
  "list-with-values": {
    folders: ["api", "list-with-values"],
    changes: {
      fresh: {},
      nothing: {},
      "first-removed": { edits: [main('["acme", "globex", "initech"]', '["globex", "initech"]')] },
      "one-in-front": {
        edits: [main('["acme", "globex", "initech"]', '["umbrella", "acme", "globex", "initech"]')],
      },
      "count-to-for-each": {
        edits: [
          main(
            "  count = length(var.clients)\n  name  = var.clients[count.index]",
            "  for_each = toset(var.clients)\n  name  = each.key",
          ),
          main('sha1("${var.salt}-${var.clients[count.index]}")', 'sha1("${var.salt}-${each.key}")'),
          main(
            "  count         = length(var.clients)\n  key_id        = aws_api_gateway_api_key.client[count.index].id",
            "  for_each      = aws_api_gateway_api_key.client\n  key_id        = each.value.id",
          ),
        ],
      },
      "all-values-changed": { edits: [main('default = "orders"', 'default = "orders-2"')] },
    },
  },
  "list-without-values": {
    folders: ["api", "list-without-values"],
    changes: {
      fresh: {},
      nothing: {},
      "first-removed": { edits: [main('["acme", "globex", "initech"]', '["globex", "initech"]')] },
      "last-removed": { edits: [main('["acme", "globex", "initech"]', '["acme", "globex"]')] },
      "one-at-the-end": { edits: [main('"initech"]', '"initech", "umbrella"]')] },
      "count-to-for-each": {
        edits: [
          main(
            "  count = length(var.clients)\n  name  = element(var.clients, count.index)",
            "  for_each = toset(var.clients)\n  name  = each.key",
          ),
          main(
            "  count         = length(var.clients)\n  key_id        = element(aws_api_gateway_api_key.client.*.id, count.index)",
            "  for_each      = toset(var.clients)\n  key_id        = aws_api_gateway_api_key.client[each.key].id",
          ),
        ],
      },
    },
  },
};
