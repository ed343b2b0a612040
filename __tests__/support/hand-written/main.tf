# Usage plans as people write them by hand: nothing here comes from a catalog.
terraform {
  required_providers {
    aws = {
      source  = "aws"
      version = "5.100.0"
    }
  }
}

variable "backend" {
  default = "https://backend.example.com"
}

variable "partners" {
  type    = set(string)
  default = ["acme", "initech"]
}

resource "aws_api_gateway_rest_api" "pets" {
  name = "Pet Shop"
}

resource "aws_api_gateway_resource" "pets" {
  rest_api_id = aws_api_gateway_rest_api.pets.id
  parent_id   = aws_api_gateway_rest_api.pets.root_resource_id
  path_part   = "pets"
}

resource "aws_api_gateway_resource" "pet" {
  rest_api_id = aws_api_gateway_rest_api.pets.id
  parent_id   = aws_api_gateway_resource.pets.id
  path_part   = "{id}"
}

resource "aws_api_gateway_method" "list" {
  rest_api_id      = aws_api_gateway_rest_api.pets.id
  resource_id      = aws_api_gateway_resource.pets.id
  http_method      = "GET"
  authorization    = "NONE"
  api_key_required = true
}

resource "aws_api_gateway_integration" "list" {
  rest_api_id       = aws_api_gateway_rest_api.pets.id
  resource_id       = aws_api_gateway_method.list.resource_id
  http_method       = aws_api_gateway_method.list.http_method
  type              = "MOCK"
  request_templates = { "application/json" = jsonencode({ statusCode = 200 }) }
}

resource "aws_api_gateway_method_response" "list" {
  rest_api_id = aws_api_gateway_rest_api.pets.id
  resource_id = aws_api_gateway_resource.pets.id
  http_method = aws_api_gateway_method.list.http_method
  status_code = "200"
}

resource "aws_api_gateway_integration_response" "list" {
  rest_api_id        = aws_api_gateway_rest_api.pets.id
  resource_id        = aws_api_gateway_resource.pets.id
  http_method        = aws_api_gateway_method.list.http_method
  status_code        = aws_api_gateway_method_response.list.status_code
  response_templates = { "application/json" = "{\"stage\":\"$context.stage\"}" }
  depends_on         = [aws_api_gateway_integration.list]
}

resource "aws_api_gateway_method" "one" {
  rest_api_id        = aws_api_gateway_rest_api.pets.id
  resource_id        = aws_api_gateway_resource.pet.id
  http_method        = "GET"
  authorization      = "NONE"
  request_parameters = { "method.request.path.id" = true }
}

resource "aws_api_gateway_integration" "one" {
  rest_api_id             = aws_api_gateway_rest_api.pets.id
  resource_id             = aws_api_gateway_resource.pet.id
  http_method             = aws_api_gateway_method.one.http_method
  type                    = "HTTP_PROXY"
  integration_http_method = "GET"
  uri                     = "${var.backend}/pets/{id}"
  request_parameters      = { "integration.request.path.id" = "method.request.path.id" }
}

resource "aws_api_gateway_deployment" "pets" {
  rest_api_id = aws_api_gateway_rest_api.pets.id
  depends_on  = [aws_api_gateway_integration_response.list, aws_api_gateway_integration.one]
  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_api_gateway_stage" "pets" {
  for_each      = toset(["test", "prod"])
  rest_api_id   = aws_api_gateway_rest_api.pets.id
  deployment_id = aws_api_gateway_deployment.pets.id
  stage_name    = each.key
}

resource "aws_api_gateway_usage_plan" "gold" {
  name = "Gold"
  api_stages {
    api_id = aws_api_gateway_rest_api.pets.id
    stage  = aws_api_gateway_stage.pets["prod"].stage_name
    throttle {
      path        = "/pets/GET"
      rate_limit  = 1
      burst_limit = 2
    }
  }
  api_stages {
    api_id = aws_api_gateway_rest_api.pets.id
    stage  = aws_api_gateway_stage.pets["test"].stage_name
  }
  throttle_settings {
    rate_limit  = 10
    burst_limit = 5
  }
  quota_settings {
    limit  = 8
    period = "DAY"
  }
}

resource "aws_api_gateway_api_key" "partner" {
  for_each = var.partners
  name     = each.key
  enabled  = each.key != "initech"
}

resource "aws_api_gateway_usage_plan_key" "partner" {
  for_each      = aws_api_gateway_api_key.partner
  key_id        = each.value.id
  key_type      = "API_KEY"
  usage_plan_id = aws_api_gateway_usage_plan.gold.id
}

module "silver" {
  source = "./tier"
  name   = "Silver"
  api_id = aws_api_gateway_rest_api.pets.id
  stage  = aws_api_gateway_stage.pets["test"].stage_name
  keys   = 2
}
