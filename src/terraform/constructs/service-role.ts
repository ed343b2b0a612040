import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import type { Construct } from "constructs";
import { canonicalJson } from "../../text/canonical-json";
import { byName } from "../../text/order";
import type { PolicyStatement } from "../../vocabulary/handler";
import type { Route } from "../../vocabulary/route";
import { named } from "./named";
import { allowing, assumedBy } from "./policy-document";

/**
 * The role with which API Gateway calls the AWS services of an API's routes, with just the rights that these need; `undefined`
 * where no route needs it.
 */
export function addServiceRole(scope: Construct, api: string, routes: readonly Route[]): IamRole | undefined {
  const statements = statementsOf(routes);
  if (statements.length === 0) return undefined;
  const role = named(IamRole, scope, "integrations-role", {
    // Roles are global: a name of its own would keep the catalog out of a second Region.
    namePrefix: `${api.slice(0, 24)}-integrations-`,
    assumeRolePolicy: assumedBy("apigateway.amazonaws.com"),
  });
  named(IamRolePolicy, scope, "integrations-rights", {
    name: "integrations",
    role: role.id,
    policy: allowing(statements),
  });
  return role;
}

/** Each once, sorted: routes of one queue need one right. */
function statementsOf(routes: readonly Route[]): PolicyStatement[] {
  const needed = routes.flatMap(({ integration }) =>
    integration.type === "aws" && integration.settings?.credentials === undefined ? integration.statements : [],
  );
  const byText = new Map(needed.map((each) => [canonicalJson(each), each]));
  return [...byText].sort(([a], [b]) => byName(a, b)).map(([, each]) => each);
}
