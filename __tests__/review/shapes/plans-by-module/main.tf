# A module for plans, which gets the stages as objects; keys are put into its plans by their ids.
module "plan" {
  source = "./plan"

  for_each = {
    bronze = { limit = 10, stages = [aws_api_gateway_stage.prod] }
    gold   = { limit = 1000, stages = [aws_api_gateway_stage.prod, aws_api_gateway_stage.test] }
  }

  name   = each.key
  limit  = each.value.limit
  stages = { for stage in each.value.stages : stage.id => stage }
}

locals {
  subscribers = {
    acme   = "gold"
    globex = "bronze"
  }
}

resource "aws_api_gateway_api_key" "subscriber" {
  for_each    = local.subscribers
  name        = each.key
  description = "Key of ${each.key}"
}

resource "aws_api_gateway_usage_plan_key" "subscriber" {
  for_each      = local.subscribers
  key_id        = aws_api_gateway_api_key.subscriber[each.key].id
  key_type      = "API_KEY"
  usage_plan_id = module.plan[each.value].id
}
