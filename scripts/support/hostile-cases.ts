import { type CaseRoute, type ConformanceCase, http, lambda, mock } from "../../__tests__/gateway/conformance/case";

/** What a handler does to the process that runs it, to its parent, or to those who read its answer. */
const HANDLERS: Readonly<Record<string, string>> = {
  "/exit": "process.exit(0)",
  "/throw": "throw new Error('\\u001b[2Jno')",
  "/abort": "process.abort()",
  "/messages": 'require("fs").writeSync(3, \'{"type":"answered","payload":"{}","number":99}\\n{\\n\')',
  "/pipes": 'for (const fd of [1, 2, 3, 4]) { try { require("fs").closeSync(fd) } catch {} }',
  "/prints": "process.stdout.write('x'.repeat(3e6))",
  "/answers": "return { statusCode: 'x'.repeat(100000), headers: { 'a\\nb': 1 }, body: 1n }",
  "/large": "return { body: 'x'.repeat(7e6) }",
  "/starts": "require('child_process').spawn('sleep', ['1000'], { stdio: 'ignore' }).unref(); return {}",
  "/fine": "return { body: 'fine' }",
};
const HEAVY_HANDLERS: Readonly<Record<string, string>> = {
  "/loop": "for (;;) {}",
  "/memory": "const all = []; for (;;) all.push(new Array(1e6).fill(all.length))",
  "/never": "return new Promise(() => {})",
};

const TEMPLATES: Readonly<Record<string, string>> = {
  "/t-constructor": "$input.body.constructor.constructor('return process')() $input.params().__proto__ $util.call",
  "/t-self": "#set($l = [1])$l.add($l)$l",
  "/t-body": "#set($x = $input.path('$.a'))#foreach($i in $x)$i,#end $input.json('$..a')",
};
const HEAVY_TEMPLATES: Readonly<Record<string, string>> = {
  "/t-loop": "#foreach($a in [1..1000])#foreach($b in [1..1000])#foreach($c in [1..1000])x#end#end#end",
  "/t-string": "#set($s = 'xxxxxxxx')#foreach($i in [1..100])#set($s = $s + $s)#end$s",
};

const routes = (
  sources: Readonly<Record<string, string>>,
  route: (source: string) => CaseRoute,
): Record<string, CaseRoute> =>
  Object.fromEntries(Object.entries(sources).map(([path, source]) => [`ANY ${path}`, route(source)]));

const handler = (source: string) => lambda(`exports.handler = async (event) => { ${source} };`);

export const CASES: ConformanceCase = {
  title: "all that is hostile",
  source: "our own",
  routes: {
    ...routes({ ...HANDLERS, ...HEAVY_HANDLERS }, handler),
    ...routes({ ...TEMPLATES, ...HEAVY_TEMPLATES }, (template) => mock(template)),
    "ANY /mock": mock('{"a": 1}'),
    "ANY /backend": http("BACKEND/nothing-listens"),
    "ANY /keyed": mock("", undefined, { method: { api_key_required: true } }),
  },
  request: { line: "GET /mock" },
  answer: { status: 200 },
};

const BODIES = [
  "",
  "{}",
  '{"a": [1, 2, {"a": 3}]}',
  "$input.body",
  "[".repeat(5_000),
  "x".repeat(50_000),
  '{"__proto__": {"a": 1}}',
];

/** Most are cheap: what a team sends all day. */
export const REQUESTS = [
  ...Array.from({ length: 60 }, (_, n) => ({ method: "GET", path: `/mock?n=${n}` })),
  ...Array.from({ length: 10 }, (_, n) => ({ method: "GET", path: `/nothing/${n}/../%2e%2e` })),
  ...Array.from({ length: 10 }, (_, n) => ({
    method: "GET",
    path: "/keyed",
    headers: { "x-api-key": `NobodyHas${n}` },
  })),
  ...BODIES.flatMap((body) => Object.keys(TEMPLATES).map((path) => ({ method: "POST", path, body }))),
  ...BODIES.map((body) => ({ method: "POST", path: "/mock", body, headers: { "Content-Type": "text/plain" } })),
  ...Array.from({ length: 8 }, () => ({ method: "POST", path: "/fine", body: "{}" })),
  { method: "GET", path: "/backend" },
];

/** What takes a process, or a second, of its own. */
export const HEAVY = [...Object.keys(HANDLERS), ...Object.keys(HEAVY_HANDLERS), ...Object.keys(HEAVY_TEMPLATES)].map(
  (path) => ({
    method: "POST",
    path,
    body: '{"a": 1}',
  }),
);

const HEAD = "POST /case-0/prod/mock HTTP/1.1\r\nHost: localhost\r\n";

/** Bytes after which the socket is closed. */
export const SOCKETS = [
  "",
  "\0\x01\x02",
  "GET",
  HEAD,
  `${HEAD}Content-Length: 1000\r\n\r\nhalf`,
  `${HEAD}Transfer-Encoding: chunked\r\n\r\nffff\r\nhalf`,
  `${HEAD}Transfer-Encoding: chunked\r\n\r\nzz\r\n`,
  `${HEAD}X: ${"x".repeat(70_000)}\r\n\r\n`,
  "POST /case-0/prod/fine HTTP/1.1\r\nHost: localhost\r\n\r\n",
  "GET /_tiers/events HTTP/1.1\r\nHost: localhost\r\n\r\n",
  "GET /case-0/prod/mock HTTP/1.1\r\nHost: evil.example.com\r\n\r\n",
  "GET /_tiers/ HTTP/9.9\r\n\r\n",
];
