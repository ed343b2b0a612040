/** An answer, as a client sees it. */
export interface ContractAnswer {
  readonly status: number;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Something that should answer as API Gateway does, with the sample catalog on it. */
export interface ContractTarget {
  /** @param what method and path on a stage of `meditations`, such as `GET /meditations` */
  send(stage: "test" | "prod", what: string, headers?: Readonly<Record<string, string>>): Promise<ContractAnswer>;
  /** The value of a subscription's key. */
  key(subscription: string): string;
  /**
   * Goes on in time, where that can be done; AWS's clock cannot, and its limits are kept on a best-effort basis: what needs
   * either is not asked there.
   */
  readonly advance: ((seconds: number) => void) | undefined;
  close(): Promise<void>;
}

const FORBIDDEN = { status: 403, errorType: "ForbiddenException", body: '{"message":"Forbidden"}' };
const NO_ROUTE = {
  status: 403,
  errorType: "MissingAuthenticationTokenException",
  body: '{"message":"Missing Authentication Token"}',
};
const THROTTLED = { status: 429, errorType: "TooManyRequestsException", body: '{"message":"Too Many Requests"}' };
const QUOTA_USED_UP = { status: 429, errorType: "LimitExceededException", body: '{"message":"Limit Exceeded"}' };

/** How API Gateway answers, case by case. */
export function describeContract(open: () => Promise<ContractTarget>): void {
  let target: ContractTarget;
  beforeEach(async () => {
    target = await open();
  });
  afterEach(() => target.close());

  const keyOf = (subscription: string) => ({ "x-api-key": target.key(subscription) });

  test.each<[string, "test" | "prod", string, () => Record<string, string>, typeof FORBIDDEN]>([
    ["no key", "prod", "GET /meditations", () => ({}), FORBIDDEN],
    ["an empty key", "prod", "GET /meditations", () => ({ "x-api-key": "" }), FORBIDDEN],
    [
      "a key that nobody has",
      "prod",
      "GET /meditations",
      () => ({ "x-api-key": "NobodyHasThisKey0000000" }),
      FORBIDDEN,
    ],
    ["the key of a suspended customer", "prod", "GET /meditations", () => keyOf("initech"), FORBIDDEN],
    ["a key whose plan does not cover the stage", "test", "GET /meditations", () => keyOf("joe-black"), FORBIDDEN],
    ["a path without a route", "prod", "GET /nothing/here", () => keyOf("joe-black"), NO_ROUTE],
    ["a method that the path does not have", "prod", "DELETE /meditations", () => keyOf("joe-black"), NO_ROUTE],
    ["the root, where nothing is", "prod", "GET /", () => ({}), NO_ROUTE],
  ])("%s is refused", async (_, stage, what, headers, expected) => {
    const answer = await target.send(stage, what, headers());

    expect(summary(answer)).toEqual(expected);
    expect(answer.headers["content-type"]).toBe("application/json");
    expect(answer.headers["x-amzn-requestid"]).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    expect(answer.headers["x-amz-apigw-id"]).toMatch(/^\S{10,}$/);
    expect(answer.headers["retry-after"]).toBeUndefined();
  });

  test("a route that asks for no key is open", async () => {
    expect((await target.send("prod", "GET /health")).status).toBe(200);
    expect((await target.send("test", "GET /health")).status).toBe(200);
  });

  test("a key of the stage gets the handler's answer", async () => {
    const list = await target.send("prod", "GET /meditations", keyOf("joe-black"));
    expect(list.status).toBe(200);
    const [first] = JSON.parse(list.body).items;

    const one = await target.send("prod", `GET /meditations/${first.id}`, keyOf("joe-black"));
    expect([one.status, JSON.parse(one.body)]).toEqual([200, first]);
  });

  test("the name of the key's header is read in any case", async () => {
    expect((await target.send("prod", "GET /meditations", { "X-API-KEY": target.key("joe-black") })).status).toBe(200);
  });

  test("the handler decides what is not found", async () => {
    expect((await target.send("prod", "GET /meditations/nothing", keyOf("joe-black"))).status).toBe(404);
  });

  test("of a burst over the bucket exactly the surplus is refused, and half a second later five more pass", async () => {
    if (!target.advance) return;
    const burst = (times: number) =>
      sendTimes(times, () => target.send("prod", "GET /meditations", keyOf("joe-black")));

    expect((await burst(25)).map(({ status }) => status)).toEqual([...times(20, 200), ...times(5, 429)]);
    expect(summary(await target.send("prod", "GET /meditations", keyOf("joe-black")))).toEqual(THROTTLED);
    target.advance(0.5);
    expect((await burst(6)).map(({ status }) => status)).toEqual([...times(5, 200), 429]);
  });

  test("what is refused for its key takes nothing from anybody, and customers take nothing from each other", async () => {
    if (!target.advance) return;
    await sendTimes(30, () => target.send("test", "GET /meditations", keyOf("joe-black")));
    await sendTimes(30, () => target.send("prod", "GET /meditations", keyOf("umbrella-corp")));

    const joes = await sendTimes(20, () => target.send("prod", "GET /meditations", keyOf("joe-black")));
    expect(joes.map(({ status }) => status)).toEqual(times(20, 200));
  });

  test("the quota of a day ends with the day", async () => {
    const { advance } = target;
    if (!advance) return;
    for (let sent = 0; sent < 1_000; sent += 20) {
      await Promise.all(times(20, 200).map(() => target.send("prod", "GET /meditations", keyOf("joe-black"))));
      advance(2);
    }

    expect(summary(await target.send("prod", "GET /meditations", keyOf("joe-black")))).toEqual(QUOTA_USED_UP);
    advance(24 * 60 * 60);
    expect((await target.send("prod", "GET /meditations", keyOf("joe-black"))).status).toBe(200);
  });
}

const summary = ({ status, headers, body }: ContractAnswer) => ({
  status,
  errorType: headers["x-amzn-errortype"],
  body,
});
const times = (count: number, status: number): number[] => Array.from({ length: count }, () => status);

/** One after the other, for the order of the answers is looked at. */
async function sendTimes(count: number, send: () => Promise<ContractAnswer>): Promise<ContractAnswer[]> {
  const answers: ContractAnswer[] = [];
  for (let sent = 0; sent < count; sent++) answers.push(await send());
  return answers;
}
