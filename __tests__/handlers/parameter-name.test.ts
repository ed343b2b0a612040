import fc from "fast-check";
import { parameterName as nameForReader } from "../../handlers/lib/key-authorizer/parameter-name";
import { parameterName as nameForWriter } from "../../src";

test("the authorizer looks for a key where it is handed over, whatever the subscription is called", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (subscription) => {
      expect(nameForReader("/keys/", subscription)).toBe(nameForWriter("/keys/", subscription));
    }),
  );
});
