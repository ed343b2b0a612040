import type { LocalGateway } from "../local-gateway";
import type { StreamedAnswer } from "../request";
import type { Activity } from "./activity";
import { daysUntil, PageModel } from "./overview";

/** How often the page is brought up to date, in milliseconds. */
const INTERVAL = 200;
/** A comment from time to time shows a client, and what is between, that the connection is alive; in intervals. */
const QUIET_INTERVALS = 75;
/** Pages that can be open together. */
const MOST_VIEWERS = 32;

export interface LiveEventsOptions {
  readonly local: () => LocalGateway;
  readonly activity: Activity;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** Someone who looks at the page, and what they have been sent. */
interface Viewer {
  readonly write: (text: string) => void;
  readonly filter: string;
  page: PageModel | undefined;
  readonly levels: Map<string, string>;
  days: string;
  number: number;
  quiet: number;
}

/**
 * What happens, as server-sent events: `overview` for what is served, `levels` for what changed of customers, `requests` for
 * the last ones. Nothing runs while nobody looks.
 */
export class LiveEvents {
  private readonly viewers = new Set<Viewer>();
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly options: LiveEventsOptions) {}

  /** @returns `undefined` if too many look already */
  open(filter: string): StreamedAnswer | undefined {
    if (this.viewers.size >= MOST_VIEWERS) return undefined;
    return {
      headers: [
        ["Content-Type", "text/event-stream"],
        ["Cache-Control", "no-store"],
        ["X-Content-Type-Options", "nosniff"],
      ],
      begin: (write) => this.add({ write, filter, page: undefined, levels: new Map(), days: "", number: 0, quiet: 0 }),
    };
  }

  /** Sends everyone what has changed. */
  tick(): void {
    for (const viewer of this.viewers) this.update(viewer);
  }

  private add(viewer: Viewer): () => void {
    this.viewers.add(viewer);
    viewer.write("retry: 1000\n\n");
    this.update(viewer);
    this.timer ??= setInterval(() => this.tick(), INTERVAL).unref();
    return () => {
      this.viewers.delete(viewer);
      if (this.viewers.size > 0) return;
      clearInterval(this.timer);
      this.timer = undefined;
    };
  }

  private update(viewer: Viewer): void {
    const local = this.options.local();
    const { activity } = this.options;
    const at = this.options.now();
    const text: string[] = [];
    if (viewer.page?.model !== local.model) {
      viewer.page = new PageModel(local, viewer.filter);
      viewer.levels.clear();
      text.push(event("overview", viewer.page.overview));
    }
    const days = daysUntil(at);
    const changed = [...viewer.page.levels(activity, at)].filter(([id, level]) => {
      const written = JSON.stringify(level);
      if (viewer.levels.get(id) === written) return false;
      viewer.levels.set(id, written);
      return true;
    });
    if (changed.length > 0 || days[0] !== viewer.days)
      text.push(event("levels", { at, days, levels: Object.fromEntries(changed) }));
    viewer.days = days[0] ?? "";
    const requests = activity.since(viewer.number);
    if (requests.length > 0) text.push(event("requests", requests));
    viewer.number = requests.at(-1)?.number ?? viewer.number;
    if (text.length === 0 && ++viewer.quiet < QUIET_INTERVALS) return;
    viewer.quiet = 0;
    viewer.write(text.join("") || ":\n\n");
  }
}

/** JSON has no line break outside of texts, and escapes those inside. */
const event = (name: string, data: unknown) => `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
