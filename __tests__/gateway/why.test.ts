import { explain } from "../../src/why/explain";
import type { Explanation } from "../../src/why/explanation";
import { Calls } from "../../src/why/target";
import { type ContractAnswer, type ContractTarget, describeContract } from "../support/contract";
import type { ConformanceCase } from "./conformance/case";
import { CASES, SIGNING_KEYS } from "./conformance/cases";
import { NOON, nameOf, ServedCases } from "./conformance/served-cases";
import { SampleGateways, sendTo } from "./support/sample-gateway";

// A day of requests goes through the real function.
jest.setTimeout(60_000);

/** The reasons that fit what the customer sees. */
const matching = ({ reasons = [] }: Explanation, { status, headers, body }: ContractAnswer) =>
  reasons.filter(
    ({ answer }) =>
      answer?.status === status && answer.errorType === headers["x-amzn-errortype"] && isSameBody(answer.body, body),
  );

/** The id of the API is another one on AWS. */
const isSameBody = (a: string, b: string) => a.replace(/ on resource: \S+/, "") === b.replace(/ on resource: \S+/, "");

function expectExplained(explained: Explanation, answer: ContractAnswer): void {
  expect([answer.body, matching(explained, answer).length > 0]).toEqual([answer.body, true]);
  // What every such call gets comes first.
  if (explained.verdict === "refused") expect(explained.reasons?.[0]?.answer).toEqual(explained.refusal);
}

describe("every 403 and 429 of the contract is explained", () => {
  const sample = new SampleGateways();

  describeContract(async (): Promise<ContractTarget> => {
    const { model } = sample;
    const local = sample.fresh();
    const calls = new Calls(model);
    let now = NOON;
    return {
      key: (id) => local.keyValue({ id }),
      advance: (seconds) => {
        now += seconds * 1_000;
      },
      close: () => local.close(),
      send: async (stage, what, headers = {}) => {
        const seen = await sendTo(local, stage, what, headers, now);
        if (seen.status === 403 || seen.status === 429) {
          // A key that nobody has comes from a customer, too.
          const sent = Object.entries(headers).find(([name]) => name.toLowerCase() === "x-api-key")?.[1];
          const key = model.keys.find((each) => local.keyValue(each) === sent);
          const question = { subscription: key?.id ?? "joe-black", request: what, api: "meditations", stage };
          const explained = explain(calls, question, {
            at: now,
            status: seen.status,
            // As GetUsage says it.
            counted: (plan) => {
              const left = key && local.standing(plan, key, now).quota;
              return left === undefined ? undefined : { left, from: "counted" };
            },
          });
          expectExplained(explained, seen);
          if (seen.status === 429) expect(explained.reasons?.[0]?.answer?.body).toBe(seen.body);
        }
        return seen;
      },
    };
  });
});

describe("every 401, 403 and 429 of the conformance cases is explained", () => {
  const refused = CASES.map((each, index) => [each.title, index] as const).filter(([, index]) =>
    [401, 403, 429].includes(CASES[index]?.answer.status ?? 0),
  );
  let served: ServedCases;
  let calls: Calls;
  beforeAll(async () => {
    served = await ServedCases.start(CASES, { jwks: SIGNING_KEYS });
    calls = new Calls(served.local.model);
  });
  afterAll(() => served.stop());

  test("there are some", () => {
    expect(refused.length).toBeGreaterThan(15);
  });

  test.each(refused)("%s", async (_, index) => {
    const { request } = CASES[index] as ConformanceCase;
    const answer = await served.handle(index, request);
    const [method = "", path = ""] = request.line.split(" ");
    const below =
      request.domain === undefined
        ? path
        : (served.local.gateway.domains.directed(request.domain, {
            method,
            path,
            query: "",
            headers: [],
            body: new Uint8Array(),
            sourceIp: "",
            protocol: "HTTP/1.1",
          })?.path ?? path);
    const question = { request: `${method} ${below}`, api: nameOf(index), stage: "prod" };
    const explained = explain(calls, question, { at: NOON, status: answer.status });
    // What is behind the API may answer so itself.
    if (answer.headers["x-amzn-errortype"] === undefined) expect(explained.reasons?.at(-1)?.answer).toBeUndefined();
    else expectExplained(explained, answer);
  });
});
