import fc from "fast-check";
import { Integrations } from "../../../src/gateway/integrations";
import { LocalGateway } from "../../../src/gateway/local-gateway";
import type { Trace } from "../../../src/gateway/trace";
import type { GatewayModel, RouteModel } from "../../../src/model/model";
import { defineUnchecked, withRoutes } from "../../support/catalogs";
import { readSynthesized } from "../../support/read-synthesized";

/** How many templates are tried, each with a body. `PROPERTY_RUNS=100000 npm run test:gateway -- fuzz` takes some minutes. */
const RUNS = Number(process.env.PROPERTY_RUNS ?? 1_000);
/** Processor time of one request, in microseconds: far more than any needs, on a machine that does other things too. */
const MOST_MICROSECONDS = 20_000_000;

jest.setTimeout(60_000 + RUNS * 60);

const NAMES = [
  "constructor",
  "__proto__",
  "prototype",
  "call",
  "apply",
  "bind",
  "toString",
  "valueOf",
  "__defineGetter__",
];
const MEMBERS = [
  ...NAMES,
  ...["body", "params", "path", "json", "identity", "requestOverride", "responseOverride", "header", "status"],
  ...[
    "get",
    "put",
    "putAll",
    "add",
    "addAll",
    "set",
    "remove",
    "keySet",
    "entrySet",
    "values",
    "size",
    "contains",
    "equals",
  ],
  ...["replace", "replaceAll", "split", "matches", "substring", "repeat", "concat", "length", "toUpperCase"],
  ...["parseJson", "escapeJavaScript", "base64Encode", "base64Decode", "urlEncode", "urlDecode"],
];
const ROOTS = [
  "$input",
  "$util",
  "$context",
  "$stageVariables",
  "$x",
  "$!x",
  "${l}",
  "$m",
  "$i",
  "$input.params()",
  "$input.path('$')",
];
const LITERALS = [
  "1",
  "-1",
  "99999999999",
  "0.5",
  "true",
  "null",
  "''",
  '"$x$x"',
  '"$x and ${l}"',
  "'$..a'",
  "'$.constructor'",
  "'(a+)+$'",
  "'a{1000}{1000}'",
  "[1..1000000]",
  "[0..999]",
  "[$l, $l]",
  "{'__proto__': $m, 'a': $l}",
  "$l",
  "$m",
  "$input.path('$')",
  "$input.body",
];

/** What hostile templates are made of; each size is one of some, so that generated ones are of all lengths. */
const HOSTILE = [
  "#foreach($a in [1..1000])#foreach($b in [1..1000])x#end#end",
  "#foreach($i in [1..100])#set($l = [$l, $l])#end$l",
  "#foreach($i in [1..100])#set($m = {'a': $m, 'b': $m})#end$m",
  "#foreach($i in [1..100])#set($x = $x + $x + 'xxxxxxxx')#end$x",
  "#foreach($i in [1..1000])$util.parseJson($input.body)#end",
  "#foreach($i in [1..1000])$input.json('$..a')#end",
  "#foreach($i in [1..1000])$l.addAll($l)#end",
  "#set($l = [1])$l.add($l)$l",
  "$m.put('a', $m)$m",
  "#set($r = $input.path('$'))$r.put('a', $r)$input.json('$')",
  "#set($context.responseOverride.header.x = $l)$l.add($l)",
  "#set($context.responseOverride.header = 1)",
  "#set($context.responseOverride.status = 'constructor')",
  "#set($context.requestOverride.header.constructor = $input.body)",
  "#macro(m)#m()#m()#end#m()",
  "#define($d)$d$d#end$d",
  "$x.repeat(2000000000)",
  '#set($t = "#foreach($i in [1..1000])$x#end")$t$t',
  "(".repeat(300),
  `#set($x = ${"[".repeat(60)}${"]".repeat(60)})$x`,
  `#if($x${"&& $x".repeat(50)})a#end`,
  "$x.a".repeat(100),
  "${",
  "#*",
  "#[[",
  "]]#",
  "\\$x\\\\#end",
];

const member = fc.constantFrom(...MEMBERS);
const literal = fc.constantFrom(...LITERALS);
const step = fc.oneof(
  member.map((name) => `.${name}`),
  fc.tuple(member, fc.array(literal, { maxLength: 2 })).map(([name, args]) => `.${name}(${args.join(", ")})`),
  literal.map((index) => `[${index}]`),
  member.map((name) => `['${name}']`),
);
const reference = fc
  .tuple(fc.constantFrom(...ROOTS), fc.array(step, { maxLength: 4 }))
  .map(([root, steps]) => root + steps.join(""));
const EXPRESSIONS = [
  reference,
  literal,
  fc
    .tuple(reference, fc.constantFrom("+", "-", "*", "/", "%", "==", "!=", "<", ">=", "&&", "||"), literal)
    .map((parts) => parts.join(" ")),
];
const known = fc.constantFrom(
  ...[
    "$input.params('a')",
    "$input.json('$')",
    "$input.path('$.a')",
    "$x.length()",
    "$l.size()",
    "$m.a",
    "$!l",
    "${x}",
  ],
  ...["$util.escapeJavaScript($x)", "$util.base64Encode($input.body)", "$x.replaceAll('x+', 'y')", "$m.keySet()"],
);
const expression = fc.oneof({ weight: 2, arbitrary: known }, ...EXPRESSIONS);
const piece = fc.oneof(
  { weight: 80, arbitrary: known },
  { weight: 80, arbitrary: reference },
  { weight: 40, arbitrary: fc.string({ maxLength: 12 }) },
  {
    weight: 80,
    arbitrary: fc
      .tuple(fc.constantFrom("x", "l", "m", "i", "input", "context"), expression)
      .map(([to, from]) => `#set($${to} = ${from})`),
  },
  { weight: 20, arbitrary: expression.map((each) => `#set($context.responseOverride.header.x = ${each})`) },
  { weight: 40, arbitrary: expression.map((each) => `#if(${each})a#{else}b#end`) },
  { weight: 40, arbitrary: expression.map((each) => `#foreach($i in ${each})$i $foreach.count#end`) },
  {
    weight: 20,
    arbitrary: fc.constantFrom("#end", "#stop", "#break", "#macro(x $a)", "#x(1)", "#if(true)", "#else", "## "),
  },
  // These use up all that a template may use.
  { weight: 1, arbitrary: fc.constantFrom(...HOSTILE) },
);
const START = "#set($x = 'xx')#set($l = [1, 'a'])#set($m = {'a': [1]})";
const template = fc
  .array(piece, { maxLength: 4 })
  .chain((pieces) => fc.constantFrom(START, "").map((start) => start + pieces.join("")));

const body = fc.oneof(
  fc.json(),
  fc.string(),
  template,
  fc.constantFrom(
    ...[
      '{"a": {"a": {"a": [1]}}}',
      '{"__proto__": {"polluted": 1}, "constructor": 1}',
      "[".repeat(2_000),
      "null",
      '"$x"',
    ],
  ),
  fc.constantFrom("[".repeat(3_000) + "]".repeat(3_000), `[${"1,".repeat(20_000)}1]`, "a".repeat(100_000)),
);

/** A route that answers by the templates. */
function routed(model: GatewayModel, [request, response]: readonly string[]): GatewayModel {
  const change = (route: RouteModel): RouteModel =>
    route.path !== "/hostile"
      ? route
      : {
          ...route,
          requestParameters: { "method.request.header.x": false },
          integration: {
            type: "mock",
            requestTemplates: { "application/json": `${request}{"statusCode": 200}` },
            passthroughBehavior: "WHEN_NO_MATCH",
            responses: [
              {
                statusCode: 200,
                selectionPattern: undefined,
                headers: {},
                mappedHeaders: { "X-Body": "method.request.body.a", "X-Path": `method.request.body.${response}` },
                templates: { "application/json": response ?? "" },
              },
            ],
          },
        };
  return { ...model, apis: model.apis.map((api) => ({ ...api, routes: api.routes.map(change) })) };
}

test("generated templates and bodies end in an answer, or in a 500 with a reason, and the gateway goes on", async () => {
  const open = { mock: 200, apiKeyRequired: false };
  const model = readSynthesized(defineUnchecked(withRoutes({ "POST /hostile": open, "GET /health": open })));
  const traces: Trace[] = [];
  const behind = new Integrations({});
  const local = new LocalGateway(model, { behind, seed: "fuzz", onAnswer: (trace) => traces.push(trace) });
  let at = 0;
  const send = async (method: string, path: string, sent: string) => {
    // Time enough for every bucket to be full again.
    at += 60_000;
    const { status, body } = await local.gateway.handle(
      {
        ...{ method, path, query: "a=1&__proto__=2&constructor=3", api: "pets", stage: "prod", protocol: "HTTP/1.1" },
        headers: [
          ["Content-Type", "application/json"],
          ["constructor", sent.slice(0, 100)],
          ["x", sent.slice(0, 100)],
        ],
        body: Buffer.from(sent),
        sourceIp: "127.0.0.1",
      },
      at,
    );
    return { status, body: body.toString(), reason: traces.pop()?.gatewayError?.reason };
  };
  const seen = new Map<number, number>();
  await fc.assert(
    fc.asyncProperty(template, template, body, async (request, response, sent) => {
      local.replace(routed(model, [request, response]));
      const started = process.cpuUsage();
      const { status, body, reason } = await send("POST", "/hostile", sent);
      const { user } = process.cpuUsage(started);
      seen.set(status, (seen.get(status) ?? 0) + 1);
      expect(user).toBeLessThan(MOST_MICROSECONDS);
      expect(body).not.toMatch(/native code|\[object |at [A-Z]\w+\.\w+ \(/);
      if (reason === undefined) return;
      expect([status, reason]).toEqual([500, expect.stringMatching(/^(a mapping template failed|the mock's request)/)]);
    }),
    { numRuns: RUNS },
  );
  expect(await send("GET", "/health", "")).toEqual({ status: 200, body: "", reason: undefined });
  expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  // Both kinds of outcome are common, so neither half of the test is empty.
  expect(Math.min(seen.get(200) ?? 0, seen.get(500) ?? 0)).toBeGreaterThan(RUNS / 20);
  if (process.env.PROPERTY_RUNS)
    process.stderr.write(`${RUNS} templates: ${JSON.stringify(Object.fromEntries(seen))}\n`);
  await local.close();
});
