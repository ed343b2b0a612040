# One plan; the keys of partners by for_each over a set.
variable "partners" {
  type    = set(string)
  default = ["acme", "globex", "initech"]
}

resource "aws_api_gateway_usage_plan" "partners" {
  name = "partners"

  api_stages {
    api_id = aws_api_gateway_rest_api.orders.id
    stage  = aws_api_gateway_stage.prod.stage_name
  }

  throttle_settings {
    rate_limit  = 50
    burst_limit = 100
  }
}

resource "aws_api_gateway_api_key" "partner" {
  for_each = var.partners
  name     = "partner-${each.value}"
}

resource "aws_api_gateway_usage_plan_key" "partner" {
  for_each      = var.partners
  key_id        = aws_api_gateway_api_key.partner[each.value].id
  key_type      = "API_KEY"
  usage_plan_id = aws_api_gateway_usage_plan.partners.id
}
