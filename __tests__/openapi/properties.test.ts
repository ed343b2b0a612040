import fc from "fast-check";
import { CatalogError } from "../../src";
import { apiFromDocument } from "../support/openapi-documents";
import { type Json, onlyResource, resources } from "../support/synthesize";
import { type Asked, askedOf, methodsOf, stackOf, stackTextOf } from "./support/asked-of-callers";
import { askingDocument, asksOfDocument, asksOfRoute } from "./support/asking-documents";
import { distinctPlaces, richDocuments, type TextPlace, withText } from "./support/rich-documents";

/** How many documents are tried; each is synthesized. `PROPERTY_RUNS=5000 npx jest -- openapi/properties` takes some minutes. */
const RUNS = Number(process.env.PROPERTY_RUNS ?? 60);
jest.setTimeout(60_000 + RUNS * 500);

/** What Terraform would evaluate of any text, each with a word that our own expressions do not have. */
const EXPRESSIONS = [
  '${upper("leak")}',
  "${path.leak}",
  "%{ if true }leak%{ endif }",
  "%{for leak in [1]}y%{endfor}",
  "$${leak}",
  "$$${leak}",
  "%%{leak}",
  '${file("/etc/leak")}',
  "${~ leak ~}",
  "${leak",
  "${TfToken[TOKEN.3]}leak",
];

/** Expressions and directives that Terraform finds in a text: `$${` and `%%{` are texts. */
const expressionsIn = (text: string): string[] =>
  [...text.matchAll(/\$\$\{|%%\{|\$\{[^}]*\}?|%\{[^}]*\}?/g)].flatMap(([found]) =>
    found === "$${" || found === "%%{" ? [] : [found],
  );

function expressionsOf(value: Json): string[] {
  if (typeof value === "string") return expressionsIn(value);
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, each]) => [...expressionsIn(name), ...expressionsOf(each)]);
}

/** What Terraform's JSON of a document has of expressions; `undefined` for a document that is refused, which names its place. */
function evaluated(document: Json): string[] | undefined {
  try {
    return expressionsOf(JSON.parse(stackTextOf(apiFromDocument(document, {}))));
  } catch (cause) {
    if (!(cause instanceof CatalogError)) throw cause;
    for (const { place, message } of cause.findings) expect([place, message]).not.toContain("");
    return undefined;
  }
}

test("whatever a document asks of a caller, the API asks", () => {
  let taken = 0;
  fc.assert(
    fc.property(askingDocument, (asking) => {
      const { document } = asking;
      const expected = asksOfDocument(asking);
      let stack: Json;
      try {
        stack = stackOf(apiFromDocument(document, asking.options));
      } catch (cause) {
        // What API Gateway cannot ask is refused; it is never left out.
        if (cause instanceof CatalogError) return;
        throw cause;
      }
      taken++;
      const asked = askedOf(stack);
      expect(Object.keys(asked).sort()).toEqual(Object.keys(expected).sort());
      const validators = Object.values(resources(stack, "aws_api_gateway_request_validator"));
      for (const [route, asks] of Object.entries(expected)) {
        const { method } = methodsOf(stack)[route] ?? {};
        const isChecked = method.request_parameters?.["method.request.querystring.q"] === true;
        if (isChecked)
          expect(validators).toContainEqual(expect.objectContaining({ validate_request_parameters: true }));
        const all = [
          ...asksOfRoute(asked[route] as Asked),
          ...(isChecked && method.request_validator_id ? ["?q"] : []),
        ];
        expect(all).toEqual(expect.arrayContaining([...asks]));
      }
      const api = onlyResource(stack, "aws_api_gateway_rest_api");
      const endpoint = endpointOf(document);
      if (document["x-amazon-apigateway-policy"])
        expect(JSON.parse(api.policy)).toEqual(document["x-amazon-apigateway-policy"]);
      if (endpoint.types)
        expect(api.endpoint_configuration).toEqual({
          types: endpoint.types,
          vpc_endpoint_ids: endpoint.vpcEndpointIds,
        });
      expect(api.disable_execute_api_endpoint ?? false).toBe(endpoint.disableExecuteApiEndpoint ?? false);
    }),
    { numRuns: RUNS * 3 },
  );
  expect(taken).toBeGreaterThan(RUNS / 2);
});

const ENDPOINT = "x-amazon-apigateway-endpoint-configuration";
const endpointOf = (document: Json) => document[ENDPOINT] ?? document.servers[0][ENDPOINT];

describe("no text of a document reaches Terraform as an expression", () => {
  const own = Object.fromEntries(
    Object.entries(richDocuments).map(([name, document]) => [name, new Set(evaluated(document))]),
  );
  const foreign = (name: string, document: Json) =>
    (evaluated(document) ?? []).filter(
      (each) =>
        !own[name]?.has(each) && !/^\$\{(aws_[a-z_]+|data\.aws_[a-z_]+|terraform_data)\.[\w.[\]"-]+\}$/.test(each),
    );
  const change: fc.Arbitrary<(text: string) => string> = fc
    .tuple(fc.constantFrom(...EXPRESSIONS), fc.constantFrom("after", "before", "instead"))
    .map(([expression, where]) => (text) => {
      const change = { after: `${text}${expression}`, before: `${expression}${text}`, instead: expression };
      return change[where as "after"];
    });

  test.each(Object.keys(richDocuments))("the document in %s is taken as it is", (name) => {
    expect(evaluated(richDocuments[name])).toBeDefined();
    expect(own[name]?.size).toBeGreaterThan(10);
  });

  test.each(Object.keys(richDocuments))("wherever it stands, as a value or as a name: %s", (name) => {
    const document = richDocuments[name];
    const places = distinctPlaces(document);
    const changes = fc.array(fc.tuple(fc.constantFrom<TextPlace>(...places), change), { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(changes, (all) => {
        const changed = all.reduce((before, [place, each]) => withText(before, place, each), document);
        expect(foreign(name, changed)).toEqual([]);
      }),
      { numRuns: RUNS },
    );
  });

  test("in texts that decide nothing, and so are taken", () => {
    const taken =
      /(title|description|summary|operationId|pattern|responseTemplates|requestTemplates|identityValidation)/;
    const document = richDocuments["OpenAPI 3.0"];
    const places = distinctPlaces(document).filter(({ path, isName }) => !isName && taken.test(path.join(".")));
    fc.assert(
      fc.property(fc.constantFrom(...places), fc.constantFrom(...EXPRESSIONS.slice(0, 8)), (place, expression) => {
        const changed = withText(document, place, (text) => `${text} ${expression}`);
        expect(foreign("OpenAPI 3.0", changed)).toEqual([]);
      }),
      { numRuns: Math.ceil(RUNS / 2) },
    );
  });
});
