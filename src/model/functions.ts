import { resolve } from "node:path";
import { blockOf, numberOf, stringOf, stringsOf } from "../contract/attributes";
import { FUNCTION_DEFAULTS } from "../contract/defaults";
import { functionNameIn } from "../contract/function-uri";
import type { FunctionModel, InvocationPermission, UnsupportedIntegration } from "./model";
import { permissionsOf } from "./permissions";
import type { ResourceIndex } from "./resource-index";
import { isKnown, readable, referencesIn, type TerraformResource } from "./terraform-resource";
import type { UnsupportedCall } from "./unsupported";

/** A function, the version or alias that is called, and who may call it. */
export interface CalledFunction {
  readonly function: FunctionModel;
  readonly qualifier: string | undefined;
  readonly permissions: readonly InvocationPermission[];
}

/** The function that an integration or an authorizer of an API calls by its URI, or why it cannot be called. */
export function functionCalledBy(
  uri: string,
  api: TerraformResource,
  index: ResourceIndex,
): CalledFunction | UnsupportedIntegration {
  const resource = functionNamedIn(uri, index);
  if (!resource) return cannotCall({ kind: "external-function", uri: readable(uri) });
  const { filename, function_name, runtime, handler, timeout, memory_size, source_code_hash } = resource.attributes;
  const zip = stringOf(filename);
  if (zip === "" || !isKnown(zip)) return cannotCall({ kind: "no-code", function: resource.address });
  return {
    function: {
      ...index.originOf(resource),
      name: stringOf(function_name),
      zip: resolve(resource.folder, zip),
      codeHash: stringOf(source_code_hash) || undefined,
      handler: stringOf(handler),
      runtime: stringOf(runtime),
      timeoutSeconds: numberOf(timeout) ?? FUNCTION_DEFAULTS.timeoutSeconds,
      memorySize: numberOf(memory_size) ?? FUNCTION_DEFAULTS.memorySize,
      environment: environmentOf(resource, index),
    },
    qualifier: qualifierIn(uri, index),
    permissions: permissionsOf(resource, api, index),
  };
}

/** The version or alias that a URI calls; `*` where that is known only after a deploy. */
function qualifierIn(uri: string, index: ResourceIndex): string | undefined {
  const [alias] = index.referredIn(uri, "aws_lambda_alias");
  if (alias) return stringOf(alias.attributes.name);
  const isDerived = referencesIn(uri).some(({ derived }) => derived);
  const qualifier = /(?:\uE001|:function:[\w-]+):([\w$-]+|\$\{stageVariables\.[\w-]+\})(?:\/invocations)?$/.exec(
    uri,
  )?.[1];
  return qualifier ?? (isDerived ? "*" : undefined);
}

export const cannotCall = (because: UnsupportedCall): UnsupportedIntegration => ({ type: "other", because });

function functionNamedIn(uri: string, index: ResourceIndex): TerraformResource | undefined {
  const [direct] = index.referredIn(uri, "aws_lambda_function");
  if (direct) return direct;
  const [alias] = index.referredIn(uri, "aws_lambda_alias");
  const name = alias ? stringOf(alias.attributes.function_name) : functionNameIn(uri);
  if (name === undefined) return undefined;
  const [referred] = index.referredIn(name, "aws_lambda_function");
  const plain = functionNameIn(name);
  return referred ?? index.ofType("aws_lambda_function").find(({ attributes }) => attributes.function_name === plain);
}

function environmentOf(resource: TerraformResource, index: ResourceIndex): Readonly<Record<string, string>> {
  const variables = Object.entries(stringsOf(blockOf(resource.attributes.environment).variables));
  const unknown = variables.filter(([, value]) => !isKnown(value));
  for (const [name, value] of unknown)
    index.leaveOut(resource, { kind: "environment-variable", name, value: readable(value) });
  return Object.fromEntries(variables.filter(([, value]) => isKnown(value)));
}
