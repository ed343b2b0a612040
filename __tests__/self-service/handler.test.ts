import { readFileSync } from "node:fs";
import Ajv from "ajv";
import * as fc from "fast-check";
import { sent } from "../../src/self-service/aws/client-options";
import { type SelfServiceEvent, selfServiceHandler } from "../../src/self-service/handler";
import { selfServiceOpenApi } from "../../src/self-service/http/openapi";
import { BODIES } from "../../src/self-service/http/read-request";
import type { ProxyResult } from "../../src/self-service/http/respond";
import type { LogLine } from "../../src/self-service/service/ports";
import { settingsFrom } from "../../src/self-service/settings-from";
import { problemsOfOpenApi } from "../support/openapi-validator";
import { FakeAccount, tooManyRequests } from "./support/fake-account";
import { fakePorts } from "./support/fake-ports";
import { settings as common } from "./support/timeline";

const settings = {
  ...common,
  table: "self-service",
  planIds: { free: "plan1", startup: "plan2", business: "plan3" },
  scheduler: { group: "self-service", role: "arn:aws:iam::123456789012:role/scheduler", target: "arn:aws:lambda:…" },
  eventBus: "default",
};

let account: FakeAccount;
let logged: LogLine[];
/** Throws where a call to AWS fails. */
let onCall: () => void;
let handler: ReturnType<typeof selfServiceHandler>;

beforeEach(() => {
  account = new FakeAccount(0);
  logged = [];
  onCall = () => {};
  const call = async <Value>(effect: () => Value | Promise<Value>): Promise<Value> => {
    onCall();
    return effect();
  };
  handler = selfServiceHandler(
    settings,
    fakePorts(account, call, (line) => logged.push(line)),
  );
});

let requests = 0;
async function http(method: string, path: string, body?: unknown, key = `key-${++requests}`) {
  const [, , subscription = "", command] = path.split("/");
  const event: SelfServiceEvent = {
    httpMethod: method,
    path,
    pathParameters: { subscription, ...(command === undefined ? {} : { command }) },
    headers: { "Content-Type": "application/json", "idempotency-KEY": key },
    body: body === undefined ? null : typeof body === "string" ? body : JSON.stringify(body),
    isBase64Encoded: false,
  };
  const answer = (await handler(event)) as ProxyResult;
  return { status: answer.statusCode, headers: answer.headers, body: JSON.parse(answer.body) };
}

const start = () => http("PUT", "/subscriptions/acme", { tier: "free", customer: "Acme Inc" });

describe("the HTTP API", () => {
  test("takes a customer from the start to the end", async () => {
    expect(await start()).toMatchObject({
      status: 200,
      body: { state: "pending", tier: "free", works: false, keys: [] },
    });
    const verified = await http("POST", "/subscriptions/acme/verify");
    expect(verified).toMatchObject({
      status: 200,
      body: { state: "active", works: true, keys: [{ name: "1", works: true }] },
    });
    expect(verified.body.keyValue).toBe(account.owned()[0]?.value);
    expect(verified.headers["Cache-Control"]).toBe("no-store");
    expect((await http("GET", "/subscriptions/acme")).body).not.toHaveProperty("keyValue");
    expect((await http("POST", "/subscriptions/acme/move", { tier: "startup" })).body.tier).toBe("startup");
    const rotated = await http("POST", "/subscriptions/acme/rotate", { graceSeconds: 3_600 });
    expect(rotated.body.keys).toMatchObject([{ worksUntil: "2026-01-15T01:00:00.000Z" }, { name: "2", works: true }]);
    expect((await http("POST", "/subscriptions/acme/suspend")).body).toMatchObject({ suspended: true, works: false });
    expect((await http("POST", "/subscriptions/acme/resume")).body).toMatchObject({ suspended: false, works: true });
    expect((await http("POST", "/subscriptions/acme/end", { on: "2026-02-01T00:00:00Z" })).body.endsOn).toBe(
      "2026-02-01T00:00:00.000Z",
    );
    expect((await http("POST", "/subscriptions/acme/end")).body).toMatchObject({ state: "ended", keys: [] });
  });

  test.each([
    [
      "an unknown subscription",
      "POST",
      "/subscriptions/globex/verify",
      undefined,
      404,
      "there is no such subscription; start it first",
    ],
    [
      "an unknown command",
      "POST",
      "/subscriptions/acme/delete",
      undefined,
      404,
      /^unknown command; there are verify, move/,
    ],
    ["a start by POST", "POST", "/subscriptions/acme/start", {}, 404, /^unknown command/],
    ["a body that is not JSON", "POST", "/subscriptions/acme/move", "{", 400, /body: is not valid JSON/],
    ["a field that does not exist", "POST", "/subscriptions/acme/verify", { teir: "free" }, 400, /body: .*teir/],
    [
      "a wrong time",
      "POST",
      "/subscriptions/acme/end",
      { on: "tomorrow" },
      400,
      'body.on: must be a time in UTC such as "2026-11-30T12:00:00Z"',
    ],
    [
      "a tier that is not sold here",
      "PUT",
      "/subscriptions/globex",
      { tier: "gold", customer: "Globex" },
      400,
      /customers cannot choose this tier/,
    ],
    [
      "a wrong id",
      "PUT",
      "/subscriptions/-",
      { tier: "free", customer: "Globex" },
      400,
      /^subscription: must be called by/,
    ],
    [
      "a second start",
      "PUT",
      "/subscriptions/acme",
      { tier: "free", customer: "Acme Inc" },
      409,
      /there is a subscription of this id/,
    ],
  ] as const)("refuses %s, and says why", async (_, method, path, body, status, message) => {
    await start();
    const answer = await http(method, path, body);
    expect(answer.status).toBe(status);
    expect(answer.body.message).toEqual(typeof message === "string" ? message : expect.stringMatching(message));
  });

  test("says all that is wrong with a request at once", async () => {
    const answer = await http("POST", "/subscriptions/-/move", { on: "tomorrow" }, "");
    expect(answer.body.message.split("; ").length).toBeGreaterThanOrEqual(4);
    expect(answer.body.message).toContain("header Idempotency-Key: must be");
  });

  test("says when AWS could not go on, and goes on with the same request again", async () => {
    await start();
    let calls = 0;
    onCall = () => {
      if (++calls === 5) throw tooManyRequests();
    };
    const first = await http("POST", "/subscriptions/acme/verify", undefined, "v");
    expect(first).toMatchObject({ status: 503, headers: { "Retry-After": "5" } });
    onCall = () => {};
    const again = await http("POST", "/subscriptions/acme/verify", undefined, "v");
    expect(again).toMatchObject({ status: 200, body: { state: "active" } });
    expect(again.body.keyValue).toBeDefined();
  });
});

describe("the OpenAPI document", () => {
  const document = selfServiceOpenApi() as never as {
    readonly paths: Record<string, Record<string, { readonly responses: Record<string, unknown> }>>;
    readonly components: { readonly schemas: Record<string, object> };
  };

  test("is the one in the package; npm run schema writes it", () => {
    expect(JSON.parse(readFileSync("schemas/self-service.openapi.json", "utf8"))).toEqual(document);
  });

  test("is valid", () => {
    expect(problemsOfOpenApi([document])).toEqual([[]]);
  });

  test("describes what is answered, whatever is asked", async () => {
    const ajv = new Ajv({ strict: false, formats: { "date-time": true } });
    const body = ajv.compile(document.components.schemas.Subscription ?? {});
    const problem = ajv.compile(document.components.schemas.Problem ?? {});
    const asked = fc.record({
      command: fc.constantFrom(...Object.keys(BODIES), "delete"),
      fields: fc.constantFrom(
        {},
        { tier: "free", customer: "Acme" },
        { tier: "startup" },
        { leaked: true },
        { graceSeconds: 60 },
        { on: "2026-03-01T00:00:00Z" },
        { occurredAt: "2026-01-14T00:00:00Z" },
      ),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(asked, { maxLength: 12 }), async (sequence) => {
        account.subscriptions.clear();
        await start();
        await http("POST", "/subscriptions/acme/verify");
        for (const { command, fields } of sequence) {
          const isStart = command === "start";
          const path = `/subscriptions/acme${isStart ? "" : `/${command}`}`;
          const answer = await http(isStart ? "PUT" : "POST", path, fields);
          const operation = isStart ? "put" : "post";
          const described = document.paths[`/subscriptions/{subscription}${isStart ? "" : "/{command}"}`]?.[operation];
          expect(Object.keys(described?.responses ?? {})).toContain(String(answer.status));
          const isDescribed = answer.status < 300 ? body : problem;
          if (!isDescribed(answer.body)) throw new Error(`${path}: ${ajv.errorsText(isDescribed.errors)}`);
        }
      }),
    );
  });
});

describe("the function", () => {
  test("takes a command of the team's own code", async () => {
    await start();
    const request = {
      id: "stripe:evt_1",
      subscription: "acme",
      command: "suspend" as const,
      body: { occurredAt: "2026-01-14T00:00:00Z" },
    };
    expect(await handler({ request })).toMatchObject({
      outcome: "changed",
      subscription: { suspension: { suspended: true } },
    });
  });

  test("refuses one that is wrong, with all that is wrong", async () => {
    await expect(handler({ request: { id: "", subscription: "acme", command: "stop" } as never })).rejects.toThrow(
      /^request: id: must be .*; command: must be one of start, verify/,
    );
  });

  test("does what is due when the scheduler calls", async () => {
    await start();
    await http("POST", "/subscriptions/acme/verify");
    await http("POST", "/subscriptions/acme/end", { on: "2026-02-01T00:00:00Z" });
    account.now = Date.parse("2026-02-01T00:00:00Z");
    await handler({ tick: "acme" });
    expect((await http("GET", "/subscriptions/acme")).body).toMatchObject({ state: "ended" });
    expect(account.working().map(({ owner }) => owner)).toEqual(["terraform"]);
  });

  test("says in its log what was changed by hand", async () => {
    await start();
    await http("POST", "/subscriptions/acme/verify");
    account.setEnabled(account.owned()[0]?.id ?? "", false);
    await handler({ reconcile: true });
    expect(logged).toContainEqual({ subscription: "acme", problem: "key 1: disabled by hand" });
  });

  test("refuses any other event", async () => {
    await expect(handler({} as never)).rejects.toThrow(
      "unknown event: expected httpMethod, request, tick or reconcile",
    );
  });
});

test("no value of a key is in a log, an event, the table, or any answer but the one that hands it over", async () => {
  let handedOver = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom("rotate", "suspend", "resume", "verify", "end", "reconcile", "fails"), {
        maxLength: 12,
      }),
      async (happenings) => {
        account = new FakeAccount(0);
        logged = [];
        let fails = false;
        const call = async <Value>(effect: () => Value | Promise<Value>): Promise<Value> => {
          const value = await effect();
          // AWS's own message may quote what was sent.
          if (fails) throw new Error(`the value ${[...account.keys.values()].at(-1)?.value} is wrong`);
          return value;
        };
        handler = selfServiceHandler(
          settings,
          fakePorts(account, call, (line) => logged.push(line)),
        );
        const shown: string[] = [];
        const note = (result: unknown) => {
          const text = JSON.stringify(result ?? "");
          const value = /"keyValue\\?":\\?"([A-Za-z0-9]+)/.exec(text)?.[1];
          if (value !== undefined) handedOver++;
          shown.push(value === undefined ? text : text.replace(value, ""));
        };
        note(await start());
        for (const happening of ["verify", ...happenings]) {
          fails = false;
          if (happening === "fails") fails = true;
          if (happening === "reconcile") note(await handler({ reconcile: true }));
          else {
            const command = happening === "fails" ? "rotate" : happening;
            note(await http("POST", `/subscriptions/acme/${command}`, command === "rotate" ? { leaked: true } : {}));
          }
        }
        const { subscriptions, requests: kept, events } = account;
        shown.push(JSON.stringify([logged, [...subscriptions.values()], [...kept.values()], events]));
        for (const { value } of account.keys.values())
          if (shown.join().includes(value)) throw new Error("a value is shown");
      },
    ),
  );
  expect(handedOver).toBeGreaterThan(100);
});

test("what AWS says is not passed on: it may quote what was sent", async () => {
  const failing = () =>
    Promise.reject(Object.assign(new Error("the value Secret0Value1 is wrong"), { name: "InternalFailure" }));
  await expect(sent("PutParameter", failing)).rejects.toThrow(/^PutParameter: InternalFailure$/);
});

test("settings say all that is wrong with them", () => {
  expect(() => settingsFrom({})).toThrow("SELF_SERVICE is missing");
  expect(() => settingsFrom({ SELF_SERVICE: "{" })).toThrow("SELF_SERVICE is not valid JSON");
  const { eventBus: _, ...rest } = settings;
  expect(() => settingsFrom({ SELF_SERVICE: JSON.stringify({ ...rest, tiers: [] }) })).toThrow(/tiers: .*; eventBus: /);
  expect(() => settingsFrom({ SELF_SERVICE: JSON.stringify({ ...settings, planIds: {} }) })).toThrow(
    'planIds has no plan of "free"',
  );
  expect(settingsFrom({ SELF_SERVICE: JSON.stringify(settings) })).toEqual(settings);
});
