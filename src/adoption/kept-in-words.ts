/** Names of kept attributes; of a map, without the entries that are kept. */
export const keptInWords = (attributes: readonly string[]): string =>
  [...new Set(attributes.map((attribute) => attribute.replace(/\[".*"\]$/, "")))].join(", ");
