import type { StepResult } from "../machine/next-step";
import type { Step } from "../machine/subscription";
import { keyName } from "./key-name";
import type { Ports, StoredSubscription } from "./ports";

/**
 * Does one step. Done again after an interruption, it comes to the same.
 *
 * AWS takes no token by which CreateApiKey could be repeated. A value of our own would be one, but what could make it
 * again could make every key. So the key's name says for what it is: a repetition looks for it first. A list may miss a new
 * key; then a second one is made, and the first stays disabled and in no plan until `reconcile` deletes it.
 *
 * @param repeated whether it may have been done, or half done, before
 */
export async function perform(
  { subscription }: StoredSubscription,
  step: Step,
  repeated: boolean,
  ports: Ports,
): Promise<StepResult> {
  const { keys, scheduler, events, values } = ports;
  const { id } = subscription;
  switch (step.do) {
    case "schedule":
      await scheduler.schedule(id, step.at);
      return {};
    case "unschedule":
      await scheduler.cancel(id);
      return {};
    case "publish": {
      const event = subscription.events.find((each) => each.id === step.event);
      if (event) await events.publish(id, event);
      return {};
    }
    case "remove-value":
      await values.remove(id);
      return {};
    case "create-key": {
      const name = keyName(id, step.key);
      const found = repeated ? await keys.find(name) : [];
      const [first] = found.map((key) => key.id).sort();
      return { id: first ?? (await keys.create(name)) };
    }
  }
  const keyId = subscription.keys.find((key) => key.name === step.key)?.aws.id;
  if (keyId === undefined) return { missing: true };
  switch (step.do) {
    case "enable-key":
    case "disable-key":
      return { missing: !(await keys.setEnabled(keyId, step.do === "enable-key")) };
    case "join-plan":
      return { missing: !(await keys.join(keyId, step.tier)) };
    case "leave-plan":
      await keys.leave(keyId, step.tier);
      return {};
    case "delete-key":
      await keys.remove(keyId);
      return {};
    case "store-value": {
      const value = await keys.value(keyId);
      if (value === undefined) return { missing: true };
      await values.put(id, value);
      return {};
    }
  }
}
