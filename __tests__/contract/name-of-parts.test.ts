import fc from "fast-check";
import { nameOfParts, partsOfName } from "../../src/contract/name-of-parts";

describe("the Terraform name of something in others", () => {
  test.each([
    [["meditations"], "meditations"],
    [["meditations", "GET", "meditations"], "meditations_GET_meditations"],
    [["meditations", "GET", "meditations", "{id}"], "meditations_GET_meditations_-id"],
    [["files", "ANY", "{proxy+}"], "files_ANY_--proxy"],
    [["pet-shop", "GET", "user_profiles"], "pet-shop_GET_user__profiles"],
    [["pets", "GET"], "pets_GET"],
    [["pets", "GET", "pets", "{id}", "200"], "pets_GET_pets_-id_200"],
  ])("%j reads %s", (parts, name) => {
    expect(nameOfParts(parts)).toBe(name);
    expect(partsOfName(name)).toEqual(parts);
  });

  test.each([
    ["a character that Terraform refuses", ["docs", "GET", "openapi.json"], /^docs_GET_openapi-json-[0-9a-f]{8}$/],
    ["a part that begins like a parameter", ["pets", "GET", "-id"], /^pets_GET_id-[0-9a-f]{8}$/],
    ["a part that ends like a separator", ["pets", "GET", "a_", "b"], /^pets_GET_a_b-[0-9a-f]{8}$/],
    ["a name that looks like one with a hash", ["pets-0123abcd"], /^pets-0123abcd-[0-9a-f]{8}$/],
    ["a digit at the beginning", ["4711"], /^_4711-[0-9a-f]{8}$/],
    [
      "the ARN of a function",
      ["pets", "arn:aws:lambda:us-east-1:123456789012:function:pets:live"],
      /^pets_function-pets-live-[0-9a-f]{8}$/,
    ],
    ["a very long path", ["pets", "GET", ..."abcdefgh".repeat(30).split("d")], /^pets_GET_abc_.{187}-[0-9a-f]{8}$/],
  ])("%s gets a hash", (_, parts, name) => {
    expect(nameOfParts(parts)).toMatch(name);
    expect(partsOfName(nameOfParts(parts))).toBeUndefined();
  });

  const character = fc.constantFrom(..."ab_-.:{}+0GET");
  const part = fc.oneof(
    fc.string({ unit: character, minLength: 1, maxLength: 6 }),
    fc.string({ unit: character, minLength: 1, maxLength: 3 }).map((name) => `{${name}}`),
    fc.constantFrom("GET", "pets", "{id}", "id", "{proxy+}", "0123abcd", "a-0123abcd"),
  );
  const parts = fc.array(part, { minLength: 1, maxLength: 4 });

  test("is a Terraform identifier", () => {
    fc.assert(
      fc.property(parts, (each) => {
        expect(nameOfParts(each)).toMatch(/^[A-Za-z_][A-Za-z0-9_-]*$/);
      }),
    );
  });

  test("is read back, or has a hash", () => {
    fc.assert(
      fc.property(parts, (each) => {
        const name = nameOfParts(each);
        if (/-[0-9a-f]{8}$/.test(name)) expect(partsOfName(name)).toBeUndefined();
        else expect(partsOfName(name)).toEqual(each);
      }),
      { numRuns: 2_000 },
    );
  });

  test("is the name of no other parts", () => {
    fc.assert(
      fc.property(parts, parts, (one, other) => {
        expect(nameOfParts(one) === nameOfParts(other)).toBe(JSON.stringify(one) === JSON.stringify(other));
      }),
      { numRuns: 5_000 },
    );
  });
});
