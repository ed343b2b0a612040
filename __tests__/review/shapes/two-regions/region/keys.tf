variable "customers" {
  type = list(string)
}

variable "daily_limit" {
  default = 1000
}

resource "aws_api_gateway_usage_plan" "standard" {
  name = "standard"

  api_stages {
    api_id = aws_api_gateway_rest_api.orders.id
    stage  = aws_api_gateway_stage.prod.stage_name
  }

  quota_settings {
    limit  = var.daily_limit
    period = "DAY"
  }
}

resource "aws_api_gateway_api_key" "customer" {
  for_each = toset(var.customers)
  name     = each.value
}

resource "aws_api_gateway_usage_plan_key" "customer" {
  for_each      = toset(var.customers)
  key_id        = aws_api_gateway_api_key.customer[each.value].id
  key_type      = "API_KEY"
  usage_plan_id = aws_api_gateway_usage_plan.standard.id
}
