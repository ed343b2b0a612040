# A module for each customer, by for_each over a map of objects.
variable "customers" {
  default = {
    acme    = { rate = 100, burst = 200, quota = null, stages = ["prod", "test"] }
    globex  = { rate = 10, burst = 20, quota = { limit = 5000, period = "MONTH" }, stages = ["prod"] }
    initech = { rate = 10, burst = 20, quota = null, stages = ["prod"] }
  }
}

module "customer" {
  source   = "./customer"
  for_each = var.customers

  name        = each.key
  rest_api_id = aws_api_gateway_rest_api.orders.id
  stages      = each.value.stages
  rate_limit  = each.value.rate
  burst_limit = each.value.burst
  quota       = each.value.quota

  depends_on = [aws_api_gateway_stage.prod, aws_api_gateway_stage.test]
}
