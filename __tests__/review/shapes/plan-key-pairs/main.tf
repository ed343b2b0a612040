# Places of keys in plans as pairs: one list for each plan, flattened to "<plan>-<key>".
variable "members" {
  type = map(list(string))
  default = {
    basic   = ["globex"]
    premium = ["acme", "initech"]
  }
}

locals {
  limits = {
    basic   = { rate = 1, burst = 2, quota = 100 }
    premium = { rate = 100, burst = 200, quota = 10000 }
  }

  pairs = merge([
    for plan, keys in var.members : {
      for key in keys : "${plan}-${key}" => { plan = plan, key = key }
    }
  ]...)
}

resource "aws_api_gateway_usage_plan" "plan" {
  for_each = local.limits
  name     = each.key

  api_stages {
    api_id = aws_api_gateway_rest_api.orders.id
    stage  = aws_api_gateway_stage.prod.stage_name
  }

  throttle_settings {
    rate_limit  = each.value.rate
    burst_limit = each.value.burst
  }

  quota_settings {
    limit  = each.value.quota
    period = "DAY"
  }
}

resource "aws_api_gateway_api_key" "key" {
  for_each = toset(distinct(flatten(values(var.members))))
  name     = each.key
}

resource "aws_api_gateway_usage_plan_key" "member" {
  for_each      = local.pairs
  key_id        = aws_api_gateway_api_key.key[each.value.key].id
  key_type      = "API_KEY"
  usage_plan_id = aws_api_gateway_usage_plan.plan[each.value.plan].id
}
