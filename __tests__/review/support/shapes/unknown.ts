import type { Shape, ShapeChange } from "./shape";

const main = (from: string, to: string) => ["main.tf", from, to] as const;
const api = (from: string, to: string) => ["api.tf", from, to] as const;

const RELEASE = main('input = "1"', 'input = "2"');
const more = (text: string): ShapeChange => ({ edits: [main("# more", text)] });
const released = (text: string): ShapeChange => ({ edits: [RELEASE, main("# more", text)] });

/** What is known only after the apply, what goes around Terraform's resources, and where values of keys go. */
export const UNKNOWN_SHAPES: Readonly<Record<string, Shape>> = {
  "one-customer": {
    folders: ["api", "one-customer"],
    changes: {
      nothing: {},
      "rate-known-later": { edits: [RELEASE, main("rate_limit  = 50", "rate_limit  = local.released")] },
      "quota-known-later": { edits: [RELEASE, main("limit  = 1000", "limit  = local.released")] },
      "enabled-known-later": {
        edits: [RELEASE, main('name = "acme"', 'name    = "acme"\n  enabled = local.released == "2"')],
      },
      "stage-known-later": {
        edits: [RELEASE, api('stage_name    = "prod"', 'stage_name    = "v${local.released}"')],
      },
      "stages-known-later": {
        edits: [
          RELEASE,
          main(
            "  api_stages {\n    api_id = aws_api_gateway_rest_api.orders.id\n    stage  = aws_api_gateway_stage.prod.stage_name\n  }",
            '  dynamic "api_stages" {\n    for_each = ["v${local.released}"]\n    content {\n      api_id = aws_api_gateway_rest_api.orders.id\n      stage  = api_stages.value\n    }\n  }',
          ),
        ],
      },
      "plan-known-later": {
        edits: [
          RELEASE,
          main(
            "usage_plan_id = aws_api_gateway_usage_plan.basic.id",
            'usage_plan_id = local.released == "" ? "x" : aws_api_gateway_usage_plan.basic.id',
          ),
        ],
      },
      "key-tied-to-a-release": {
        edits: [RELEASE, main("replace_triggered_by = []", "replace_triggered_by = [terraform_data.release]")],
      },
      "program-run": more(
        'resource "terraform_data" "cli" {\n  provisioner "local-exec" {\n    command = "aws apigateway update-usage-plan"\n  }\n}',
      ),
      "sensitive-output-of-something-else": released(
        'output "release" {\n  value     = local.released\n  sensitive = true\n}',
      ),
      "value-in-an-output": more(
        'output "basic_auth" {\n  value = nonsensitive(base64encode("acme:${local.value}"))\n}',
      ),
      "value-in-an-output-later": released(
        'output "joined" {\n  value = nonsensitive("${local.released} ${local.value}")\n}',
      ),
      "value-in-a-write-only-string": more(
        'resource "aws_ssm_parameter" "acme" {\n  name             = "/acme"\n  type             = "String"\n  value_wo         = local.value\n  value_wo_version = 1\n}',
      ),
      "value-in-a-queue": more(
        'resource "aws_sqs_queue" "acme" {\n  name = "acme"\n  tags = { key = nonsensitive(local.value) }\n}',
      ),
      "value-in-user-data": more(
        'resource "aws_instance" "acme" {\n  ami              = "ami-12345678"\n  instance_type    = "t3.micro"\n  user_data_base64 = base64encode("KEY=${local.value}")\n}',
      ),
      "value-kept-by-terraform": more('resource "terraform_data" "copy" {\n  input = { acme = local.value }\n}'),
      "function-url": more(
        'resource "aws_lambda_function_url" "orders" {\n  function_name      = "orders"\n  authorization_type = "NONE"\n}',
      ),
    },
  },
};
