import { hideKeys } from "../../text/like-a-key";
import { printable } from "../../text/printable";
import type { Trace } from "../trace";

/** A request that was answered, as the page shows it: without a body, headers or a key. */
export interface AnsweredRequest {
  /** Counts up from 1. */
  readonly number: number;
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** `GET /pets/prod/pets/7`. */
  readonly request: string;
  /** `undefined` for a request whose key was not asked for or not let in. */
  readonly key: string | undefined;
  readonly plan: string | undefined;
  readonly status: number;
  readonly result: keyof Counts;
  /** Why API Gateway itself answered, and what is not as on AWS; empty for neither. */
  readonly reason: string;
}

/** How many requests of a client came to which result. */
export interface Counts {
  /** Let through by the limits, whatever the integration answered. */
  readonly passed: number;
  /** 429 of a throttle. */
  readonly throttled: number;
  /** 429 of the quota. */
  readonly overQuota: number;
  /** Refused before the limits were asked. */
  readonly refused: number;
}

const NONE: Counts = { passed: 0, throttled: 0, overQuota: 0, refused: 0 };

/** A request as it came: it is made printable only for who looks, which mostly is nobody. */
interface Remembered extends Omit<AnsweredRequest, "reason"> {
  readonly reasons: readonly string[];
}

const shown = ({ reasons, request, ...rest }: Remembered): AnsweredRequest => ({
  ...rest,
  request: hideKeys(printable(request)),
  reason: hideKeys(printable(reasons.join("; "), 500)),
});

/** How many requests are remembered. */
const REMEMBERED = 100;

/** What has been answered: the last requests, and counts by client. */
export class Activity {
  private readonly latest: Remembered[] = [];
  private readonly counts = new Map<string, Counts>();
  private number = 0;

  record(trace: Trace): void {
    const { at, request, status, key, plan, gatewayError, differences } = trace;
    const result = resultOf(trace);
    const client = clientName(key, plan);
    const counts = this.counts.get(client) ?? NONE;
    this.counts.set(client, { ...counts, [result]: counts[result] + 1 });
    const reasons = [
      ...(gatewayError ? [gatewayError.reason] : []),
      ...(differences.length > 0 ? [`not as on AWS: ${differences.join("; ")}`] : []),
    ];
    const sent = `${request.method} /${request.api}/${request.stage}${request.path}`;
    this.latest.push({ number: ++this.number, at, request: sent, key, plan, status, result, reasons });
    if (this.latest.length > REMEMBERED) this.latest.shift();
  }

  /** Those that came after the one with a number, as far as they are remembered; the oldest first. */
  since(number: number): readonly AnsweredRequest[] {
    return this.latest.filter((each) => each.number > number).map(shown);
  }

  /** @param key of a client that was let in; `undefined` for all others */
  countsOf(key: string | undefined, plan: string | undefined): Counts {
    return this.counts.get(clientName(key, plan)) ?? NONE;
  }
}

/** Ids hold no line break. */
const clientName = (key: string | undefined, plan: string | undefined) => `${key ?? ""}\n${plan ?? ""}`;

function resultOf({ verdict }: Trace): keyof Counts {
  if (!verdict) return "refused";
  if (verdict.allowed) return "passed";
  return verdict.reason === "quota" ? "overQuota" : "throttled";
}
