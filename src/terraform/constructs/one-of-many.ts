import { type IResolvable, type TerraformResource, Token } from "cdktf";

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
 * say and without cdktf's note of where it was made, and cdktf resolves it once.
 *
 * On its own cdktf resolves every block three times, absent fields included, which takes longer than all the rest: to find
 * references between stacks, for which the fields with tokens are enough; block by block, which is left out here; and all
 * blocks together, which is enough.
 */
export function oneOfMany<Base extends ClassOf<TerraformResource>>(Base: Base): Base & ClassOf<OneOfMany> {
  return class extends Base implements OneOfMany {
    movedFrom: string | undefined;

    override toTerraform(): IResolvable {
      return {
        creationStack: [],
        resolve: (context) => {
          if (context.preparing) {
            const fields = Object.values({ ...this.synthesizeAttributes(), ...this.rawOverrides });
            return fields.filter((value) => typeof value === "object" || Token.isUnresolved(value));
          }
          context.registerPostProcessor({ postProcess: () => this.#block(super.toTerraform()) });
          return undefined;
        },
        toString: () => this.node.path,
      };
    }

    override toMetadata() {
      return said(super.toMetadata());
    }

    override get terraformMetaArguments() {
      return said(super.terraformMetaArguments);
    }

    #block(synthesized: ReturnType<TerraformResource["toTerraform"]>) {
      const { terraformResourceType: type, friendlyUniqueId: name } = this;
      const block = synthesized.resource?.[type]?.[name];
      if (!block) return said(synthesized);
      delete block["//"];
      const moved = this.movedFrom && [{ from: `${type}.${this.movedFrom}`, to: `${type}.${name}` }];
      // Without the absent parts, which would take away what other blocks have put there.
      return { ...said(synthesized), resource: { [type]: { [name]: said(block) } }, ...(moved ? { moved } : {}) };
    }
  };
}

/** Without the fields that say nothing, for cdktf takes its time with them too. */
function said(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
