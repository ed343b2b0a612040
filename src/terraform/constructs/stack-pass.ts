import { DefaultTokenResolver, type IResolveContext, StringConcat, type TerraformStack, Tokenization } from "cdktf";
import type { IConstruct } from "constructs";
import { hasResourceOverrides } from "./overrides";

/** The JSON of a stack, as cdktf gives it. */
interface StackJson {
  resource?: Record<string, Record<string, object>>;
}

const RESOLVER = new DefaultTokenResolver(new StringConcat());

/** One pass of cdktf over a stack: it prepares, and then synthesizes. */
export class StackPass {
  private readonly values = new Map<string, unknown>();
  private readonly blocks = new Map<string, Map<string, object>>();

  /** @param takesBlocks whether the stack puts blocks of resources into its JSON itself */
  constructor(
    private readonly stack: IConstruct,
    readonly preparing: boolean,
    readonly takesBlocks: boolean,
  ) {}

  /**
   * What a value with tokens comes to, of which a string is resolved once in each pass: ten thousand plan keys refer to
   * the same few plans, which cdktf would look up for each of them.
   */
  resolve(value: unknown): unknown {
    if (typeof value !== "string") return this.resolved(value);
    if (!this.values.has(value)) this.values.set(value, this.resolved(value));
    return this.values.get(value);
  }

  /** Has the stack put a block into its JSON, which cdktf would merge and resolve name by name. */
  addBlock(type: string, name: string, block: object): void {
    const ofType = this.blocks.get(type) ?? new Map<string, object>();
    this.blocks.set(type, ofType.set(name, block));
  }

  /** @throws Error for an address that another resource has too */
  addBlocksTo(json: StackJson): void {
    for (const [type, ofType] of this.blocks) {
      const blocks = json.resource?.[type] ?? {};
      for (const [name, block] of ofType) {
        if (Object.hasOwn(blocks, name))
          throw new Error(`stack "${this.stack.node.path}" has two resources ${type}.${name}; give one another name`);
        blocks[name] = block;
      }
      json.resource = { ...json.resource, [type]: blocks };
    }
  }

  private resolved(value: unknown): unknown {
    return Tokenization.resolve(value, { scope: this.stack, preparing: this.preparing, resolver: RESOLVER });
  }
}

/** The pass that a stack is in. */
const passes = new WeakMap<IConstruct, StackPass>();

/** The pass of a stack that puts blocks into its JSON itself; `undefined` of any other stack, and outside of a pass. */
export function passOver(stack: IConstruct): StackPass | undefined {
  const pass = passes.get(stack);
  return pass?.takesBlocks ? pass : undefined;
}

/** The pass of any stack in which cdktf resolves a token. */
export function passIn({ scope: stack, preparing }: IResolveContext): StackPass {
  const current = passes.get(stack);
  if (current?.preparing === preparing) return current;
  const next = new StackPass(stack, preparing, false);
  passes.set(stack, next);
  return next;
}

/** Runs cdktf's own preparation of a stack that puts blocks into its JSON itself, unless somebody else has put some there. */
export function prepareInPass(stack: TerraformStack, prepare: () => void): void {
  inPass(stack, new StackPass(stack, true, !hasResourceOverrides(stack)), prepare);
}

/** Runs cdktf's own synthesis of such a stack, and adds the blocks. */
export function synthesizeInPass<Json extends StackJson>(stack: TerraformStack, synthesize: () => Json): Json {
  const pass = new StackPass(stack, false, !hasResourceOverrides(stack));
  const json = inPass(stack, pass, synthesize);
  pass.addBlocksTo(json);
  return json;
}

function inPass<Result>(stack: TerraformStack, pass: StackPass, run: () => Result): Result {
  passes.set(stack, pass);
  try {
    return run();
  } finally {
    passes.delete(stack);
  }
}
