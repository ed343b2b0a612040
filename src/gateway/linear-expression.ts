import { RE2JS } from "re2js";
import { remembering } from "../memory/remembering";

/** Whether a pattern matches a whole string. */
export type WholeMatch = (text: string) => boolean;

/**
 * A regular expression of a file, which meets what clients send: only such as take linear time. Java's lookarounds and back
 * references do not, and are not supported.
 *
 * @returns why it is not supported, where it is not
 */
export const linearExpression: (pattern: string) => WholeMatch | { readonly problem: string } = remembering(
  (pattern) => {
    // A status, mostly.
    if (/^\w*$/.test(pattern)) return (text: string) => text === pattern;
    try {
      const expression = RE2JS.compile(pattern, RE2JS.DOTALL);
      return (text: string) => expression.matches(text);
    } catch (error) {
      return { problem: (error as Error).message };
    }
  },
);
