# Some routes stand in the body of the API, and one beside it.
terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "5.100.0"
    }
  }
}

variable "mode" {
  default = "overwrite"
}

resource "aws_api_gateway_rest_api" "mixed" {
  name              = "mixed"
  put_rest_api_mode = var.mode
  body              = file("${path.module}/openapi.json")
}

resource "aws_api_gateway_resource" "admin" {
  rest_api_id = aws_api_gateway_rest_api.mixed.id
  parent_id   = aws_api_gateway_rest_api.mixed.root_resource_id
  path_part   = "admin"
}

resource "aws_api_gateway_method" "admin" {
  rest_api_id      = aws_api_gateway_rest_api.mixed.id
  resource_id      = aws_api_gateway_resource.admin.id
  http_method      = "GET"
  authorization    = "NONE"
  api_key_required = true
}

resource "aws_api_gateway_integration" "admin" {
  rest_api_id             = aws_api_gateway_rest_api.mixed.id
  resource_id             = aws_api_gateway_resource.admin.id
  http_method             = aws_api_gateway_method.admin.http_method
  type                    = "HTTP_PROXY"
  integration_http_method = "GET"
  uri                     = "https://admin.internal.example.com/"
}

resource "aws_api_gateway_deployment" "mixed" {
  rest_api_id = aws_api_gateway_rest_api.mixed.id
  depends_on  = [aws_api_gateway_integration.admin]

  triggers = {
    body = filesha1("${path.module}/openapi.json")
  }

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_api_gateway_stage" "mixed" {
  rest_api_id   = aws_api_gateway_rest_api.mixed.id
  deployment_id = aws_api_gateway_deployment.mixed.id
  stage_name    = "prod"
}

resource "aws_api_gateway_usage_plan" "mixed" {
  name = "mixed"

  api_stages {
    api_id = aws_api_gateway_rest_api.mixed.id
    stage  = aws_api_gateway_stage.mixed.stage_name
  }
}

resource "aws_api_gateway_api_key" "mixed" {
  name = "operator"
}

resource "aws_api_gateway_usage_plan_key" "mixed" {
  key_id        = aws_api_gateway_api_key.mixed.id
  key_type      = "API_KEY"
  usage_plan_id = aws_api_gateway_usage_plan.mixed.id
}
