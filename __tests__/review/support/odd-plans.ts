import { APIGatewayClient, GetApiKeysCommand, UpdateApiKeyCommand } from "@aws-sdk/client-api-gateway";
import { HAND_WRITTEN_EDITS } from "./scenarios";

/** A plan that is not whole, or that says more than what it changes, of `__tests__/support/hand-written`. */
export interface OddPlan {
  /** The folder in `fixtures`. */
  readonly name: string;
  /** What becomes of `main.tf` before the plan. */
  readonly edit?: (text: string) => string;
  /** What is applied before, as far as that goes. */
  readonly applied?: (text: string) => string;
  /** What somebody does to the account before the plan; answers what takes it back. */
  readonly outside?: (env: NodeJS.ProcessEnv) => Promise<() => Promise<void>>;
  /** Of `terraform plan`. */
  readonly options?: readonly string[];
}

const edited = (text: string) => HAND_WRITTEN_EDITS.reduce((all, [from, to]) => all.replace(from, to), text);

/** Somebody disables the key of acme in the console. */
async function disableAcme(env: NodeJS.ProcessEnv): Promise<() => Promise<void>> {
  const client = new APIGatewayClient({
    endpoint: env.AWS_ENDPOINT_URL,
    region: "us-east-1",
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
  });
  const { items = [] } = await client.send(new GetApiKeysCommand({}));
  const apiKey = items.find(({ name }) => name === "acme")?.id;
  const enable = async (value: string) => {
    const patchOperations = [{ op: "replace" as const, path: "/enabled", value }];
    await client.send(new UpdateApiKeyCommand({ apiKey, patchOperations }));
  };
  await enable("false");
  return () => enable("true");
}

const CHECK = `
check "partners" {
  assert {
    condition     = length(var.partners) > 5
    error_message = "There are only \${length(var.partners)} partners."
  }
}
`;

/** A mapping that AWS refuses, because its domain name does not exist. */
const REFUSED = `
resource "aws_api_gateway_base_path_mapping" "refused" {
  api_id      = aws_api_gateway_rest_api.pets.id
  stage_name  = aws_api_gateway_stage.pets["prod"].stage_name
  domain_name = "missing.example.com"
}
`;

export const ODD_PLANS: readonly OddPlan[] = [
  { name: "odd-target", edit: edited, options: ["-target=aws_api_gateway_usage_plan.gold"] },
  { name: "odd-refresh-only", edit: edited, outside: disableAcme, options: ["-refresh-only"] },
  { name: "odd-refresh-only-without-changes", edit: edited, options: ["-refresh-only"] },
  { name: "odd-drift", outside: disableAcme },
  { name: "odd-check", edit: (text) => text + CHECK },
  { name: "odd-destroy", options: ["-destroy"] },
  { name: "odd-replace", options: ['-replace=aws_api_gateway_api_key.partner["acme"]'] },
  // The last, because it changes what is applied.
  { name: "odd-half-applied", applied: (text) => edited(text) + REFUSED, edit: (text) => edited(text) + REFUSED },
];
