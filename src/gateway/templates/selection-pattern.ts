import { RE2JS } from "re2js";
import { remembering } from "../../memory/remembering";
import { MappingTemplateError } from "./value";

/**
 * Whether a selection pattern of an integration response, a Java regular expression, matches a whole string.
 *
 * @throws MappingTemplateError for a pattern that is not supported, such as one with a lookahead
 */
export function isSelected(pattern: string, text: string): boolean {
  return compiled(pattern)(text);
}

const compiled = remembering(compile);

function compile(pattern: string): (text: string) => boolean {
  // A status, mostly.
  if (/^\w*$/.test(pattern)) return (text) => text === pattern;
  try {
    const expression = RE2JS.compile(pattern, RE2JS.DOTALL);
    return (text) => expression.matches(text);
  } catch (error) {
    throw new MappingTemplateError(`the selection pattern ${pattern} is not supported: ${(error as Error).message}`);
  }
}
