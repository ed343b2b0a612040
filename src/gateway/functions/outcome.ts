/** What a function's error says of itself, as Lambda passes it on. */
export interface FunctionError {
  /** `TypeError`, or Lambda's own such as `Runtime.ImportModuleError`. */
  readonly type: string;
  readonly message: string;
}

/** What became of one invocation. */
export type FunctionOutcome =
  /** The handler's result, as JSON carries it; `null` for none. */
  | { readonly kind: "answered"; readonly payload: unknown }
  /** The handler threw, or gave what JSON or Lambda does not take. The stack stands in the function's log alone. */
  | { readonly kind: "failed"; readonly error: FunctionError }
  /** It ran past the function's own timeout, and was ended. */
  | { readonly kind: "timed-out"; readonly reason: string }
  /** Its process ended before it answered: `process.exit`, out of memory, … */
  | { readonly kind: "crashed"; readonly reason: string }
  /** It did not run: no code, another runtime, a module that does not load. */
  | { readonly kind: "not-started"; readonly reason: string }
  /** Lambda takes no event of this size. */
  | { readonly kind: "event-too-large"; readonly reason: string }
  /** The caller's patience ended first. A function that has begun runs on, as it does on AWS. */
  | { readonly kind: "given-up" };
