# Plans that a condition chooses, keys that one map names for another, and stages by a list of objects.
variable "trial_customers" {
  default = ["globex"]
}

variable "seats" {
  default = {
    "acme-phone" = { owner = "acme" }
    "acme-web"   = { owner = "acme" }
    "globex-web" = { owner = "globex" }
  }
}

resource "aws_api_gateway_usage_plan" "trial" {
  name = "trial"

  dynamic "api_stages" {
    for_each = [aws_api_gateway_stage.test]
    content {
      api_id = api_stages.value.rest_api_id
      stage  = api_stages.value.stage_name
    }
  }

  throttle_settings {
    rate_limit  = 1
    burst_limit = 1
  }
}

resource "aws_api_gateway_usage_plan" "paid" {
  name = "paid"

  dynamic "api_stages" {
    for_each = [aws_api_gateway_stage.prod, aws_api_gateway_stage.test]
    content {
      api_id = api_stages.value.rest_api_id
      stage  = api_stages.value.stage_name
    }
  }

  throttle_settings {
    rate_limit  = 100
    burst_limit = 100
  }
}

resource "aws_api_gateway_api_key" "seat" {
  for_each = var.seats
  name     = each.key
  tags     = { owner = each.value.owner }
}

resource "aws_api_gateway_usage_plan_key" "seat" {
  for_each = var.seats
  key_id   = aws_api_gateway_api_key.seat[each.key].id
  key_type = "API_KEY"
  usage_plan_id = (
    contains(var.trial_customers, each.value.owner)
    ? aws_api_gateway_usage_plan.trial.id
    : aws_api_gateway_usage_plan.paid.id
  )
}
