import { LambdaAlias } from "@cdktf/provider-aws/lib/lambda-alias";
import type { LambdaFunction } from "@cdktf/provider-aws/lib/lambda-function";
import { LambdaPermission } from "@cdktf/provider-aws/lib/lambda-permission";
import type { TerraformResource } from "cdktf";
import type { Construct } from "constructs";
import { canaryAlias } from "../../vocabulary/canary";
import type { Stage } from "../../vocabulary/stage";
import type { ApiDefinition } from "./api-definition";
import { idOf, named } from "./named";

/**
 * For each handler an alias that holds the version of a release until the next, and the right to call it. Beside a canary that
 * alias stays where it is, and another one has the new version.
 *
 * @param scope the release, in which they stand
 */
export function addReleaseAliases(scope: Construct, definition: ApiDefinition, stage: Stage): TerraformResource[] {
  const { executionArn } = definition.restApi;
  return [...definition.functions].flatMap(([handler, { function: released }]) => {
    const callers: Caller[] = [
      [[], `${executionArn}/${stage.name}/*/*`],
      ...(definition.authorizerHandlers.has(handler)
        ? [[["authorizer"], `${executionArn}/authorizers/*`] as const]
        : []),
    ];
    const pinned = pin(scope, { handler, released, alias: stage.name, callers, stays: stage.canary !== undefined });
    if (!stage.canary) return pinned;
    const canary = { handler, released, alias: canaryAlias(stage.name), callers, stays: false, part: ["canary"] };
    return [...pinned, ...pin(scope, canary)];
  });
}

type Caller = readonly [name: readonly string[], sourceArn: string];

interface Pinned {
  readonly handler: string;
  readonly released: LambdaFunction;
  readonly alias: string;
  readonly callers: readonly Caller[];
  /** Whether it goes on holding the version that it holds. */
  readonly stays: boolean;
  readonly part?: readonly string[];
}

function pin(
  scope: Construct,
  { handler, released, alias: name, callers, stays, part = [] }: Pinned,
): TerraformResource[] {
  // What a stage called goes after the stage has stopped to call it.
  const lifecycle = { createBeforeDestroy: true };
  const alias = named(LambdaAlias, scope, idOf("alias", handler, ...part), {
    name,
    functionName: released.functionNameInput as string,
    functionVersion: released.version,
    lifecycle: stays ? { ...lifecycle, ignoreChanges: ["function_version"] } : lifecycle,
  });
  const permissions = callers.map(([caller, sourceArn]) =>
    named(LambdaPermission, scope, idOf("permission", handler, ...caller, ...part), {
      action: "lambda:InvokeFunction",
      principal: "apigateway.amazonaws.com",
      functionName: alias.functionName,
      qualifier: alias.name,
      sourceArn,
      lifecycle,
    }),
  );
  return [alias, ...permissions];
}
