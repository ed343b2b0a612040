import { RE2JS } from "re2js";
import { MappingTemplateError } from "./value";

const compiled = new Map<string, RE2JS>();
/** Patterns come from files, not from requests, so there are few. */
const MOST_PATTERNS = 1_000;

/**
 * Whether a selection pattern of an integration response, a Java regular expression, matches a whole string.
 *
 * @throws MappingTemplateError for a pattern that is not supported, such as one with a lookahead
 */
export function isSelected(pattern: string, text: string): boolean {
  let expression = compiled.get(pattern);
  if (!expression) {
    try {
      expression = RE2JS.compile(pattern, RE2JS.DOTALL);
    } catch (error) {
      throw new MappingTemplateError(`the selection pattern ${pattern} is not supported: ${(error as Error).message}`);
    }
    if (compiled.size >= MOST_PATTERNS) compiled.clear();
    compiled.set(pattern, expression);
  }
  return expression.matches(text);
}
