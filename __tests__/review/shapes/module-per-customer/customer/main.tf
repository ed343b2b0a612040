variable "name" { type = string }
variable "rest_api_id" { type = string }
variable "stages" { type = list(string) }
variable "rate_limit" { type = number }
variable "burst_limit" { type = number }
variable "quota" {
  type    = object({ limit = number, period = string })
  default = null
}

resource "aws_api_gateway_usage_plan" "this" {
  name = "${var.name}-plan"

  dynamic "api_stages" {
    for_each = var.stages
    content {
      api_id = var.rest_api_id
      stage  = api_stages.value
    }
  }

  throttle_settings {
    rate_limit  = var.rate_limit
    burst_limit = var.burst_limit
  }

  dynamic "quota_settings" {
    for_each = var.quota[*]
    content {
      limit  = quota_settings.value.limit
      period = quota_settings.value.period
    }
  }
}

resource "aws_api_gateway_api_key" "this" {
  name = "${var.name}-key"
}

resource "aws_api_gateway_usage_plan_key" "this" {
  key_id        = aws_api_gateway_api_key.this.id
  key_type      = "API_KEY"
  usage_plan_id = aws_api_gateway_usage_plan.this.id
}

output "key_id" {
  value = aws_api_gateway_api_key.this.id
}
