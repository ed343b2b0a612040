import autocannon from "autocannon";
import type { Kind, Listening } from "./contestant";

/** How many requests are under way at once. */
export interface Load {
  readonly name: string;
  readonly connections: number;
  /** Requests that are sent on each connection before the first is answered. */
  readonly pipelining: number;
}

/** As Fastify's own benchmarks. A server that starts a process or a thread for each waiting request would start a thousand. */
const MANY: Load = { name: "100 connections, 10 requests on each", connections: 100, pipelining: 10 };
const FEW: Load = { name: "10 connections, 1 request on each", connections: 10, pipelining: 1 };

export const LOADS: Readonly<Record<Kind, readonly Load[]>> = { mock: [MANY, FEW], function: [FEW] };

export interface Measurement {
  /** Requests a second. */
  readonly rate: number;
  /** Milliseconds until half of the requests were answered, and all but one in a hundred. */
  readonly p50: number;
  readonly p99: number;
}

/** @throws Error for any answer that is not 200 */
export async function measure({ url, key }: Listening, load: Load, seconds: number): Promise<Measurement> {
  const { connections, pipelining } = load;
  const headers = key === undefined ? {} : { "x-api-key": key };
  const result = await autocannon({ url, headers, connections, pipelining, duration: seconds });
  const failed = result.non2xx + result.errors + result.timeouts;
  if (failed > 0) throw new Error(`${failed} of ${result.requests.total} requests to ${url} failed`);
  return { rate: result.requests.average, p50: result.latency.p50, p99: result.latency.p99 };
}
