/**
 * A function of a string that finds each result once. Beyond the capacity all results are forgotten, so it is for strings
 * of which few are in use: templates, patterns and paths that stand in files.
 */
export function remembering<Result>(find: (text: string) => Result, capacity = 1_000): (text: string) => Result {
  const results = new Map<string, Result>();
  return (text) => {
    const known = results.get(text);
    if (known !== undefined || results.has(text)) return known as Result;
    const result = find(text);
    if (results.size >= capacity) results.clear();
    results.set(text, result);
    return result;
  };
}
