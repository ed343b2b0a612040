import { EventBridgeClient, PutEventsCommand } from "@aws-sdk/client-eventbridge";
import { EVENT_SOURCE } from "../../contract/self-service";
import { type Events, NotDone } from "../service/ports";
import { CLIENT, sent } from "./client-options";

/** Events on EventBridge. One may come twice; its `detail.id` is the same then. */
export function eventBridgeEvents(eventBus: string): Events {
  const client = new EventBridgeClient(CLIENT);
  return {
    async publish(subscription, { id, type, at, detail }) {
      const entry = {
        EventBusName: eventBus,
        Source: EVENT_SOURCE,
        DetailType: type,
        Time: new Date(at),
        Detail: JSON.stringify({ id, subscription, ...detail }),
      };
      const answer = await sent("PutEvents", () => client.send(new PutEventsCommand({ Entries: [entry] })));
      const [first] = answer?.Entries ?? [];
      if (first?.ErrorCode !== undefined) throw new NotDone(`PutEvents: ${first.ErrorCode}`, true);
    },
  };
}
