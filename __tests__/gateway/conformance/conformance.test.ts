import type { CaseAnswer, ConformanceCase } from "./case";
import { CASES, SIGNING_KEYS } from "./cases";
import { type Answered, nameOf, ServedCases } from "./served-cases";

const NUMBERED = CASES.map((each, index) => [each.title, index] as const);

jest.setTimeout(30_000);

let served: ServedCases;
beforeAll(async () => {
  served = await ServedCases.start(CASES, { jwks: SIGNING_KEYS });
});
afterAll(() => served.stop());

function expectAnswer(got: Answered, { status, body, headers = {}, log, told }: CaseAnswer, index: number): void {
  expect([got.status, got.status === status ? "" : got.log]).toEqual([status, ""]);
  if (typeof body === "string") expect(got.body).toBe(body);
  else if (body !== undefined) expect(JSON.parse(got.body)).toMatchObject(body as object);
  for (const [name, value] of Object.entries(headers))
    expect([name, got.headers[name]]).toEqual([name, value === null ? undefined : value]);
  if (log) expect(got.log).toMatch(log);
  if (told) expect(got.log).toMatch(told);
  const listed = served.local.gateway.differences.filter(({ api }) => api === nameOf(index));
  expect(listed.map(({ message }) => message)).toEqual(told ? [expect.stringMatching(told)] : []);
}

describe("handle() answers as AWS", () => {
  test.each(NUMBERED)("%s", async (_, index) => {
    const { request, answer } = CASES[index] as ConformanceCase;
    expectAnswer(await served.handle(index, request), answer, index);
  });
});

describe("the socket answers as AWS", () => {
  test.each(NUMBERED)("%s", async (_, index) => {
    const { request, answer } = CASES[index] as ConformanceCase;
    expectAnswer(await served.send(index, request), answer, index);
  });
});

// An API that has the cases deployed, each as an API of its own: https://{api}.execute-api.us-east-1.amazonaws.com/prod
const deployed = process.env.CONFORMANCE_URL;
const onAws = NUMBERED.filter(([, index]) => !CASES[index]?.answer.told && !CASES[index]?.request.domain);
describe("the deployed API answers as the table says", () => {
  if (deployed === undefined) {
    test.skip("asked with CONFORMANCE_URL", () => {});
    return;
  }
  test.each(onAws)("%s", async (_, index) => {
    const { request, answer } = CASES[index] as ConformanceCase;
    const [method, path] = request.line.split(" ");
    const got = await fetch(`${deployed.replace("{api}", nameOf(index))}${path}`, {
      method: method ?? "GET",
      headers: (request.headers ?? []).map(([name, value]): [string, string] => [name, value]),
      body: request.body ?? null,
    });
    const { log: _log, told: _told, ...rest } = answer;
    expectAnswer(
      { status: got.status, headers: Object.fromEntries(got.headers), body: await got.text(), log: "" },
      rest,
      index,
    );
  });
});

test("every case names its source, and no title comes twice", () => {
  expect(CASES.filter(({ source }) => source.trim() === "")).toEqual([]);
  expect(new Set(CASES.map(({ title }) => title)).size).toBe(CASES.length);
});
