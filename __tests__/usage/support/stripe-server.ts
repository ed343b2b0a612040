import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

export interface StripeServerOptions {
  /** Milliseconds since 1 January 1970. */
  readonly now: () => number;
  readonly meter?: object;
  /** Requests after which one is refused for its rate. */
  readonly refuseEvery?: number;
}

/** A server that takes meter events by the rules that Stripe documents: window, identifiers, rate. */
export class StripeServer {
  /** What is billed: the newest value by customer and day. */
  readonly values = new Map<string, number>();
  readonly identifiers = new Map<string, number>();
  requests = 0;
  /** Ends the connection after an event was taken, once for each of these counts, before the answer is sent. */
  readonly cut = new Set<number>();
  private readonly server: Server;

  constructor({ now, meter = {}, refuseEvery = Number.POSITIVE_INFINITY }: StripeServerOptions) {
    this.server = createServer((request, response) => {
      const answer = (status: number, body: object) => {
        response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
      };
      const refuse = (status: number, type: string, message: string) => answer(status, { error: { type, message } });
      if (request.headers.authorization !== "Bearer sk_test_example")
        return refuse(401, "invalid_request_error", "Invalid API Key");
      if (request.method === "GET") {
        const own = {
          event_name: "api_requests",
          event_time_window: "day",
          default_aggregation: { formula: "sum" },
          ...meter,
        };
        return answer(200, { object: "list", data: [own], has_more: false, url: "/v1/billing/meters" });
      }
      let text = "";
      request.on("data", (part) => {
        text += part;
      });
      request.on("end", () => {
        this.requests++;
        if (this.requests % refuseEvery === 0) return refuse(429, "invalid_request_error", "Too many requests");
        const form = new URLSearchParams(text);
        const at = Number(form.get("timestamp")) * 1_000;
        const identifier = form.get("identifier") ?? "";
        const taken = this.identifiers.get(identifier);
        if (at < now() - 35 * 86_400_000 || at > now() + 300_000)
          return refuse(400, "invalid_request_error", "The timestamp must be within the past 35 calendar days");
        if (taken !== undefined && now() - taken < 86_400_000)
          return refuse(400, "invalid_request_error", `An event already exists with identifier ${identifier}`);
        this.identifiers.set(identifier, now());
        const customer = form.get("payload[stripe_customer_id]") ?? "";
        if (customer === "cus_gone") return refuse(400, "invalid_request_error", "No such customer");
        this.values.set(`${customer} ${new Date(at).toISOString().slice(0, 10)}`, Number(form.get("payload[value]")));
        if (this.cut.delete(this.requests)) return void request.socket.destroy();
        answer(200, { object: "billing.meter_event", identifier });
      });
    });
  }

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, "127.0.0.1", resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  close(): void {
    this.server.closeAllConnections();
    this.server.close();
  }
}
