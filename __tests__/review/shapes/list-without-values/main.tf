# Keys by count over a list, with values that AWS makes.
variable "clients" {
  default = ["acme", "globex", "initech"]
}

resource "aws_api_gateway_usage_plan" "clients" {
  name = "clients"

  api_stages {
    api_id = aws_api_gateway_rest_api.orders.id
    stage  = aws_api_gateway_stage.prod.stage_name
  }

  throttle_settings {
    rate_limit  = 20
    burst_limit = 40
  }
}

resource "aws_api_gateway_api_key" "client" {
  count = length(var.clients)
  name  = element(var.clients, count.index)
}

resource "aws_api_gateway_usage_plan_key" "client" {
  count         = length(var.clients)
  key_id        = element(aws_api_gateway_api_key.client.*.id, count.index)
  key_type      = "API_KEY"
  usage_plan_id = aws_api_gateway_usage_plan.clients.id
}
