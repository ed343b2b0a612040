# The routes stand in the configuration, as an OpenAPI document by jsonencode.
terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "5.100.0"
    }
  }
}

resource "aws_api_gateway_rest_api" "this" {
  name = "invoices"
  body = jsonencode({
    openapi = "3.0.1"
    info = {
      title   = "invoices"
      version = "1.0"
    }
    components = {
      securitySchemes = {
        api_key = { type = "apiKey", name = "x-api-key", in = "header" }
      }
    }
    paths = {
      "/invoices" = {
        get = {
          security  = [{ api_key = [] }]
          responses = { "200" = { description = "Invoices" } }
          x-amazon-apigateway-integration = {
            httpMethod           = "GET"
            payloadFormatVersion = "1.0"
            type                 = "HTTP_PROXY"
            uri                  = "https://ip-ranges.amazonaws.com/ip-ranges.json"
          }
        }
      }
      "/ping" = {
        get = {
          responses = { "200" = { description = "It is there" } }
          x-amazon-apigateway-integration = {
            httpMethod = "GET"
            type       = "HTTP_PROXY"
            uri        = "https://ping.internal.example.com/"
          }
        }
      }
    }
  })
}

resource "aws_api_gateway_deployment" "this" {
  rest_api_id = aws_api_gateway_rest_api.this.id

  triggers = {
    redeployment = sha1(jsonencode(aws_api_gateway_rest_api.this.body))
  }

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_api_gateway_stage" "this" {
  deployment_id = aws_api_gateway_deployment.this.id
  rest_api_id   = aws_api_gateway_rest_api.this.id
  stage_name    = "live"
}

resource "aws_api_gateway_usage_plan" "this" {
  name = "invoices"

  api_stages {
    api_id = aws_api_gateway_rest_api.this.id
    stage  = aws_api_gateway_stage.this.stage_name

    throttle {
      path        = "/invoices/GET"
      rate_limit  = 5
      burst_limit = 10
    }
  }
}

resource "aws_api_gateway_api_key" "this" {
  name = "accounting"
}

resource "aws_api_gateway_usage_plan_key" "this" {
  key_id        = aws_api_gateway_api_key.this.id
  key_type      = "API_KEY"
  usage_plan_id = aws_api_gateway_usage_plan.this.id
}
