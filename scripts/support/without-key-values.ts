/**
 * A plan in which every value of a key is replaced, wherever it stands, by a text of which everyone sees what it is.
 *
 * @param stays whether a value stays, because it is a made-up one
 */
export function withoutKeyValues(plan: string, stays: (value: string) => boolean = () => false): string {
  const values = new Map<string, string>();
  const { resource_changes = [] } = JSON.parse(plan) as { resource_changes?: readonly PlannedChange[] };
  for (const { type, address, change } of resource_changes)
    for (const each of [change.before, change.after])
      if (type === "aws_api_gateway_api_key" && each?.value && !stays(each.value) && !values.has(each.value))
        values.set(each.value, fakeValueOf(each.name ?? address, values.size));
  const replaced = (text: string) => text.replace(/[A-Za-z0-9]{20,}/g, (word) => values.get(word) ?? word);
  return replaced(plan).replace(/[A-Za-z0-9+/]{20,}={0,2}/g, (word) => {
    const text = Buffer.from(word, "base64").toString("utf8");
    return replaced(text) === text ? word : Buffer.from(replaced(text)).toString("base64");
  });
}

/** Two values are two texts, also where the keys have one name. */
const fakeValueOf = (name: string, index: number) =>
  `FakeKeyValueOf${name.replace(/[^A-Za-z0-9]/g, "")}${index}ForTheTests`;

interface PlannedChange {
  readonly type: string;
  readonly address: string;
  readonly change: { readonly before: Key | null; readonly after: Key | null };
}

interface Key {
  readonly name?: string;
  readonly value?: string;
}
