import * as fc from "fast-check";
import { possibleRefusals } from "../../src/gateway/authorizers/possible-refusals";
import type { Behind } from "../../src/gateway/gateway";
import type { GatewayError } from "../../src/gateway/gateway-responses";
import { LocalGateway } from "../../src/gateway/local-gateway";
import { type Header, headerValue } from "../../src/gateway/request";
import type { Trace } from "../../src/gateway/trace";
import type { Layer } from "../../src/limiter/verdict";
import type { ApiModel, GatewayModel } from "../../src/model/model";
import { explain } from "../../src/why/explain";
import type { Explanation } from "../../src/why/explanation";
import { Calls } from "../../src/why/target";
import { defineUnchecked, problemsOf } from "../support/catalogs";
import { readSynthesized } from "../support/read-synthesized";
import {
  type Circumstances,
  catalogsWithLimits,
  circumstances,
  surrounded,
  surroundings,
} from "./support/random-calls";

// The machine may be busy with other tests.
jest.setTimeout(120_000);

const CATALOGS = 10;
const SURROUNDINGS = 20;
const CALLS = 50;

const DAY = 86_400_000;
/** Small, so that the account's limit is met too. */
const LIMITS = { accountThrottle: { rateLimit: 50, burstLimit: 14 } };
const NOBODYS_KEY = "NobodyHasThisKey00000000";

/** A gateway whose authorizers say what the test says, and that tells what it did with a call. */
class Observed {
  refusal: GatewayError | undefined;
  private trace: Trace | undefined;
  readonly local: LocalGateway;

  constructor(
    model: GatewayModel,
    private readonly keyOf: () => string | undefined,
  ) {
    const behind: Behind = {
      authorize: async ({ route }) =>
        this.refusal ?? {
          principalId: "test",
          context: {},
          // As the real ones: only a function can name a key.
          usageIdentifierKey: route.authorization === "CUSTOM" ? this.keyOf() : undefined,
        },
      answer: () => ({ status: 200, headers: [], body: "{}" }),
      close: async () => {},
    };
    const onAnswer = (trace: Trace) => {
      this.trace = trace;
    };
    this.local = new LocalGateway(model, { behind, limits: LIMITS, seed: "why", onAnswer });
  }

  async send(
    call: Sent,
    at: number,
  ): Promise<Trace & { readonly body: string; readonly errorType: string | undefined }> {
    const { method, path, headers, sourceIp, api, stage, domain } = call;
    const request = {
      method,
      path,
      query: "",
      headers,
      body: new Uint8Array(),
      sourceIp,
      protocol: "HTTP/1.1",
      api,
      stage,
    };
    const answer = await this.local.gateway.handle({ ...request, ...(domain && { domain }) }, at);
    const errorType = headerValue(answer.headers, "x-amzn-errortype");
    return { ...(this.trace as Trace), body: String(answer.body), errorType };
  }
}

interface Sent {
  readonly method: string;
  readonly path: string;
  readonly headers: readonly Header[];
  readonly sourceIp: string;
  readonly api: string;
  readonly stage: string;
  readonly domain: { readonly name: string; readonly basePath: string } | undefined;
}

const layerOf = ({ verdict }: Trace): Layer | undefined => (verdict?.allowed === false ? verdict.layer : undefined);

/** Sends one call after the other in one instant, until a limit refuses one. */
async function untilRefused(observed: Observed, call: Sent, at: number) {
  for (let passes = 0; passes <= LIMITS.accountThrottle.burstLimit; passes++) {
    const trace = await observed.send(call, at);
    const refusedBy = layerOf(trace);
    if (refusedBy) return { passes, refusedBy };
  }
  return undefined;
}

const isAmong = ({ reasons }: Explanation, { type, reason }: GatewayError, status: number) =>
  reasons?.some(
    ({ answer }) =>
      answer?.responseType === type &&
      answer.status === status &&
      (type === "MISSING_AUTHENTICATION_TOKEN" || answer.reason === reason),
  ) === true;

async function expectAgreement(
  model: GatewayModel,
  observed: Observed,
  calls: Calls,
  drawn: Circumstances,
  at: number,
) {
  const [a, b, c] = drawn.pick;
  const any = <Item>(items: readonly Item[], index: number) => items[index % items.length] as Item;
  const key = any(model.keys, a);
  const all = model.apis.flatMap((each) => each.stages.map(({ name }) => ({ api: each.id, stage: name })));
  const covered = model.plans.flatMap((plan) => (plan.keys.includes(key) ? plan.stages : []));
  const place = any(drawn.isCovered && covered.length > 0 ? covered : all, b);
  const api = model.apis.find(({ id }) => id === place.api) as ApiModel;
  const { stage } = place;
  const route = any(api.routes, c);
  const paths = {
    own: route.path.replace("{id}", "1").replace("{proxy+}", "a/b"),
    unknown: "/nothing/here",
    root: "/",
  };
  const path = paths[drawn.path as keyof typeof paths];
  const method = drawn.method ?? (route.method === "ANY" ? "PATCH" : route.method);
  const values = { own: observed.local.keyValue(key), nothing: undefined, unknown: NOBODYS_KEY };
  const value = values[drawn.sends as keyof typeof values];
  state.value = value;
  const refusals = possibleRefusals(route);
  observed.refusal = drawn.authorizerRefuses === undefined ? undefined : refusals[drawn.authorizerRefuses];
  const domain = drawn.byDomain ? { name: `${api.slug}.example.com`, basePath: stage } : undefined;
  const headers: Header[] = value === undefined || api.keySource === "AUTHORIZER" ? [] : [["x-api-key", value]];
  const sent: Sent = { method, path, headers, sourceIp: drawn.sourceIp, api: api.slug, stage, domain };

  const trace = await observed.send(sent, at);
  const error = layerOf(trace) === undefined ? trace.gatewayError : undefined;
  const explained = explain(
    calls,
    { subscription: key.id, request: `${method} ${path}`, api: api.id, stage },
    { at, limits: LIMITS, status: error ? trace.status : 429 },
  );
  count(explained.verdict);

  if (error) {
    expect(isAmong(explained, error, trace.status)).toBe(true);
    if (drawn.sends !== "own") return;
    expect(explained.verdict).not.toBe("let-in");
    if (explained.verdict !== "refused" || explained.decidedByOthers.length > 0) return;
    // Where nobody else decides, every such call is refused so.
    expect(explained.refusal).toEqual({
      status: trace.status,
      errorType: trace.errorType,
      body: trace.body,
      responseType: error.type,
      reason: error.reason,
    });
    expect(explained.reasons?.[0]).toMatchObject({ likelihood: "certain", answer: explained.refusal });
    return;
  }
  // It has come to its limits: by the route and the plan that were named.
  expect(["let-in", "depends"]).toContain(explained.verdict);
  expect([explained.route?.key, explained.plan?.id]).toEqual([trace.route, trace.plan]);
  const first = layerOf(trace);
  const met = first ? { passes: 0, refusedBy: first } : await untilRefused(observed, sent, at);
  const burst = met && (first ? met : { ...met, passes: met.passes + 1 });
  expect(explained.governs?.burst).toEqual(burst);
  count(`governed by ${burst?.refusedBy}`);
  const reason =
    burst?.refusedBy === "quota" ? "the quota is used up" : `throttled by the limit of the ${burst?.refusedBy}`;
  expect(explained.reasons?.[0]?.answer).toMatchObject({ status: 429, reason });
}

const tally: Record<string, number> = {};
const count = (what: string) => {
  tally[what] = (tally[what] ?? 0) + 1;
};
const state: { value: string | undefined } = { value: undefined };

test(`on ${CATALOGS * SURROUNDINGS * CALLS} random calls the explanation agrees with the gateway, also on which limit governs`, async () => {
  const sampled = fc.sample(catalogsWithLimits, { numRuns: CATALOGS * 2, seed: 17 });
  const written = sampled.filter((each) => problemsOf(each).length === 0).slice(0, CATALOGS);
  expect(written).toHaveLength(CATALOGS);
  let day = Date.UTC(2026, 0, 1);
  for (const [index, each] of written.entries()) {
    const synthesized = readSynthesized(defineUnchecked(each));
    for (const around of fc.sample(surroundings, { numRuns: SURROUNDINGS, seed: index })) {
      const model = surrounded(synthesized, around);
      const calls = new Calls(model);
      const observed = new Observed(model, () => state.value);
      for (const drawn of fc.sample(circumstances, { numRuns: CALLS, seed: index * SURROUNDINGS })) {
        // A month later, every bucket is full and every quota is whole.
        day += 40 * DAY;
        await expectAgreement(model, observed, calls, drawn, day + drawn.second * 1_000);
      }
    }
  }
  // All of it was met, so that the agreement says something.
  for (const outcome of ["let-in", "refused", "depends"])
    expect([outcome, tally[outcome]]).toEqual([outcome, expect.any(Number)]);
  for (const layer of ["plan method", "plan", "stage method", "account", "quota"])
    expect([layer, tally[`governed by ${layer}`]]).toEqual([layer, expect.any(Number)]);
});
