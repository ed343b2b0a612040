import { fillTemplate } from "../../../src/gateway/templates/fill-template";
import { MappingTemplateError } from "../../../src/gateway/templates/value";
import { Overrides } from "../../../src/gateway/templates/variables";

const VARIABLES: Readonly<Record<string, string>> = {
  "context.stage": "prod",
  "context.identity.sourceIp": "192.0.2.7",
  "context.authorizer.plan": "gold",
};
const BODY =
  '{"pets":[{"name":"Rex","age":3},{"name":"Tom","age":9}],"two words":1,"owner":{"name":"Joe"},"none":null}';

const fill = (template: string, body = BODY, overrides = new Overrides()): string =>
  fillTemplate(template, {
    body,
    overrides,
    variables: (name) => (Object.hasOwn(VARIABLES, name) ? VARIABLES[name] : undefined),
    stageVariables: { release: "7" },
    parameters: {
      path: { id: "42" },
      querystring: { id: "query", page: "2" },
      header: { Accept: "text/plain", Origin: "https://b.example" },
    },
  });

test.each([
  ["a text without variables stays as it is", '{"statusCode": 200}', '{"statusCode": 200}'],
  ["context variables", "$context.stage from $context.identity.sourceIp", "prod from 192.0.2.7"],
  ["values of the authorizer", "$context.authorizer.plan ${context.authorizer.get('plan')}", "gold gold"],
  ["stage variables", "$stageVariables.release ${stageVariables.release} $stageVariables.get('release')", "7 7 7"],
  ["what does not exist is empty", "[$stageVariables.x$context.x$input.path('$.none')$x.y$!z]", "[]"],
  [
    "parameters: the path's first, then the query's, then headers, whose case does not matter",
    "$input.params('id') $input.params('page') $input.params('accept')",
    "42 2 text/plain",
  ],
  ["a parameter that does not exist is empty", "[$input.params('nobody')]", "[]"],
  ["all parameters by group", "$input.params().path.id $input.params('querystring').page", "42 2"],
  ["JSON of a path in the body", "$input.json('$.pets[0].name') $input.json('$.nothing')", '"Rex" ""'],
  ["a value of the body", "$input.path('$.pets[0].age') $input.path(\"$['two words']\")", "3 1"],
  [
    "each of a list, and at any depth",
    "$input.json('$.pets[*].age') $input.json('$..name')",
    '[3,9] ["Rex","Tom","Joe"]',
  ],
  ["the body", "$input.body", BODY],
  [
    "a list of the body is printed as JSON, a map as Java does",
    "$input.path('$.pets') $input.path('$.owner')",
    '[{"name":"Rex","age":3},{"name":"Tom","age":9}] {name=Joe}',
  ],
  ["a list of the template is printed as Java does", "#set($l = [1, 'a', [2]])$l", "[1, a, [2]]"],
  [
    "conditions",
    '#if($input.params(\'page\') == "2"){"statusCode": 404}#else{"statusCode": 200}#end',
    '{"statusCode": 404}',
  ],
  ["elseif, not, and, or", "#if(!$a && 1 > 2)x#elseif($a || 2 >= 2)y#{else}z#end", "y"],
  [
    "loops",
    "#foreach($pet in $input.path('$.pets'))$foreach.index:$pet.name#if($foreach.hasNext),#end#end",
    "0:Rex,1:Tom",
  ],
  ["a loop ends at its break", "#foreach($i in [1..5])#if($i == 3)#break#end$i#end", "12"],
  ["entries of a map", "#foreach($e in $input.path('$.owner').entrySet())$e.key=$e.getValue()#end", "name=Joe"],
  ["arithmetic", "#set($x = (1 + 2) * 3 - 7 / 2)$x", "6"],
  ["what is set", "#set($name = $util.urlEncode('a b/é~'))$name", "a+b%2F%C3%A9%7E"],
  ["Base64", "$util.base64Decode($util.base64Encode('Rex'))", "Rex"],
  ["texts for JavaScript", "$util.escapeJavaScript('\"a\\b')", '\\"a\\\\b'],
  ["JSON in a string", "$util.parseJson('{\"a\": [1]}').a[0]", "1"],
  ["macros", "#macro(tag $t)<$t>#end#tag('b')#tag($context.stage)", "<b><prod>"],
  [
    "variables in double quotes, and not in single ones",
    "#set($x = \"$context.stage!\")#set($y = '$x')$x $y",
    "prod! $x",
  ],
  ["comments and raw text", "a## comment\nb#* block *#c #[[$raw]]#", "abc $raw"],
])("%s", (_, template, filled) => {
  expect(fill(template)).toBe(filled);
});

test("the console's template that passes all parameters through prints all of them", () => {
  const template = `#set($allParams = $input.params())
{
"params" : {
#foreach($type in $allParams.keySet())
    #set($params = $allParams.get($type))
"$type" : {
    #foreach($paramName in $params.keySet())
    "$paramName" : "$util.escapeJavaScript($params.get($paramName))"
        #if($foreach.hasNext),#end
    #end
}
    #if($foreach.hasNext),#end
#end
}
}`;
  expect(JSON.parse(fill(template))).toEqual({
    params: {
      path: { id: "42" },
      querystring: { id: "query", page: "2" },
      header: { Accept: "text/plain", Origin: "https:\\/\\/b.example".replaceAll("\\", "") },
    },
  });
});

test("the preflight for several origins that generators write answers with the caller's", () => {
  const overrides = new Overrides();
  const template = `#set($origin = $input.params().header.get("Origin"))
#if($origin == "") #set($origin = $input.params().header.get("origin")) #end
#if($origin.matches("https://a.example") || $origin.matches("https://[a-z]+[.]example"))
  #set($context.responseOverride.header.Access-Control-Allow-Origin = $origin)
#end`;
  fill(template, BODY, overrides);
  expect(overrides.headers).toEqual([["Access-Control-Allow-Origin", "https://b.example"]]);
});

test("a template overrides the status and headers of the answer, and parameters of the request", () => {
  const overrides = new Overrides();
  fill(
    "#set($context.responseOverride.status = 444)#set($context.responseOverride.header.x = 'y')" +
      "#set($context.requestOverride.path.id = 'other')",
    BODY,
    overrides,
  );
  expect([overrides.status, overrides.headers]).toEqual([444, [["x", "y"]]]);
  expect(fill("$context.requestOverride.path.id", BODY, overrides)).toBe("other");
});

describe("methods of Java", () => {
  test.each<[string, string]>([
    ["'abc'.length()", "3"],
    ["'abc'.matches('a.*')", "true"],
    ["''.isEmpty()", "true"],
    ["'a-b-c'.split('-')", "[a, b, c]"],
    ["'a-b-c'.replaceAll('-', '+')", "a+b+c"],
    ["'a1b22'.replaceAll('([0-9]+)', '<$1>')", "a<1>b<22>"],
    ["'abc'.substring(1, 2)", "b"],
    ["'abc'.indexOf('c')", "2"],
    ["' a '.trim()", "a"],
    ["'aB'.toUpperCase()", "AB"],
    ["'abc'.startsWith('ab')", "true"],
    ["'abc'.equalsIgnoreCase('ABC')", "true"],
    ["[1, 2].size()", "2"],
    ["[1, 2].contains(2)", "true"],
    ["[1, 2].get(0)", "1"],
    ["{'a': 1}.containsKey('a')", "true"],
    ["{'a': 1}.size()", "1"],
  ])("%s", (expression, expected) => {
    const [, receiver = "", method = ""] = /^('.*?'|\[.*?\]|\{.*?\})\.(.*)$/.exec(expression) ?? [];
    expect(fill(`#set($x = ${receiver})$x.${method}`)).toBe(expected);
  });
});

test.each([
  ["a condition without an end", "#if($context.stage"],
  ["a filter in a JSON path", "$input.json('$.pets[?(@.age > 3)]')"],
  ["a method that does not exist", "#set($x = 'a')$x.foo()"],
  ["a function of $util that does not exist", "$util.exec('x')"],
  ["what is not JSON", "$util.parseJson('{')"],
  ["an index outside of a list", "#set($x = [1])$x.get(7)"],
  ["#parse", '#parse("other.vm")'],
])("%s is an error, which the route answers with 500", (_, template) => {
  expect(() => fill(template)).toThrow(MappingTemplateError);
});
