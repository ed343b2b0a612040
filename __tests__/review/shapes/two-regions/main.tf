# The same API in two Regions, by provider aliases and one module.
terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "5.100.0"
    }
  }
}

provider "aws" {
  alias  = "eu"
  region = "eu-west-1"
}

provider "aws" {
  alias  = "us"
  region = "us-east-1"
}

variable "customers" {
  type    = list(string)
  default = ["acme", "globex"]
}

module "eu" {
  source    = "./region"
  customers = var.customers
  providers = { aws = aws.eu }
}

module "us" {
  source    = "./region"
  customers = var.customers
  providers = { aws = aws.us }
}
