# One customer on one plan, and something that is known only once it changes.
resource "terraform_data" "release" {
  input = "1"
}

resource "aws_api_gateway_usage_plan" "basic" {
  name = "basic"

  api_stages {
    api_id = aws_api_gateway_rest_api.orders.id
    stage  = aws_api_gateway_stage.prod.stage_name
  }

  throttle_settings {
    rate_limit  = 50
    burst_limit = 100
  }

  quota_settings {
    limit  = 1000
    period = "DAY"
  }
}

resource "aws_api_gateway_api_key" "acme" {
  name = "acme"

  lifecycle {
    replace_triggered_by = []
  }
}

resource "aws_api_gateway_usage_plan_key" "acme" {
  key_id        = aws_api_gateway_api_key.acme.id
  key_type      = "API_KEY"
  usage_plan_id = aws_api_gateway_usage_plan.basic.id
}

locals {
  released = terraform_data.release.output
  value    = aws_api_gateway_api_key.acme.value
}

# more
