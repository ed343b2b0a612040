variable "name" {}
variable "api_id" {}
variable "stage" {}
variable "keys" {}

terraform {
  required_providers {
    aws = { source = "aws" }
  }
}

resource "aws_api_gateway_usage_plan" "this" {
  name = var.name
  dynamic "api_stages" {
    for_each = [var.stage]
    content {
      api_id = var.api_id
      stage  = api_stages.value
    }
  }
}

resource "aws_api_gateway_api_key" "this" {
  count = var.keys
  name  = "${lower(var.name)}-${count.index}"
}

resource "aws_api_gateway_usage_plan_key" "this" {
  count         = var.keys
  key_id        = aws_api_gateway_api_key.this[count.index].id
  key_type      = "API_KEY"
  usage_plan_id = aws_api_gateway_usage_plan.this.id
}
