import {
  CreateScheduleCommand,
  DeleteScheduleCommand,
  SchedulerClient,
  type ScheduleState,
  UpdateScheduleCommand,
} from "@aws-sdk/client-scheduler";
import { fingerprint } from "../../contract/fingerprint";
import type { Scheduler } from "../service/ports";
import type { ServiceSettings } from "../settings-from";
import { CLIENT, sent } from "./client-options";

/** One schedule for each subscription, in a group of the service's own; it is gone once it has called. */
export function eventBridgeScheduler({ group, role, target }: ServiceSettings["scheduler"]): Scheduler {
  const client = new SchedulerClient(CLIENT);
  return {
    async schedule(subscription, at) {
      const schedule = {
        Name: nameOf(subscription),
        GroupName: group,
        // Whole seconds: a call before the time would find nothing due.
        ScheduleExpression: `at(${new Date(Math.ceil(at / 1_000) * 1_000).toISOString().slice(0, 19)})`,
        ScheduleExpressionTimezone: "UTC",
        FlexibleTimeWindow: { Mode: "OFF" as const },
        ActionAfterCompletion: "DELETE" as const,
        State: "ENABLED" as ScheduleState,
        Target: { Arn: target, RoleArn: role, Input: JSON.stringify({ tick: subscription }) },
      };
      const create = () => client.send(new CreateScheduleCommand(schedule));
      const update = () => client.send(new UpdateScheduleCommand(schedule));
      if ((await sent("CreateSchedule", create, ["ConflictException"])) !== undefined) return;
      if ((await sent("UpdateSchedule", update, ["ResourceNotFoundException"])) !== undefined) return;
      // It called in between, and is gone.
      await sent("CreateSchedule", create);
    },
    async cancel(subscription) {
      const request = () => client.send(new DeleteScheduleCommand({ Name: nameOf(subscription), GroupName: group }));
      await sent("DeleteSchedule", request, ["ResourceNotFoundException"]);
    },
  };
}

/** Names of schedules take 64 characters, fewer than ids, and not all of theirs. */
export const nameOf = (subscription: string): string =>
  `${subscription.replace(/[^A-Za-z0-9_.-]/g, "_").slice(0, 40)}-${fingerprint(subscription)}`;
