# Resources that are created before they are destroyed, and names that are known only after the apply.
resource "terraform_data" "suffix" {
  input = "2024"
}

resource "aws_api_gateway_usage_plan" "standard" {
  name = "standard-${terraform_data.suffix.output}"

  api_stages {
    api_id = aws_api_gateway_rest_api.orders.id
    stage  = aws_api_gateway_stage.prod.stage_name
  }

  throttle_settings {
    rate_limit  = 10
    burst_limit = 20
  }

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_api_gateway_api_key" "acme" {
  name = "acme-${terraform_data.suffix.output}"

  lifecycle {
    create_before_destroy = true
  }
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
