import type { ApiId, CatalogNames } from "../catalog/catalog";
import type { Gateway } from "../gateway/gateway";
import type { GatewayAnswer, Header } from "../gateway/request";
import type { GatewayModel } from "../model/model";
import { findNamed } from "../model/names";
import { unknownName } from "../vocabulary/identifier";
import { CUSTOMER_KEY } from "./pretended-integrations";
import type { TestClock } from "./test-clock";

export interface TestRequest {
  /** @default - none but the key */
  readonly headers?: Readonly<Record<string, string>>;
  /**
   * Anything but a text is sent as JSON.
   * @default - none
   */
  readonly body?: unknown;
}

/** A caller. */
export class TestClient<Names extends CatalogNames = CatalogNames> {
  constructor(
    private readonly gateway: () => Gateway,
    private readonly model: () => GatewayModel,
    private readonly clock: TestClock,
    private readonly key: string | undefined,
  ) {}

  /**
   * The client at a stage.
   *
   * @param api the API's id in the catalog; of one that this project did not create, its name or address
   * @throws Error for an API or a stage that is not there, or that several could be
   */
  at<Api extends ApiId<Names>>(api: Api, stage: Names["stages"][Api]): TestCaller {
    const found = findNamed(api, this.model().apis, "API", (each) => each.api);
    const stages = found.stages.map(({ name }) => name);
    if (!stages.includes(stage)) throw new Error(`API "${found.id}": ${unknownName(stage, "stage", stages)}`);
    return new TestCaller(this.gateway, this.clock, { api: found.slug, stage, key: this.key });
  }
}

/** A caller of a stage. */
export class TestCaller {
  constructor(
    private readonly gateway: () => Gateway,
    private readonly clock: TestClock,
    private readonly way: { readonly api: string; readonly stage: string; readonly key: string | undefined },
  ) {}

  /**
   * Sends a request at the instant at which the clock stands.
   *
   * @param what method and path, such as `GET /pets/1?page=2`
   */
  async send(what: string, { headers = {}, body }: TestRequest = {}): Promise<TestAnswer> {
    const [, method, path = "/", query = ""] = /^([A-Z]+) (\/[^?\s]*)(?:\?(\S*))?$/.exec(what) ?? [];
    if (method === undefined) throw new Error(`"${what}" is not a request; write it as "GET /pets?page=2"`);
    const { api, stage, key } = this.way;
    const text = body === undefined ? "" : typeof body === "string" ? body : JSON.stringify(body);
    const typed: Header[] = body === undefined ? [] : [["Content-Type", "application/json"]];
    const keys: Header[] =
      key === undefined
        ? []
        : [
            ["x-api-key", key],
            [CUSTOMER_KEY, key],
          ];
    const answer = await this.gateway().handle(
      {
        method,
        path,
        query,
        headers: [...typed, ...keys, ...Object.entries(headers)],
        body: Buffer.from(text),
        sourceIp: "127.0.0.1",
        api,
        stage,
        protocol: "HTTP/1.1",
      },
      this.clock.now,
    );
    return new TestAnswer(answer);
  }

  /** Sends the same request many times in one instant; the answers are in the order of the requests. */
  async burst(times: number, what: string, request: TestRequest = {}): Promise<TestAnswers> {
    const answers: TestAnswer[] = [];
    for (let sent = 0; sent < times; sent++) answers.push(await this.send(what, request));
    return new TestAnswers(answers);
  }
}

/** What a client gets. */
export class TestAnswer {
  readonly status: number;
  /** By lower-case name; the last one of several. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;

  constructor({ status, headers, body }: GatewayAnswer) {
    this.status = status;
    this.headers = Object.fromEntries(headers.map(([name, value]) => [name.toLowerCase(), value]));
    this.body = typeof body === "string" ? body : Buffer.from(body).toString();
  }

  /** The body, parsed. */
  json(): unknown {
    return JSON.parse(this.body);
  }
}

/** What a client gets for many requests. */
export class TestAnswers {
  constructor(readonly all: readonly TestAnswer[]) {}

  /** How many had each status: `{ 200: 20, 429: 1 }`. */
  get statuses(): Readonly<Record<number, number>> {
    const counts: Record<number, number> = {};
    for (const { status } of this.all) counts[status] = (counts[status] ?? 0) + 1;
    return counts;
  }

  /** The answer to the last request. @throws Error where none was sent */
  get last(): TestAnswer {
    const last = this.all.at(-1);
    if (!last) throw new Error("no request was sent");
    return last;
  }
}
