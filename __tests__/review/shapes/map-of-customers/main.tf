# Plans and customers by for_each over maps: a customer names a plan.
locals {
  plans = {
    basic   = { rate = 5, burst = 10, quota = 100, stages = ["prod"] }
    premium = { rate = 50, burst = 100, quota = 10000, stages = ["prod", "test"] }
  }

  customers = {
    acme    = { plan = "premium", enabled = true }
    globex  = { plan = "basic", enabled = true }
    initech = { plan = "basic", enabled = true }
  }
}

resource "aws_api_gateway_usage_plan" "this" {
  for_each = local.plans
  name     = "orders-${each.key}"

  dynamic "api_stages" {
    for_each = each.value.stages
    content {
      api_id = aws_api_gateway_rest_api.orders.id
      stage  = api_stages.value
    }
  }

  throttle_settings {
    rate_limit  = each.value.rate
    burst_limit = each.value.burst
  }

  quota_settings {
    limit  = each.value.quota
    period = "DAY"
  }

  depends_on = [aws_api_gateway_stage.prod, aws_api_gateway_stage.test]
}

resource "aws_api_gateway_api_key" "this" {
  for_each = local.customers
  name     = each.key
  enabled  = each.value.enabled
}

resource "aws_api_gateway_usage_plan_key" "this" {
  for_each      = local.customers
  key_id        = aws_api_gateway_api_key.this[each.key].id
  key_type      = "API_KEY"
  usage_plan_id = aws_api_gateway_usage_plan.this[each.value.plan].id
}
