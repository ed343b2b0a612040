import { linearExpression } from "../linear-expression";
import { MappingTemplateError } from "./value";

/**
 * Whether a selection pattern of an integration response, a Java regular expression, matches a whole string.
 *
 * @throws MappingTemplateError for a pattern that is not supported, such as one with a lookahead
 */
export function isSelected(pattern: string, text: string): boolean {
  const matches = linearExpression(pattern);
  if (typeof matches === "function") return matches(text);
  throw new MappingTemplateError(`the selection pattern ${pattern} is not supported: ${matches.problem}`);
}
