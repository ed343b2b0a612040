/** Values by what they have in common, in the order in which they came. */
export function groupedBy<Value>(values: Iterable<Value>, of: (value: Value) => string): Map<string, Value[]> {
  const groups = new Map<string, Value[]>();
  for (const each of values) {
    const name = of(each);
    const group = groups.get(name);
    if (group) group.push(each);
    else groups.set(name, [each]);
  }
  return groups;
}
