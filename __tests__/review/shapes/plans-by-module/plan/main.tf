variable "name" {}
variable "limit" {}
variable "stages" {}

resource "aws_api_gateway_usage_plan" "this" {
  name = var.name

  dynamic "api_stages" {
    for_each = var.stages
    content {
      api_id = api_stages.value.rest_api_id
      stage  = api_stages.value.stage_name

      throttle {
        path        = "/orders/GET"
        rate_limit  = var.limit
        burst_limit = var.limit * 2
      }
    }
  }

  quota_settings {
    limit  = var.limit * 100
    period = "DAY"
  }
}

output "id" {
  value = aws_api_gateway_usage_plan.this.id
}
