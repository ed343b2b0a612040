import fc from "fast-check";
import { distinctNames, findNamed, namesOf, RANKS } from "../../src/model/names";

interface Thing {
  readonly stack: string | undefined;
  readonly address: string;
  readonly name: string;
  readonly catalogId: string | undefined;
}

const key = (stack: string, address: string, name: string, catalogId?: string): Thing => ({
  stack,
  address,
  name,
  catalogId,
});

function named(things: readonly Thing[]) {
  const names = distinctNames(
    [things],
    (thing) => namesOf(thing, thing.catalogId),
    ({ catalogId }) => (catalogId === undefined ? RANKS.managed : RANKS.ofCatalog),
  );
  return things.map((thing) => ({ ...thing, id: names.get(thing) ?? "" }));
}

const find = (name: string, things: readonly Thing[]) =>
  findNamed(name, named(things), "subscription", ({ catalogId }) => catalogId);

describe("a thing gets the shortest name that no other has", () => {
  test.each<[string, Thing[], string[]]>([
    ["its name", [key("shop", "key.a", "joe"), key("shop", "key.b", "amy")], ["joe", "amy"]],
    ["with the stack", [key("dev", "key.a", "joe"), key("prod", "key.a", "joe")], ["dev/joe", "prod/joe"]],
    ["its address", [key("shop", "key.a", "joe"), key("shop", "key.b", "joe")], ["key.a", "key.b"]],
    [
      "its address with the stack",
      [key("dev", "key.a", "joe"), key("dev", "key.b", "joe"), key("prod", "key.a", "joe")],
      ["dev/key.a", "key.b", "prod/joe"],
    ],
    ["the catalog's id", [key("access", "key.a", "b", "a"), key("access", "key.b", "a", "b")], ["a", "b"]],
    [
      "the catalog's id, though a key of somebody else's is called so",
      [key("access", "key.joe", "x", "joe"), key("access", "key.other", "joe")],
      ["joe", "key.other"],
    ],
    [
      "the catalog's id with the stack, where two environments stand side by side",
      [key("dev", "key.joe", "joe", "joe"), key("prod", "key.joe", "joe", "joe")],
      ["dev/joe", "prod/joe"],
    ],
  ])("%s", (_, things, expected) => {
    expect(named(things).map(({ id }) => id)).toEqual(expected);
  });

  test("whatever they are called", () => {
    const arbitraryThing = fc.record({
      stack: fc.constantFrom("dev", "prod", "a"),
      address: fc.constantFrom("key.a", "key.b", "key.c"),
      name: fc.constantFrom("", "a", "b", "dev/a", "key.a", "prod/key.b"),
      catalogId: fc.constantFrom(undefined, "a", "b"),
    });
    const things = fc.uniqueArray(arbitraryThing, {
      selector: ({ stack, address, catalogId }) =>
        catalogId === undefined ? `${stack}|${address}` : `${stack} ${catalogId}`,
    });
    fc.assert(
      fc.property(things, (all) => {
        const ofCatalog = all
          .filter(({ catalogId }) => catalogId !== undefined)
          .map(({ stack, address }) => stack + address);
        const others = all.filter(
          ({ catalogId, stack, address }) => catalogId === undefined && !ofCatalog.includes(stack + address),
        );
        const kept = [...all.filter(({ catalogId }) => catalogId !== undefined), ...others];
        const ids = named(kept).map(({ id }) => id);
        expect(new Set(ids).size).toBe(ids.length);
      }),
    );
  });
});

describe("a person's name for a thing", () => {
  test("is the catalog's id, and not the name of another's key in AWS", () => {
    const things = [key("access", "key.a", "b", "a"), key("access", "key.c", "c", "c")];
    expect(find("a", things).address).toBe("key.a");
    expect(() => find("b", things)).toThrow('unknown subscription "b", which is the name in AWS of "a"; write that');
  });

  test("is refused where it could be several, with all of them", () => {
    const things = [key("dev", "key.joe", "joe", "joe"), key("prod", "key.joe", "joe", "joe")];
    expect(() => find("joe", things)).toThrow(
      '"joe" is the name of 2 subscriptions, "dev/joe", "prod/joe"; write one of these',
    );
    expect(find("prod/joe", things).stack).toBe("prod");
  });

  test("may be a name or an address in plain Terraform, if only one has it", () => {
    const things = [key("shop", "key.a", "joe"), key("shop", "key.b", "joe"), key("shop", "key.c", "amy")];
    expect(find("amy", things).address).toBe("key.c");
    expect(find("key.b", things).address).toBe("key.b");
    expect(() => find("joe", things)).toThrow(
      '"joe" is the name of 2 subscriptions, "key.a", "key.b"; write one of these',
    );
  });

  test("that is misspelt is answered with the nearest", () => {
    expect(() => find("joe-blak", [key("access", "key.j", "x", "joe-black")])).toThrow('did you mean "joe-black"?');
  });
});
