import { defineUnchecked, petShop, problemsOf } from "../support/catalogs";

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
    [
      "a client certificate by its ARN",
      { stages: { prod: { clientCertificateId: "arn:aws:apigateway:us-east-1::/clientcertificates/a1b2c3" } } },
      /clientCertificateId must be the id of a client certificate of API Gateway, got "arn:.*aws apigateway get-client-certificates/,
    ],
    ["a size as text", { minimumCompressionSize: "1024" }, /minimumCompressionSize must be a whole number/],
  ])("%s", (_, fields, problem) => {
    expect(problemsWith(fields)).toEqual([expect.stringMatching(problem)]);
  });
});

test("a stage that nobody can call is a warning", () => {
  const { findings } = defineUnchecked(
    petShop({
      apis: {
        pets: {
          disableExecuteApiEndpoint: true,
          stages: { prod: { domains: [{ name: "pets.example.com" }] }, test: {} },
          routes: { "GET /pets": { mock: 200 } },
        },
      },
      domainNames: { "pets.example.com": { existing: true } },
    }),
  );
  expect(findings.map(({ place, message }) => `${place}: ${message}`)).toEqual([
    'api "pets": stage "test": has no domain name, and its API does not answer at its own address ' +
      "(disableExecuteApiEndpoint), so nobody can call it; give it domains",
  ]);
});
