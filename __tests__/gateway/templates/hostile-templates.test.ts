import fc from "fast-check";
import { fillTemplate } from "../../../src/gateway/templates/fill-template";
import { MappingTemplateError } from "../../../src/gateway/templates/value";
import { Overrides } from "../../../src/gateway/templates/variables";

/** How many templates are tried. */
const RUNS = Number(process.env.PROPERTY_RUNS ?? 1_000);

const fill = (template: string, body = "{}"): string =>
  fillTemplate(template, {
    body,
    variables: () => undefined,
    stageVariables: {},
    parameters: { path: {}, querystring: {}, header: {} },
    overrides: new Overrides(),
  });

/** The text of a template, or of its error. */
function outcome(template: string, body?: string): string {
  try {
    return fill(template, body);
  } catch (error) {
    if (error instanceof MappingTemplateError) return `error: ${error.message}`;
    throw error;
  }
}

const NAMES = [
  "constructor",
  "__proto__",
  "prototype",
  "call",
  "apply",
  "bind",
  "toString",
  "valueOf",
  "hasOwnProperty",
];
const STARTS = [
  "$input",
  "$util",
  "$context",
  "$stageVariables",
  "$x",
  "$l",
  "$m",
  "$input.params()",
  "$input.path('$')",
];

describe("a template does not reach the functions of JavaScript", () => {
  test.each(STARTS.flatMap((start) => NAMES.map((name) => [start, name] as const)))("%s.%s", (start, name) => {
    const set = "#set($x = 'text')#set($l = [1])#set($m = {'a': 1})";
    for (const path of [
      `.${name}`,
      `['${name}']`,
      `.${name}()`,
      `.${name}.${name}`,
      `.get('${name}')`,
      `.${name}("return process")()`,
    ])
      expect(outcome(`${set}${start}${path}`)).not.toMatch(/function|native code|\[object|process/);
  });

  test("and cannot change a prototype", () => {
    outcome(
      "#set($m = {})#set($m.__proto__.polluted = 1)#set($m['__proto__'] = {'polluted': 1})$m.put('__proto__', 1)",
    );
    outcome('$util.parseJson(\'{"__proto__": {"polluted": 1}}\').__proto__.polluted');
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });
});

test.each([
  [
    "a loop in a loop in a loop",
    "#foreach($a in [1..1000])#foreach($b in [1..1000])#foreach($c in [1..1000])x#end#end#end",
  ],
  ["a macro that calls itself", "#macro(m)#m()#end#m()"],
  ["a block that prints itself", "#define($d)$d#end$d"],
  ["a string that doubles", `#set($s = 'xxxxxxxx')#foreach($i in [1..100])#set($s = $s + $s)#end$s`],
  ["a gigabyte by replacing", `#set($s = 'a')#foreach($i in [1..100])#set($s = $s.replace('a', 'aaaaaaaa'))#end$s`],
  ["a gigabyte by repeating", "#set($s = 'a')$s.repeat(2000000000)"],
  [
    "a gigabyte of output",
    `#set($s = '${"x".repeat(1_000)}')#foreach($i in [1..1000])#foreach($j in [1..1000])$s#end#end`,
  ],
  ["a list that holds itself twice as often each time", "#set($l = [1])#foreach($i in [1..1000])$l.addAll($l)#end"],
  ["a range of a billion", "#foreach($i in [1..1000000000])x#end"],
  ["a list that holds itself", "#set($l = [1])$l.add($l)$l"],
  ["a map that holds itself", "#set($m = {})$m.put('m', $m)$m"],
  [
    "a list that holds another twice, forty times over",
    "#set($l = [1])#foreach($i in [1..40])#set($l = [$l, $l])#end$l",
  ],
  ["the same, compared", "#set($l = [1])#foreach($i in [1..40])#set($l = [$l, $l])#end#if($l == 'a')b#end"],
  ["the same, searched", "#set($l = [1])#foreach($i in [1..40])#set($l = [$l, $l])#end$l.contains('a')"],
  ["the same, as a name", "#set($l = [1])#foreach($i in [1..40])#set($l = [$l, $l])#end$m.get($l)$context.get($l)"],
  [
    "a header of the answer that holds itself",
    "#set($l = [1])#set($context.responseOverride.header.x = $l)#set($x = $l.add($l))",
  ],
  ["a body that holds itself", "#set($r = $input.path('$'))#set($x = $r.put('a', $r))$input.json('$')"],
  ["blocks that are not closed, in a short template", "#if($a)".repeat(150)],
  ["blocks of two kinds, of which one is not closed", "#foreach($i in $a)#if($b)#end".repeat(60)],
  ["a template that no parser is done with", `#set($x = ${"(".repeat(20_000)}1${")".repeat(20_000)})`],
])("%s ends with an error", (_, template) => {
  expect(() => fill(template)).toThrow(MappingTemplateError);
});

test.each([
  ["JSON that is nested too deeply", "$input.json('$')", "[".repeat(10_000) + "]".repeat(10_000)],
  [
    "a body that is parsed a thousand times",
    "#foreach($i in [1..1000])$util.parseJson($input.body).size()#end",
    `[${"1,".repeat(2_000_000)}1]`,
  ],
  [
    "a body that is searched a thousand times",
    "#foreach($i in [1..1000])$input.path('$..a').size()#end",
    `[${"1,".repeat(2_000_000)}1]`,
  ],
])("%s ends with an error", (_, template, body) => {
  expect(() => fill(template, body)).toThrow(MappingTemplateError);
});

test("a template that cannot be parsed in time is tried once, not with each request", () => {
  const template = `#set($x = ${"[".repeat(20_000)}${"]".repeat(20_000)})`;
  expect(outcome(template)).toMatch(/can be parsed here in 3 seconds/);
  const started = process.cpuUsage();
  outcome(template);
  expect(process.cpuUsage(started).user).toBeLessThan(1_000_000);
});

test("a regular expression takes linear time", () => {
  const started = process.cpuUsage();
  outcome(`#set($s = '${"a".repeat(30_000)}b')$s.matches('(a+)+$') $s.replaceAll('(a|a)*c', '')`);
  const { user } = process.cpuUsage(started);
  // Exponential time would be longer than the age of the universe.
  expect(user).toBeLessThan(20_000_000);
});

test("generated templates and bodies give text or an error, and nothing else happens", () => {
  const word = fc.constantFrom(
    ...NAMES,
    "a",
    "body",
    "params",
    "path",
    "json",
    "get",
    "put",
    "keySet",
    "size",
    "x",
    "l",
  );
  const reference = fc
    .tuple(
      fc.constantFrom("$input", "$util", "$context", "$x", "$l", "$m", "$!x"),
      fc.array(fc.tuple(word, fc.nat(4)), { maxLength: 4 }),
    )
    .map(([start, steps]) =>
      steps.reduce<string>((text, [name, kind]) => {
        const forms = [`.${name}`, `.${name}()`, `.${name}('${name}')`, `['${name}']`, `.${name}($l, 1)`];
        return text + forms[kind];
      }, start),
    );
  const piece = fc.oneof(
    reference,
    fc.string({ maxLength: 8 }),
    reference.map((each) => `#set($x = ${each})`),
    reference.map((each) => `#if(${each})a#{else}b#end`),
    reference.map((each) => `#foreach($i in ${each})$i#end`),
    fc.constantFrom(
      "#set($l = [1, 'a'])",
      "#set($m = {'a': [1]})",
      "#end",
      "#stop",
      "#foreach($i in [1..3])",
      "#macro(x)",
    ),
  );
  const template = fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join(""));
  fc.assert(
    fc.property(template, fc.oneof(fc.json(), fc.string()), (written, body) => {
      expect(typeof outcome(written, body)).toBe("string");
    }),
    { numRuns: RUNS },
  );
  expect(({} as { a?: unknown }).a).toBeUndefined();
});
