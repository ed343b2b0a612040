import { fillTemplate, MappingTemplateError } from "../../src/gateway/mapping-template";

const VARIABLES: Readonly<Record<string, string>> = {
  "context.stage": "prod",
  "context.identity.sourceIp": "192.0.2.7",
  "stageVariables.release": "7",
  "method.request.path.id": "path",
  "method.request.querystring.id": "query",
  "method.request.querystring.page": "2",
  "method.request.header.Accept": "text/plain",
};
const variables = (name: string) => VARIABLES[name];
const BODY = '{"pets":[{"name":"Rex","age":3}],"it\'s":1}';

test.each([
  ["a text without variables stays as it is", '{"statusCode": 200}', '{"statusCode": 200}'],
  ["context variables", "$context.stage from $context.identity.sourceIp", "prod from 192.0.2.7"],
  ["stage variables", "$stageVariables.release ${stageVariables.release}", "7 7"],
  [
    "parameters: the path's first, then the query's, then headers",
    "$input.params('id') $input.params('page') $input.params('Accept')",
    "path 2 text/plain",
  ],
  ["a parameter that is not there is empty", "[$input.params('nobody')]", "[]"],
  ["JSON of a path in the body", "$input.json('$.pets[0].name')", '"Rex"'],
  ["a value of the body", "$input.path('$.pets[0].age')", "3"],
  ["the body", "$input.body", BODY],
  [
    "conditions",
    '#if($input.params(\'page\') == "2"){"statusCode": 404}#else{"statusCode": 200}#end',
    '{"statusCode": 404}',
  ],
  ["loops", "#foreach($pet in $input.path('$.pets'))$pet.name;#end", "Rex;"],
  ["what is set", "#set($name = $util.urlEncode('a b'))$name", "a%20b"],
  ["Base64", "$util.base64Decode($util.base64Encode('Rex'))", "Rex"],
  ["texts for JavaScript", "$util.escapeJavaScript('\"')", '\\"'],
])("%s", (_, template, filled) => {
  expect(fillTemplate(template, { body: BODY, variables })).toBe(filled);
});

test.each([
  ["a condition without an end", "#if($context.stage"],
  ["a JSON path that is not known here", "$input.json('$..name')"],
])("%s is an error, which the route answers with 500", (_, template) => {
  expect(() => fillTemplate(template, { body: BODY, variables })).toThrow(MappingTemplateError);
});
