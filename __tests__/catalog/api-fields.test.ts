import { petShop, problemsOf } from "../support/catalogs";

const problemsWith = (fields: object) =>
  problemsOf(petShop({ apis: { pets: { stages: { prod: {} }, routes: { "GET /pets": { mock: 200 } }, ...fields } } }));

describe("a field of an API is refused", () => {
  test.each<[string, object, RegExp]>([
    [
      "a media type without a slash",
      { binaryMediaTypes: ["png"] },
      /binaryMediaTypes.0 must be a media type, got "png"; write it as "image\/png"/,
    ],
    [
      "a media type with a parameter",
      { binaryMediaTypes: ["text/plain; charset=utf-8"] },
      /binaryMediaTypes.0 must be a media type/,
    ],
    [
      "a media type that stands twice",
      { binaryMediaTypes: ["image/png", "image/png"] },
      /binaryMediaTypes must name each media type once/,
    ],
    [
      "a media type alone",
      { binaryMediaTypes: "image/png" },
      /binaryMediaTypes must be a list of media types, got "image\/png"/,
    ],
    [
      "a negative size",
      { minimumCompressionSize: -1 },
      /minimumCompressionSize must be a whole number of bytes from 0 to 10485760, got -1/,
    ],
    ["a size beyond 10 MB", { minimumCompressionSize: 10_485_761 }, /minimumCompressionSize must be a whole number/],
    ["a size as text", { minimumCompressionSize: "1024" }, /minimumCompressionSize must be a whole number/],
  ])("%s", (_, fields, problem) => {
    expect(problemsWith(fields)).toEqual([expect.stringMatching(problem)]);
  });
});
