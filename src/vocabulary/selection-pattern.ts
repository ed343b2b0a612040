/** What regular expressions have in Java and not in JavaScript: flags within, quoted parts, possessive quantifiers. */
const OF_JAVA: readonly [RegExp, string][] = [
  [/\(\?[idmsux]+\)/g, ""],
  [/\(\?[idmsux]+:/g, "(?:"],
  [/\\Q.*?(\\E|$)/gs, "x"],
  [/([*+?}])\+/g, "$1"],
];

/** Whether API Gateway takes a pattern that selects a response: it is a Java regular expression. */
export function isSelectionPattern(pattern: string): boolean {
  try {
    new RegExp(OF_JAVA.reduce((text, [of, instead]) => text.replace(of, instead), pattern));
    return true;
  } catch {
    return false;
  }
}
