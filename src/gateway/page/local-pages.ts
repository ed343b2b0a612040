import type { LocalGateway } from "../local-gateway";
import { json, ownPage } from "../own-pages";
import { type GatewayAnswer, headerValue, type PlainRequest, type StreamedAnswer } from "../request";
import type { Trace } from "../trace";
import { Activity } from "./activity";
import { burstOf, sendBurst } from "./burst";
import { LiveEvents } from "./live-events";
import { isFromAnotherSite } from "./own-site";
import { pageFile } from "./page-files";

export interface LocalPagesOptions {
  readonly local: () => LocalGateway;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** Bursts that are sent at one time. */
const MOST_BURSTS = 8;

/** The page at `/_tiers/`, which shows customers and requests as they come, and the other pages beside it. */
export class LocalPages {
  private readonly activity = new Activity();
  private readonly events: LiveEvents;
  private bursts = 0;

  constructor(private readonly options: LocalPagesOptions) {
    this.events = new LiveEvents({ ...options, activity: this.activity });
  }

  /** Shows a request that was answered. */
  record(trace: Trace): void {
    this.activity.record(trace);
  }

  answer(request: PlainRequest): GatewayAnswer | StreamedAnswer | Promise<GatewayAnswer> {
    if (isFromAnotherSite(request))
      return json(403, { message: "this came from a page of another site; open the page itself" });
    const path = request.path.replace(/(?<=.)\/$/, "");
    if (path === "/_tiers/bursts") return this.burst(request);
    const file = pageFile(path);
    const isEvents = path === "/_tiers/events";
    if (!file && !isEvents) return ownPage(this.options.local(), request, this.options.now());
    if (request.method !== "GET") return notAllowed("GET");
    if (file) return file;
    const filter = new URLSearchParams(request.query).get("filter") ?? "";
    return this.events.open(filter) ?? json(503, { message: "the page is open too often; close some of them" });
  }

  private async burst(request: PlainRequest): Promise<GatewayAnswer> {
    if (request.method !== "POST") return notAllowed("POST");
    // Forms of other sites cannot send this type.
    if (headerValue(request.headers, "content-type") !== "application/json")
      return json(415, { message: "a burst is sent as application/json" });
    if (this.bursts >= MOST_BURSTS)
      return json(429, { message: `${MOST_BURSTS} bursts wait for their answers; wait too` });
    this.bursts++;
    try {
      return json(200, { statuses: await sendBurst(this.options.local(), burstOf(request.body), this.options.now) });
    } catch (error) {
      return json(400, { message: (error as Error).message });
    } finally {
      this.bursts--;
    }
  }
}

const notAllowed = (method: string): GatewayAnswer => {
  const answer = json(405, { message: `only ${method} is answered here` });
  return { ...answer, headers: [...answer.headers, ["Allow", method]] };
};
