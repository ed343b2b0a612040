import { type IResolvable, type IResolveContext, type TerraformResource, TerraformStack } from "cdktf";
import { overridesOf } from "./overrides";
import { passIn, passOver, type StackPass } from "./stack-pass";

// biome-ignore lint/suspicious/noExplicitAny: TypeScript asks for it where a class extends a class that it is given
type ClassOf<Instance> = new (...args: any[]) => Instance;

export interface OneOfMany {
  /**
   * The Terraform name that this resource had before; a `moved` block follows from it. cdktf's own `moveFromId` asks an
   * installed Terraform for its version at every synth.
   */
  movedFrom: string | undefined;
}

/**
 * A resource of which one stack may hold ten thousand. The synthesized block says the same, but without what it does not
 * say and without cdktf's note of where it was made, and cdktf resolves no more of it than it must.
 *
 * On its own cdktf resolves every block three times, names of fields and absent fields included, which takes longer than
 * all the rest: to find references between stacks, for which the fields with tokens are enough; block by block, which is
 * left out here; and all blocks together. A stack of this project puts blocks that have nothing but fields into its JSON
 * itself; in any other stack, each of them is a token until its turn comes.
 */
export function oneOfMany<Base extends ClassOf<TerraformResource>>(Base: Base): Base & ClassOf<OneOfMany> {
  return class extends Base implements OneOfMany {
    movedFrom: string | undefined;

    override toTerraform(): object {
      const pass = passOver(TerraformStack.of(this));
      if (pass) return pass.preparing ? this.#prepare(pass) : this.#fragment(pass);
      return new Later(this, (context) =>
        context.preparing ? this.#prepare(passIn(context)) : asIs(this.#fragment(passIn(context)), context),
      );
    }

    override toMetadata() {
      return said(super.toMetadata());
    }

    override get terraformMetaArguments() {
      return said(super.terraformMetaArguments);
    }

    /** Has cdktf find the references to other stacks. */
    #prepare(pass: StackPass): object {
      for (const fields of [this.synthesizeAttributes(), this.rawOverrides])
        for (const value of Object.values(fields)) if (!isKnown(value)) pass.resolve(value);
      return {};
    }

    #fragment(pass: StackPass): object {
      const { terraformResourceType: type, friendlyUniqueId: name } = this;
      const moved = this.movedFrom && { moved: [{ from: `${type}.${this.movedFrom}`, to: `${type}.${name}` }] };
      const fields = this.synthesizeAttributes();
      if (!this.#hasFieldsAlone(fields) || overridesOf(TerraformStack.of(this), type)[name] !== undefined)
        return { ...this.#synthesized(), ...moved };
      const block = resolved(fields, pass);
      if (!pass.takesBlocks)
        return { resource: { [type]: { [name]: new Later(this, (context) => asIs(block, context)) } }, ...moved };
      pass.addBlock(type, name, block);
      return moved || {};
    }

    /** Whether there is nothing that cdktf would add to the fields. */
    #hasFieldsAlone(fields: object): boolean {
      const { dependsOn, count, provider, lifecycle, forEach, connection, provisioners } = this;
      return (
        (dependsOn ?? count ?? provider ?? lifecycle ?? forEach ?? connection ?? provisioners) === undefined &&
        Object.keys(this.toMetadata()).length === 0 &&
        Object.values(fields).every((value) => typeof value !== "object")
      );
    }

    #synthesized() {
      const { terraformResourceType: type, friendlyUniqueId: name } = this;
      const synthesized = super.toTerraform();
      const block = synthesized.resource?.[type]?.[name];
      // Without the absent parts, which would take away what other blocks have put there.
      if (!block) return said(synthesized);
      delete block["//"];
      return { ...said(synthesized), resource: { [type]: { [name]: said(block) } } };
    }
  };
}

class Later implements IResolvable {
  readonly creationStack = [];

  constructor(
    private readonly of: TerraformResource,
    readonly resolve: IResolvable["resolve"],
  ) {}

  toString(): string {
    return this.of.node.path;
  }
}

/** Has cdktf take a token's value without resolving what is in it. */
function asIs(value: object, context: IResolveContext): undefined {
  context.registerPostProcessor({ postProcess: () => value });
}

/** cdktf's marks of what is known later: in a string, and in a number that stands in a string. */
const MARK = /TfToken\[|\de\+\d/;

function isKnown(value: unknown): boolean {
  return value === undefined || typeof value === "boolean" || (typeof value === "string" && !MARK.test(value));
}

function resolved(fields: Readonly<Record<string, unknown>>, pass: StackPass): object {
  const block: Record<string, unknown> = {};
  for (const name of Object.keys(fields)) {
    const value = fields[name];
    if (value !== undefined) block[name] = isKnown(value) ? value : pass.resolve(value);
  }
  return block;
}

/** Without the fields that say nothing, for cdktf takes its time with them too. */
function said(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const kept: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(fields)) if (value !== undefined) kept[name] = value;
  return kept;
}
