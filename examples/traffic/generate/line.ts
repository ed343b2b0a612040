import { createHash } from "node:crypto";
import { ACCESS_LOG_FIELDS, type AccessLogLine } from "../../../src/vocabulary/access-log";
import type { Demand } from "./demand";
import { type Random, randomOf } from "./random";

/** How API Gateway answered. */
export type Answer = "answered" | "THROTTLED" | "QUOTA_EXCEEDED" | "INVALID_API_KEY" | "MISSING_AUTHENTICATION_TOKEN";

const REFUSALS: Readonly<Record<Exclude<Answer, "answered">, readonly [status: string, message: string]>> = {
  THROTTLED: ["429", "Too Many Requests"],
  QUOTA_EXCEEDED: ["429", "Limit Exceeded"],
  INVALID_API_KEY: ["403", "Forbidden"],
  MISSING_AUTHENTICATION_TOKEN: ["403", "Missing Authentication Token"],
};

/** What API Gateway writes where a request does not have something. */
const ABSENT = "-";

/** Ids in AWS look like this, and are the same for a name each time. */
const awsId = (prefix: string, name: string): string => {
  const number = BigInt(`0x${createHash("sha256").update(name).digest("hex").slice(0, 16)}`);
  return (prefix + number.toString(36).padStart(10, "0")).slice(0, 10);
};
export const API_ID = awsId("api", "meditations");
export const keyIdOf = (subscription: string): string => awsId("key", subscription);

/** Writes lines of an access log, as a stage does by `accessLog: true`. */
export class LineWriter {
  private readonly random: Random;
  private readonly callers = new Map<string, Pick<AccessLogLine, "apiKeyId" | "sourceIp" | "userAgent">>();

  constructor(private readonly seed: string) {
    this.random = randomOf(seed, "lines");
  }

  lineOf({ time, client, route, stage }: Demand, answer: Answer): string {
    const { random } = this;
    const [method = "", path = ""] = route.split(" ");
    const [status, message] = answer === "answered" ? [this.statusOf(route), ABSENT] : REFUSALS[answer];
    const latency = answer === "answered" ? Math.ceil(8 + random.gap(30)) : undefined;
    const line: AccessLogLine = {
      requestId: this.requestId(),
      extendedRequestId: this.extendedId(),
      requestTimeEpoch: String(time),
      apiId: API_ID,
      stage,
      resourcePath: path,
      httpMethod: method,
      status,
      protocol: "HTTP/1.1",
      responseLength: String(latency === undefined ? message.length + 14 : random.whole(180, 2_400)),
      responseLatency: String((latency ?? 0) + random.whole(1, 4)),
      integrationLatency: latency === undefined ? ABSENT : String(latency),
      integrationStatus: latency === undefined ? ABSENT : status,
      ...this.callerOf(client?.subscription.id),
      errorMessage: message,
      errorResponseType: answer === "answered" ? ABSENT : answer,
      authorizerPrincipal: ABSENT,
    };
    return JSON.stringify(line, FIELDS);
  }

  private statusOf(route: string): string {
    if (route === "GET /health") return "200";
    const drawn = this.random.share();
    if (drawn < 0.002) return drawn < 0.0005 ? "504" : "500";
    if (route === "POST /meditations") return drawn < 0.02 ? "400" : "201";
    return route.endsWith("}") && drawn < 0.02 ? "404" : "200";
  }

  private callerOf(subscription: string | undefined) {
    const name = subscription ?? "";
    const known = this.callers.get(name);
    if (known) return known;
    const random = randomOf(this.seed, "caller", name);
    const caller = {
      apiKeyId: subscription === undefined ? ABSENT : keyIdOf(subscription),
      // Addresses that documents may use.
      sourceIp: `203.0.113.${random.whole(1, 254)}`,
      userAgent: AGENTS[random.whole(0, AGENTS.length - 1)] ?? "",
    };
    this.callers.set(name, caller);
    return caller;
  }

  private requestId(): string {
    const { bits } = this.random;
    const [a, b, c, d] = [bits(), bits(), bits(), bits()];
    return `${hex(a)}${hex(a >>> 16)}-${hex(b)}-4${hex(b >>> 16).slice(1)}-a${hex(c).slice(1)}-${hex(c >>> 16)}${hex(d)}${hex(d >>> 16)}`;
  }

  private extendedId(): string {
    const { bits } = this.random;
    const part = () => {
      const drawn = bits();
      return `${base64(drawn)}${base64(drawn >>> 12)}${BASE64[(drawn >>> 24) & 63]}`;
    };
    return `${part()}${part()}${part()}=`;
  }
}

/** In the order of the format. */
const FIELDS = Object.keys(ACCESS_LOG_FIELDS);

const AGENTS = ["axios/1.7.9", "python-requests/2.32.3", "okhttp/4.12.0", "Go-http-client/2.0", "curl/8.11.1"];
const BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";

const HEX = Array.from({ length: 65_536 }, (_, value) => value.toString(16).padStart(4, "0"));
const hex = (drawn: number) => HEX[drawn & 65_535] as string;
const PAIRS = Array.from({ length: 4_096 }, (_, value) => `${BASE64[value >>> 6]}${BASE64[value & 63]}`);
const base64 = (drawn: number) => PAIRS[drawn & 4_095] as string;
