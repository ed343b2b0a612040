/** The verdict, and the subjects of all findings by the rule, by shape and change. */
export const FOUND: Readonly<
  Record<string, readonly [verdict: string, found: Readonly<Record<string, readonly string[]>>]>
> = {
  "set-of-partners/fresh": [
    "no-decision-needed",
    {
      "access-gained": ["partner-acme", "partner-globex", "partner-initech"],
      "tier-added": ["tier partners"],
      "stage-added": ["stage orders/prod", "stage orders/test"],
      "route-added": ["GET /orders of orders"],
    },
  ],
  "set-of-partners/nothing": ["no-decision-needed", {}],
  "set-of-partners/partner-removed": ["decision-needed", { "access-lost": ["partner-acme"] }],
  "set-of-partners/partner-added": ["no-decision-needed", { "access-gained": ["partner-umbrella"] }],
  "set-of-partners/rate-lowered": ["decision-needed", { "limits-lowered": ["tier partners"] }],
  "set-of-partners/quota-added": ["decision-needed", { "limits-added": ["tier partners"] }],
  "set-of-partners/key-not-demanded": [
    "decision-needed",
    { "route-opened": ["GET /orders of orders"], "change-not-deployed": ["stage orders/prod", "stage orders/test"] },
  ],
  "set-of-partners/stage-renamed": ["decision-needed", { "url-changed": ["stage orders/live"] }],
  "map-of-customers/fresh": [
    "decision-needed",
    {
      "access-unknown": ["acme", "globex", "initech"],
      "tier-added": ["tier orders-basic", "tier orders-premium"],
      "stage-added": ["stage orders/prod", "stage orders/test"],
      "route-added": ["GET /orders of orders"],
    },
  ],
  "map-of-customers/nothing": ["no-decision-needed", {}],
  "map-of-customers/moved-to-less": ["decision-needed", { "access-reduced": ["acme"], "moved-to-less": ["acme"] }],
  "map-of-customers/moved-to-more": ["no-decision-needed", { "tier-moved": ["globex"], "access-gained": ["globex"] }],
  "map-of-customers/suspended": ["decision-needed", { "access-lost": ["initech"] }],
  "map-of-customers/plan-renamed": [
    "decision-needed",
    {
      "tier-renamed": ["tier orders-starter"],
      "tier-moved": ["globex", "initech"],
      "tier-added": ["tier orders-starter"],
      "tier-removed": ["tier orders-basic"],
    },
  ],
  "map-of-customers/stage-taken-out": [
    "decision-needed",
    { "access-reduced": ["acme"], "tier-coverage": ["tier orders-premium"] },
  ],
  "map-of-customers/customer-on-new-plan": [
    "no-decision-needed",
    { "access-gained": ["umbrella"], "tier-added": ["tier orders-trial"] },
  ],
  "plan-key-pairs/fresh": [
    "decision-needed",
    {
      "access-unknown": ["acme", "globex", "initech"],
      "tier-added": ["tier basic", "tier premium"],
      "stage-added": ["stage orders/prod", "stage orders/test"],
      "route-added": ["GET /orders of orders"],
    },
  ],
  "plan-key-pairs/nothing": ["no-decision-needed", {}],
  "plan-key-pairs/moved-to-less": ["decision-needed", { "moved-to-less": ["acme"] }],
  "plan-key-pairs/moved-to-more": ["no-decision-needed", { "tier-moved": ["globex"] }],
  "plan-key-pairs/in-a-second-plan": ["decision-needed", { "plans-share-stage": ["acme"] }],
  "plan-key-pairs/removed": ["decision-needed", { "access-lost": ["initech"] }],
  "list-with-values/fresh": [
    "no-decision-needed",
    {
      "access-gained": ["acme", "globex", "initech"],
      "tier-added": ["tier clients"],
      "stage-added": ["stage orders/prod", "stage orders/test"],
      "route-added": ["GET /orders of orders"],
    },
  ],
  "list-with-values/nothing": ["no-decision-needed", {}],
  "list-with-values/first-removed": [
    "decision-needed",
    { "access-lost": ["acme"], "key-recreated": ["globex", "initech"] },
  ],
  "list-with-values/one-in-front": [
    "decision-needed",
    { "key-recreated": ["acme", "globex", "initech"], "access-gained": ["umbrella"] },
  ],
  "list-with-values/count-to-for-each": ["decision-needed", { "key-recreated": ["acme", "globex", "initech"] }],
  "list-with-values/all-values-changed": ["decision-needed", { "key-replaced": ["acme", "globex", "initech"] }],
  "list-without-values/fresh": [
    "no-decision-needed",
    {
      "access-gained": ["acme", "globex", "initech"],
      "tier-added": ["tier clients"],
      "stage-added": ["stage orders/prod", "stage orders/test"],
      "route-added": ["GET /orders of orders"],
    },
  ],
  "list-without-values/nothing": ["no-decision-needed", {}],
  "list-without-values/first-removed": [
    "decision-needed",
    { "access-lost": ["initech"], "key-under-another-name": ["acme", "globex"] },
  ],
  "list-without-values/last-removed": ["decision-needed", { "access-lost": ["initech"] }],
  "list-without-values/one-at-the-end": ["no-decision-needed", { "access-gained": ["umbrella"] }],
  "list-without-values/count-to-for-each": ["decision-needed", { "key-replaced": ["acme", "globex", "initech"] }],
  "module-per-customer/fresh": [
    "no-decision-needed",
    {
      "access-gained": ["acme-key", "globex-key", "initech-key"],
      "tier-added": ["tier acme-plan", "tier globex-plan", "tier initech-plan"],
      "stage-added": ["stage orders/prod", "stage orders/test"],
      "route-added": ["GET /orders of orders"],
    },
  ],
  "module-per-customer/nothing": ["no-decision-needed", {}],
  "module-per-customer/customer-removed": [
    "decision-needed",
    { "access-lost": ["globex-key"], "tier-removed": ["tier globex-plan"] },
  ],
  "module-per-customer/rate-lowered-for-one": ["decision-needed", { "limits-lowered": ["tier acme-plan"] }],
  "module-per-customer/stage-taken-from-one": [
    "decision-needed",
    { "access-reduced": ["acme-key"], "tier-coverage": ["tier acme-plan"] },
  ],
  "module-per-customer/quota-added-for-one": [
    "decision-needed",
    { "limits-added": ["tier initech-plan"], "unlikely-limits": ["tier initech-plan"] },
  ],
  "module-per-customer/module-renamed": [
    "decision-needed",
    {
      "key-replaced": ["acme-key", "globex-key", "initech-key"],
      "tier-added": ["tier acme-plan", "tier globex-plan", "tier initech-plan"],
      "tier-removed": ["tier acme-plan", "tier globex-plan", "tier initech-plan"],
    },
  ],
  "plans-by-module/fresh": [
    "decision-needed",
    {
      "access-unknown": ["acme (Key of acme)", "globex (Key of globex)"],
      "tier-added": ["tier bronze", "tier gold"],
      "stage-added": ["stage orders/prod", "stage orders/test"],
      "route-added": ["GET /orders of orders"],
    },
  ],
  "plans-by-module/nothing": ["no-decision-needed", {}],
  "plans-by-module/api-replaced": [
    "decision-needed",
    {
      "url-changed": ["API orders"],
      "access-unknown": ["acme (Key of acme)", "globex (Key of globex)"],
      "stage-redeployed": ["stage orders/prod", "stage orders/test"],
    },
  ],
  "plans-by-module/stage-renamed": [
    "decision-needed",
    { "url-changed": ["stage orders/beta"], "access-unknown": ["acme (Key of acme)"] },
  ],
  "plans-by-module/moved-to-less": [
    "decision-needed",
    { "access-reduced": ["acme (Key of acme)"], "moved-to-less": ["acme (Key of acme)"] },
  ],
  "plans-by-module/throttle-lowered": ["decision-needed", { "limits-lowered": ["tier gold"] }],
  "plan-by-condition/fresh": [
    "decision-needed",
    {
      "access-unknown": ["acme-phone", "acme-web", "globex-web"],
      "tier-added": ["tier paid", "tier trial"],
      "stage-added": ["stage orders/prod", "stage orders/test"],
      "route-added": ["GET /orders of orders"],
    },
  ],
  "plan-by-condition/nothing": ["no-decision-needed", {}],
  "plan-by-condition/moved-to-less": [
    "decision-needed",
    { "access-reduced": ["acme-phone", "acme-web"], "moved-to-less": ["acme-phone", "acme-web"] },
  ],
  "plan-by-condition/plan-replaced": ["decision-needed", { "tier-replaced": ["tier paid"] }],
  "plan-by-condition/stage-replaced": ["decision-needed", { "url-changed": ["stage orders/test"] }],
  "plan-by-condition/key-replaced": ["decision-needed", { "key-replaced": ["acme-web"] }],
  "plan-by-condition/seat-added": ["no-decision-needed", { "access-gained": ["globex-phone"] }],
  "two-regions/fresh": [
    "no-decision-needed",
    {
      "access-gained": ["module.eu/acme", "module.eu/globex", "module.us/acme", "module.us/globex"],
      "tier-added": ["tier module.eu/standard", "tier module.us/standard"],
      "stage-added": [
        "stage module.eu/orders/prod",
        "stage module.eu/orders/test",
        "stage module.us/orders/prod",
        "stage module.us/orders/test",
      ],
      "route-added": ["GET /orders of module.eu/orders", "GET /orders of module.us/orders"],
    },
  ],
  "two-regions/nothing": ["no-decision-needed", {}],
  "two-regions/customer-removed": ["decision-needed", { "access-lost": ["module.eu/globex", "module.us/globex"] }],
  "two-regions/customer-removed-in-one": ["decision-needed", { "access-lost": ["module.us/globex"] }],
  "two-regions/region-given-up": [
    "decision-needed",
    {
      "access-lost": ["module.eu/acme", "module.eu/globex"],
      "url-changed": ["API module.eu/orders"],
      "stage-removed": ["stage module.eu/orders/prod", "stage module.eu/orders/test"],
      "route-removed": ["GET /orders of module.eu/orders"],
      "tier-removed": ["tier module.eu/standard"],
    },
  ],
  "two-regions/quota-lowered-in-one": ["decision-needed", { "limits-lowered": ["tier module.eu/standard"] }],
  "refactored/fresh": [
    "no-decision-needed",
    {
      "access-gained": ["acme", "globex"],
      "tier-added": ["tier standard"],
      "stage-added": ["stage orders/prod", "stage orders/test"],
      "route-added": ["GET /orders of orders"],
    },
  ],
  "refactored/nothing": ["no-decision-needed", {}],
  "refactored/moved-to-for-each": ["no-decision-needed", {}],
  "refactored/moved-without-plan-keys": ["decision-needed", { "plan-key-replaced": ["acme", "globex"] }],
  "refactored/for-each-without-moved": ["decision-needed", { "key-replaced": ["acme", "globex"] }],
  "refactored/forgotten": ["no-decision-needed", {}],
  "refactored/forgotten-and-imported": [
    "no-decision-needed",
    { adopted: ["aws_api_gateway_api_key.taken_over", "aws_api_gateway_usage_plan_key.taken_over"] },
  ],
  "refactored/removed-and-destroyed": ["decision-needed", { "access-lost": ["globex"], "key-in-no-plan": ["globex"] }],
  "replaced/fresh": [
    "no-decision-needed",
    {
      "access-gained": ["aws_api_gateway_api_key.acme", "globex"],
      "tier-added": ["tier aws_api_gateway_usage_plan.standard"],
      "stage-added": ["stage orders/prod", "stage orders/test"],
      "route-added": ["GET /orders of orders"],
    },
  ],
  "replaced/nothing": ["no-decision-needed", {}],
  "replaced/key-tainted": ["decision-needed", { "key-replaced": ["acme-2024"] }],
  "replaced/plan-replaced": ["decision-needed", { "tier-replaced": ["tier standard-2024"] }],
  "replaced/plan-key-replaced": ["decision-needed", { "plan-key-replaced": ["globex"] }],
  "replaced/api-tainted": [
    "decision-needed",
    { "url-changed": ["API orders"], "stage-redeployed": ["stage orders/prod", "stage orders/test"] },
  ],
  "replaced/name-known-after-apply": ["no-decision-needed", { "customer-renamed": ["aws_api_gateway_api_key.acme"] }],
  "replaced/names-by-replacement": ["no-decision-needed", { "customer-renamed": ["aws_api_gateway_api_key.acme"] }],
  "body-from-template/fresh": [
    "no-decision-needed",
    {
      "access-gained": ["mobile-app"],
      "tier-added": ["tier orders"],
      "stage-added": ["stage orders/v1"],
      "route-added": ["GET /health of orders", "GET /orders of orders", "POST /orders of orders"],
    },
  ],
  "body-from-template/nothing": ["no-decision-needed", { "route-ignores-key": ["GET /health of orders"] }],
  "body-from-template/key-not-demanded": [
    "decision-needed",
    {
      "route-opened": ["POST /orders of orders"],
      "stage-redeployed": ["stage orders/v1"],
      "route-ignores-key": ["GET /health of orders"],
    },
  ],
  "body-from-template/path-removed": [
    "decision-needed",
    { "route-removed": ["GET /health of orders"], "stage-redeployed": ["stage orders/v1"] },
  ],
  "body-from-template/backend-changed": [
    "no-decision-needed",
    {
      "stage-redeployed": ["stage orders/v1"],
      "integration-changed": ["GET /health of orders", "GET /orders of orders", "POST /orders of orders"],
      "route-ignores-key": ["GET /health of orders"],
    },
  ],
  "body-from-template/description-changed": [
    "no-decision-needed",
    { "stage-redeployed": ["stage orders/v1"], "route-ignores-key": ["GET /health of orders"] },
  ],
  "body-from-template/body-known-after-apply": [
    "decision-needed",
    {
      "not-evaluated": ["shop: aws_api_gateway_rest_api.this"],
      "stage-redeployed": ["stage orders/v1"],
      "route-ignores-key": ["GET /health of orders"],
    },
  ],
  // What stands in components is not read in Swagger 2.0: the keys of the routes are asked for no longer.
  "body-from-template/swagger-2": [
    "decision-needed",
    {
      "not-evaluated": [
        "shop/shop: aws_api_gateway_rest_api.this (aws_api_gateway_rest_api.this)",
        "shop/shop: aws_api_gateway_rest_api.this (aws_api_gateway_rest_api.this) (2)",
        "shop/shop: aws_api_gateway_rest_api.this (aws_api_gateway_rest_api.this) (3)",
      ],
      "route-opened": ["GET /orders of orders", "POST /orders of orders"],
      "stage-redeployed": ["stage orders/v1"],
      "route-ignores-key": ["GET /health of orders"],
    },
  ],
  "body-in-place/fresh": [
    "no-decision-needed",
    {
      "access-gained": ["accounting"],
      "tier-added": ["tier invoices"],
      "stage-added": ["stage invoices/live"],
      "route-added": ["GET /invoices of invoices", "GET /ping of invoices"],
    },
  ],
  "body-in-place/nothing": ["no-decision-needed", { "route-ignores-key": ["GET /ping of invoices"] }],
  "body-in-place/key-not-demanded": [
    "decision-needed",
    {
      "route-opened": ["GET /invoices of invoices"],
      "stage-redeployed": ["stage invoices/live"],
      "route-ignores-key": ["GET /ping of invoices"],
    },
  ],
  "body-in-place/path-renamed": [
    "decision-needed",
    {
      "route-removed": ["GET /invoices of invoices"],
      "stage-redeployed": ["stage invoices/live"],
      "route-added": ["GET /bills of invoices"],
      "route-ignores-key": ["GET /ping of invoices"],
    },
  ],
  "body-in-place/method-throttle-lowered": [
    "decision-needed",
    { "limits-lowered": ["tier invoices"], "route-ignores-key": ["GET /ping of invoices"] },
  ],
  "body-beside-methods/fresh": [
    "no-decision-needed",
    {
      "access-gained": ["operator"],
      "tier-added": ["tier mixed"],
      "stage-added": ["stage mixed/prod"],
      "route-added": ["GET /admin of mixed", "GET /things of mixed"],
    },
  ],
  "body-beside-methods/nothing": ["no-decision-needed", {}],
  "body-beside-methods/body-overwrites": [
    "decision-needed",
    { "body-overwrites": ["API mixed"], "stage-redeployed": ["stage mixed/prod"] },
  ],
  "body-beside-methods/body-merged": ["no-decision-needed", { "stage-redeployed": ["stage mixed/prod"] }],
  "stage-on-deployment/fresh": [
    "no-decision-needed",
    {
      "access-gained": ["reports-key"],
      "tier-added": ["tier reports"],
      "stage-added": ["stage reports/prod"],
      "route-added": ["ANY /{proxy+} of reports"],
      "unlikely-limits": ["tier reports"],
    },
  ],
  "stage-on-deployment/nothing": ["no-decision-needed", { "unlikely-limits": ["tier reports"] }],
  "stage-on-deployment/stage-renamed": [
    "decision-needed",
    {
      "url-changed": ["stage reports/live"],
      "stage-redeployed": ["stage reports/live"],
      "unlikely-limits": ["tier reports"],
    },
  ],
  "stage-on-deployment/key-not-demanded": [
    "decision-needed",
    {
      "route-opened": ["ANY /{proxy+} of reports"],
      "change-not-deployed": ["stage reports/prod"],
      "unlikely-limits": ["tier reports"],
    },
  ],
  "stage-on-deployment/keys-from-authorizer": [
    "decision-needed",
    {
      "key-source-changed": ["API reports"],
      "change-not-deployed": ["stage reports/prod"],
      "unlikely-limits": ["tier reports"],
    },
  ],
  "stage-on-deployment/everybody-denied": [
    "decision-needed",
    {
      "resource-policy-changed": ["API reports"],
      "change-not-deployed": ["stage reports/prod"],
      "unlikely-limits": ["tier reports"],
    },
  ],
  "stage-on-deployment/default-url-ends": [
    "decision-needed",
    {
      "default-url-changed": ["API reports"],
      "change-not-deployed": ["stage reports/prod"],
      "unlikely-limits": ["tier reports"],
    },
  ],
  "stage-on-deployment/redeployed": [
    "decision-needed",
    {
      "url-changed": ["stage reports/prod"],
      "stage-redeployed": ["stage reports/prod"],
      "unlikely-limits": ["tier reports"],
    },
  ],
  "stage-on-deployment/to-a-stage-of-its-own": [
    "decision-needed",
    {
      "stage-removed": ["stage reports/prod"],
      "stage-added": ["stage reports/prod"],
      "unlikely-limits": ["tier reports"],
    },
  ],
  "behind-a-domain/fresh": [
    "no-decision-needed",
    {
      "access-gained": ["web"],
      "tier-added": ["tier shop"],
      "stage-added": ["stage shop/prod"],
      "url-added": ["https://api.shop.example.com/v1", "domain name api.shop.example.com"],
      "route-added": ["POST /carts of shop"],
    },
  ],
  "behind-a-domain/nothing": ["no-decision-needed", {}],
  "behind-a-domain/keys-from-authorizer": [
    "decision-needed",
    { "key-source-changed": ["API shop"], "stage-redeployed": ["stage shop/prod"] },
  ],
  "behind-a-domain/everybody-denied": [
    "decision-needed",
    { "resource-policy-changed": ["policy of API shop"], "stage-redeployed": ["stage shop/prod"] },
  ],
  "behind-a-domain/everybody-denied-on-the-api": [
    "decision-needed",
    { "resource-policy-changed": ["API shop"], "stage-redeployed": ["stage shop/prod"] },
  ],
  "behind-a-domain/default-url-ends": [
    "decision-needed",
    { "default-url-changed": ["API shop"], "stage-redeployed": ["stage shop/prod"] },
  ],
  "behind-a-domain/base-path-changed": [
    "decision-needed",
    { "url-changed": ["https://api.shop.example.com/v1"], "stage-redeployed": ["stage shop/prod"] },
  ],
  "behind-a-domain/base-path-is-root": [
    "decision-needed",
    { "url-changed": ["https://api.shop.example.com/v1"], "stage-redeployed": ["stage shop/prod"] },
  ],
  "behind-a-domain/mapping-without-stage": [
    "decision-needed",
    { "url-changed": ["https://api.shop.example.com/v1"], "stage-redeployed": ["stage shop/prod"] },
  ],
  "behind-a-domain/domain-changed": [
    "decision-needed",
    {
      "url-changed": ["https://api.shop.example.com/v1", "domain name api.shop.example.com"],
      "stage-redeployed": ["stage shop/prod"],
    },
  ],
  "behind-a-domain/domain-removed": [
    "decision-needed",
    {
      "url-changed": ["https://api.shop.example.com/v1", "domain name api.shop.example.com"],
      "stage-redeployed": ["stage shop/prod"],
    },
  ],
  "behind-a-domain/domain-at-the-edge": [
    "decision-needed",
    {
      "url-changed": ["domain name api.shop.example.com"],
      "domain-name-changed": ["aws_api_gateway_domain_name.shop"],
      "stage-redeployed": ["stage shop/prod"],
    },
  ],
  "behind-a-domain/api-at-the-edge": [
    "decision-needed",
    { "url-changed": ["API shop"], "stage-redeployed": ["stage shop/prod"] },
  ],
  "behind-a-domain/stage-renamed": [
    "decision-needed",
    {
      "url-changed": ["stage shop/live"],
      "stage-redeployed": ["stage shop/live"],
    },
  ],
  "behind-a-domain/throttled-for-all": [
    "decision-needed",
    { "stage-throttle-lowered": ["*/* on shop/prod"], "stage-redeployed": ["stage shop/prod"] },
  ],
  "behind-a-domain/other-authorizer-function": [
    "decision-needed",
    { "authorizer-settings-changed": ["authorizer tokens"], "stage-redeployed": ["stage shop/prod"] },
  ],
  "behind-a-domain/other-identity-source": [
    "decision-needed",
    { "authorizer-settings-changed": ["authorizer tokens"], "stage-redeployed": ["stage shop/prod"] },
  ],
  "behind-a-domain/parameter-demanded": [
    "decision-needed",
    { "requests-refused": ["POST /carts of shop"], "stage-redeployed": ["stage shop/prod"] },
  ],
  "behind-a-domain/body-demanded": [
    "decision-needed",
    { "requests-refused": ["POST /carts of shop"], "stage-redeployed": ["stage shop/prod"] },
  ],
  "behind-a-domain/api-replaced": [
    "decision-needed",
    {
      "url-changed": ["API shop"],
      "resource-policy-changed": ["API shop", "policy of API shop"],
      "stage-redeployed": ["stage shop/prod"],
    },
  ],
  "behind-a-domain/api-tainted": [
    "decision-needed",
    {
      "url-changed": ["API shop"],
      "resource-policy-changed": ["API shop", "policy of API shop"],
      "stage-redeployed": ["stage shop/prod"],
    },
  ],
  "behind-a-domain/description-changed": ["no-decision-needed", { "stage-redeployed": ["stage shop/prod"] }],
  "cdktf-app/fresh": [
    "no-decision-needed",
    {
      "access-gained": ["acme", "globex"],
      "tier-added": ["tier carts"],
      "stage-added": ["stage carts/prod"],
      "route-added": ["GET /carts of carts"],
    },
  ],
  "cdktf-app/nothing": ["no-decision-needed", {}],
  "cdktf-app/customer-removed": ["decision-needed", { "access-lost": ["acme"] }],
  "cdktf-app/customer-added": ["no-decision-needed", { "access-gained": ["initech"] }],
  "cdktf-app/rate-lowered": ["decision-needed", { "limits-lowered": ["tier carts"] }],
  "cdktf-app/key-not-demanded": [
    "decision-needed",
    { "route-opened": ["GET /carts of carts"], "stage-redeployed": ["stage carts/prod"] },
  ],
  "one-customer/nothing": ["no-decision-needed", {}],
  "one-customer/rate-known-later": [
    "decision-needed",
    {
      "not-evaluated": ["shop: aws_api_gateway_usage_plan.basic"],
      "not-judged": ["aws_api_gateway_usage_plan.basic throttle_settings.rate_limit"],
    },
  ],
  "one-customer/quota-known-later": [
    "decision-needed",
    {
      "not-evaluated": ["shop: aws_api_gateway_usage_plan.basic"],
      "not-judged": ["aws_api_gateway_usage_plan.basic quota_settings.limit"],
    },
  ],
  "one-customer/enabled-known-later": [
    "decision-needed",
    { "not-evaluated": ["shop: aws_api_gateway_api_key.acme"], "not-judged": ["aws_api_gateway_api_key.acme enabled"] },
  ],
  "one-customer/stage-known-later": [
    "decision-needed",
    {
      "access-unknown": ["acme"],
      "not-evaluated": ["shop: aws_api_gateway_stage.prod", "shop: aws_api_gateway_usage_plan.basic"],
      "not-judged": ["aws_api_gateway_stage.prod", "aws_api_gateway_stage.prod stage_name"],
    },
  ],
  "one-customer/stages-known-later": [
    "decision-needed",
    { "access-unknown": ["acme"], "not-evaluated": ["shop: aws_api_gateway_usage_plan.basic"] },
  ],
  "one-customer/plan-known-later": ["decision-needed", { "access-unknown": ["acme"] }],
  "one-customer/key-tied-to-a-release": ["decision-needed", { "key-replaced": ["acme"] }],
  "one-customer/program-run": ["decision-needed", { "program-run": ["terraform_data.cli"] }],
  "one-customer/sensitive-output-of-something-else": ["no-decision-needed", {}],
  "one-customer/value-in-an-output": ["decision-needed", { "key-readable": ["output basic_auth"] }],
  "one-customer/value-in-an-output-later": ["decision-needed", { "key-maybe-readable": ["output joined"] }],
  "one-customer/value-in-a-write-only-string": [
    "decision-needed",
    { "key-maybe-readable": ["aws_ssm_parameter.acme"], "key-handed-over": ["parameter /acme"] },
  ],
  "one-customer/value-in-a-queue": ["decision-needed", { "key-readable": ["aws_sqs_queue.acme tags"] }],
  "one-customer/value-in-user-data": ["decision-needed", { "key-readable": ["aws_instance.acme user_data_base64"] }],
  "one-customer/value-kept-by-terraform": ["decision-needed", { "key-readable": ["terraform_data.copy input"] }],
  "one-customer/function-url": ["no-decision-needed", {}],
};
