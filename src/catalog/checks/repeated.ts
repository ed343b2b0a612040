/** Entries that have a value which an earlier entry has already. */
export function repeated<Entry>(entries: readonly Entry[], pick: (entry: Entry) => string | undefined) {
  const firsts = new Map<string, Entry>();
  return entries.flatMap((again) => {
    const value = pick(again);
    if (value === undefined) return [];
    const first = firsts.get(value);
    if (first) return [{ again, first, value }];
    firsts.set(value, again);
    return [];
  });
}
