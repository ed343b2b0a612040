import { randomUUID } from "node:crypto";
import { setTimeout } from "node:timers/promises";
import type { Ports } from "../service/ports";
import type { ServiceSettings } from "../settings-from";
import { apiGatewayKeys } from "./api-gateway-keys";
import { dynamoTable } from "./dynamo-table";
import { eventBridgeEvents } from "./events";
import { eventBridgeScheduler } from "./scheduler";
import { valueStore } from "./value-store";

/** Another worker is done after a few calls to AWS. */
const PAUSE_MILLISECONDS = 500;

/** AWS, with the credentials of the environment. */
export function awsPorts(settings: ServiceSettings): Ports {
  return {
    table: dynamoTable(settings.table),
    keys: apiGatewayKeys(settings),
    scheduler: eventBridgeScheduler(settings.scheduler),
    events: eventBridgeEvents(settings.eventBus),
    values: valueStore(settings.store),
    clock: () => Date.now(),
    newId: () => randomUUID(),
    pause: () => setTimeout(PAUSE_MILLISECONDS),
    log: (line) => console.log(JSON.stringify(line)),
  };
}
