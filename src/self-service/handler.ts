import { awsPorts } from "./aws/aws-ports";
import { type ProxyEvent, readWritten, type WrittenRequest } from "./http/read-request";
import { type ProxyResult, respond } from "./http/respond";
import type { Ports } from "./service/ports";
import { type Reconciliation, reconcile } from "./service/reconcile";
import { type Answer, SubscriptionService } from "./service/service";
import { type ServiceSettings, settingsFrom } from "./settings-from";

/** What the function takes: a request of the HTTP API, a command of the team's own code, or a call of the scheduler. */
export type SelfServiceEvent =
  | ProxyEvent
  | { readonly tick: string }
  | { readonly reconcile: true }
  | { readonly request: WrittenRequest };

/** What it gives. */
export type SelfServiceResult = ProxyResult | Answer | Reconciliation | undefined;

/** The function over settings and ports. */
export function selfServiceHandler(settings: ServiceSettings, ports: Ports) {
  const service = new SubscriptionService(settings, ports);
  return async (event: SelfServiceEvent): Promise<SelfServiceResult> => {
    if ("httpMethod" in event) return respond(event, service);
    if ("tick" in event) {
      await service.tick(event.tick);
      return undefined;
    }
    if ("request" in event) {
      const request = readWritten(event.request);
      if ("problems" in request) throw new Error(`request: ${request.problems.join("; ")}`);
      return service.handle(request);
    }
    if (!("reconcile" in event)) throw new Error("unknown event: expected httpMethod, request, tick or reconcile");
    const found = await reconcile(settings, ports);
    for (const { subscription, key, kind } of found.drift)
      ports.log({ subscription, problem: `key ${key}: ${kind} by hand` });
    for (const { subscription, problem } of found.failed) ports.log({ subscription, problem });
    return found;
  };
}

let fromEnvironment: ReturnType<typeof selfServiceHandler> | undefined;

/** The function with the settings of its environment, connected once. */
export function handlerFromEnvironment(): ReturnType<typeof selfServiceHandler> {
  if (fromEnvironment === undefined) {
    const settings = settingsFrom(process.env);
    fromEnvironment = selfServiceHandler(settings, awsPorts(settings));
  }
  return fromEnvironment;
}
