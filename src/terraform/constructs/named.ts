import { type TerraformElement, TerraformResource, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { nameOfParts } from "../../contract/name-of-parts";

/**
 * Kinds of our own constructs, as they stand in their ids before a colon. Terraform's resource types say the same, so
 * they are not part of names: `route:GET pets {id}` is called `GET`, `pets`, `{id}`.
 */
const KIND =
  /^(?:alarm|alias|answer|api|authorizer|base-path|domain-name|domain-names|handler|model|path|permission|release|response|responses|route|settings|validator|validators|vpc-link):/;

/** The id of a construct of ours, made of a kind and of what it is called. */
export const idOf = (kind: string, ...parts: readonly string[]): string => `${kind}:${parts.join(" ")}`;

/**
 * Creates a resource with the name that its place makes: the ids of the constructs in which it stands in its stack, and
 * its own where that says more than a kind. So two definitions in one stack never share a name, and a name depends on
 * nothing but what it names.
 */
export function named<Resource extends TerraformElement, Config>(
  Type: new (scope: Construct, id: string, config: Config) => Resource,
  scope: Construct,
  id: string,
  config: NoInfer<Config>,
): Resource {
  const resource = new Type(scope, id, config);
  const stack = TerraformStack.of(scope);
  const ids = scope.node.scopes.slice(stack.node.scopes.length).map(({ node }) => node.id);
  resource.overrideLogicalId(nameOfParts([...ids.flatMap(partsOf), ...(KIND.test(id) ? partsOf(id) : [])]));
  refuseSharedAddresses(stack);
  return resource;
}

const partsOf = (id: string) =>
  KIND.test(id)
    ? id
        .replace(KIND, "")
        .split(" ")
        .filter((part) => part !== "")
    : [id];

const checked = new WeakSet<TerraformStack>();

/** cdktf would merge two blocks of one address into one, in silence. */
function refuseSharedAddresses(stack: TerraformStack): void {
  if (checked.has(stack)) return;
  checked.add(stack);
  stack.node.addValidation({ validate: () => sharedAddresses(stack) });
}

function sharedAddresses(stack: TerraformStack): string[] {
  const owners = new Map<string, Construct>();
  return stack.node.findAll().flatMap((construct) => {
    if (!TerraformResource.isTerraformResource(construct) || TerraformStack.of(construct) !== stack) return [];
    const address = `${construct.terraformResourceType}.${construct.friendlyUniqueId}`;
    const other = owners.get(address);
    owners.set(address, construct);
    if (!other) return [];
    return [`"${other.node.path}" and "${construct.node.path}" both get the address ${address}; give one another id`];
  });
}
