import { stringOf } from "../contract/attributes";
import { functionNameIn } from "../contract/function-uri";
import type { InvocationPermission } from "./model";
import type { ResourceIndex } from "./resource-index";
import { isKnown, reference, referencesIn, type TerraformResource } from "./terraform-resource";

/** The permissions by which an API may call a function; those of other APIs and other callers are left out. */
export function permissionsOf(
  called: TerraformResource,
  api: TerraformResource,
  index: ResourceIndex,
): InvocationPermission[] {
  return index.ofType("aws_lambda_permission").flatMap((permission): InvocationPermission[] => {
    const { action, principal, function_name, qualifier, source_arn } = permission.attributes;
    if (!/^lambda:(InvokeFunction|\*)$/i.test(stringOf(action)) || !isPrincipal(stringOf(principal))) return [];
    const named = calledBy(stringOf(function_name), called, index);
    if (!named) return [];
    const source = sourceOf(stringOf(source_arn), api, index);
    if (source === "other") return [];
    const origin = index.originOf(permission);
    const alias = stringOf(qualifier) || named.qualifier;
    return [{ ...origin, qualifier: alias !== undefined && !isKnown(alias) ? "*" : alias, source: source?.pattern }];
  });
}

const isPrincipal = (principal: string) => principal === "*" || /^apigateway\.amazonaws\.com/.test(principal);

/** Whether a text names the function, and by which version or alias; a text that is known only later may. */
function calledBy(
  text: string,
  called: TerraformResource,
  index: ResourceIndex,
): { readonly qualifier: string | undefined } | undefined {
  const [alias] = index.referredIn(text, "aws_lambda_alias");
  if (alias) {
    const own = calledBy(stringOf(alias.attributes.function_name), called, index);
    return own && { qualifier: stringOf(alias.attributes.name) };
  }
  const referred = index.referredIn(text, called.type);
  if (referred.length > 0) return referred.includes(called) ? { qualifier: undefined } : undefined;
  if (!isKnown(text)) return { qualifier: "*" };
  const isNamed = functionNameIn(text) === called.attributes.function_name;
  return isNamed ? { qualifier: /:function:[\w-]+:([\w$-]+)$/.exec(text)?.[1] } : undefined;
}

/** What follows the API's execution ARN; everything where no source is given. */
function sourceOf(text: string, api: TerraformResource, index: ResourceIndex) {
  if (text === "") return { pattern: "*" };
  const local = withOwnArn(text, api, index);
  if (local.startsWith("execute-api:")) {
    const pattern = local.slice("execute-api:/".length);
    return { pattern: isKnown(pattern) ? pattern : undefined };
  }
  if (isKnown(text)) return text === "*" ? { pattern: "*" } : ("other" as const);
  const addresses = referencesIn(text).map(({ address }) => address);
  const isOther = addresses.length > 0 && addresses.every((each) => each !== "" && each !== api.address);
  return isOther ? ("other" as const) : { pattern: undefined };
}

/** A text in which `execute-api:` stands for the ARN by which an API is called, however that is written. */
export function withOwnArn(text: string, api: TerraformResource, index: ResourceIndex): string {
  for (const arn of index.attributeTexts(api, "execution_arn"))
    if (text.startsWith(arn)) return `execute-api:${text.slice(arn.length)}`;
  const [, id = "", rest = ""] = /^arn:[^:]*:execute-api:[^:]*:[^:]*:([^/]*)(.*)$/s.exec(text) ?? [];
  const own = [...index.attributeTexts(api, "id"), reference(api.stack, api.address, "id"), "*"];
  return own.includes(id) ? `execute-api:${rest}` : text;
}
