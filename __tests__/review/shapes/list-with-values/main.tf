# Keys by count over a list, with values that are brought along.
variable "clients" {
  default = ["acme", "globex", "initech"]
}

variable "salt" {
  default = "orders"
}

resource "aws_api_gateway_usage_plan" "clients" {
  name = "clients"

  api_stages {
    api_id = aws_api_gateway_rest_api.orders.id
    stage  = aws_api_gateway_stage.prod.stage_name
  }

  quota_settings {
    limit  = 1000
    period = "MONTH"
  }
}

resource "aws_api_gateway_api_key" "client" {
  count = length(var.clients)
  name  = var.clients[count.index]
  value = sha1("${var.salt}-${var.clients[count.index]}")
}

resource "aws_api_gateway_usage_plan_key" "client" {
  count         = length(var.clients)
  key_id        = aws_api_gateway_api_key.client[count.index].id
  key_type      = "API_KEY"
  usage_plan_id = aws_api_gateway_usage_plan.clients.id
}
