import type { IResolveContext } from "cdktf";

/** One pass of cdktf over a stack: it prepares, and then synthesizes. */
interface Pass {
  readonly preparing: boolean;
  readonly values: Map<string, unknown>;
}

/** The pass that a stack is in. */
const passes = new WeakMap<object, Pass>();

/**
 * What a value with tokens comes to, of which a string is resolved once in each pass over a stack: ten thousand plan keys
 * refer to the same few plans, which cdktf would look up for each of them.
 */
export function resolveOnce(value: unknown, context: IResolveContext): unknown {
  if (typeof value !== "string") return context.resolve(value);
  const { values } = passOf(context);
  if (!values.has(value)) values.set(value, context.resolve(value));
  return values.get(value);
}

function passOf({ scope: stack, preparing }: IResolveContext): Pass {
  const current = passes.get(stack);
  if (current?.preparing === preparing) return current;
  const next = { preparing, values: new Map<string, unknown>() };
  passes.set(stack, next);
  return next;
}
