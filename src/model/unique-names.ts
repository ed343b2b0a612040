/** A name for each thing; of things that have the same, each after the first gets a number: `gold`, `gold-2`. */
export function uniqueNames<Thing>(
  things: readonly Thing[],
  nameOf: (thing: Thing) => string,
): ReadonlyMap<Thing, string> {
  const taken = new Set(things.map(nameOf));
  const given = new Set<string>();
  return new Map(
    things.map((thing) => {
      const name = nameOf(thing);
      let unique = name;
      for (let number = 2; given.has(unique) || (unique !== name && taken.has(unique)); number++)
        unique = `${name}-${number}`;
      given.add(unique);
      return [thing, unique];
    }),
  );
}
