# Customers one by one, before somebody writes them as for_each.
resource "aws_api_gateway_usage_plan" "standard" {
  name = "standard"

  api_stages {
    api_id = aws_api_gateway_rest_api.orders.id
    stage  = aws_api_gateway_stage.prod.stage_name
  }

  quota_settings {
    limit  = 500
    period = "WEEK"
  }
}

resource "aws_api_gateway_api_key" "acme" {
  name = "acme"
}

resource "aws_api_gateway_usage_plan_key" "acme" {
  key_id        = aws_api_gateway_api_key.acme.id
  key_type      = "API_KEY"
  usage_plan_id = aws_api_gateway_usage_plan.standard.id
}

resource "aws_api_gateway_api_key" "globex" {
  name = "globex"
}

resource "aws_api_gateway_usage_plan_key" "globex" {
  key_id        = aws_api_gateway_api_key.globex.id
  key_type      = "API_KEY"
  usage_plan_id = aws_api_gateway_usage_plan.standard.id
}
