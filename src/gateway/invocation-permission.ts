import type { InvocationPermission } from "../model/model";
import { HTTP_METHODS } from "../vocabulary/http-method";
import { matches } from "./authorizers/policy";

/** A function that a stage calls. */
export interface Invocation {
  /** `undefined` where API Gateway calls it in a role. */
  readonly permissions: readonly InvocationPermission[] | undefined;
  readonly qualifier: string | undefined;
  /** What calls, as AWS names it after the API's execution ARN: `prod/GET/pets/{id}`. */
  readonly sources: readonly string[];
  readonly stageVariables: Readonly<Record<string, string>>;
}

/**
 * Whether API Gateway may call a function. Without an `aws_lambda_permission` for it, it answers 500. A permission whose
 * source is known only after a deploy is taken for one.
 */
export function mayInvoke({ permissions, qualifier, sources, stageVariables }: Invocation): boolean {
  if (permissions === undefined) return true;
  const called = qualifier?.replace(/\$\{stageVariables\.([\w-]+)\}/g, (_, name: string) => stageVariables[name] ?? "");
  return permissions.some(
    ({ qualifier: allowed, source }) =>
      (called === "*" || allowed === "*" || allowed === called) &&
      (source === undefined || sources.some((each) => matches(source, each) || matches(source, withStars(each)))),
  );
}

/** A permission may have a star, or the parameter itself, in the place of a parameter of the path. */
const withStars = (source: string) => source.replace(/\{[^}]*\}/g, "*");

/** What calls a function for a route. For `ANY`, AWS names the method of the request: one that is allowed will do. */
export function sourcesOfRoute(
  stage: string,
  { method, path }: { readonly method: string; readonly path: string },
): string[] {
  const methods = method === "ANY" ? HTTP_METHODS : [method];
  return methods.map((each) => `${stage}/${each}${path}`);
}
