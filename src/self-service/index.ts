import { handlerFromEnvironment, type SelfServiceEvent, type SelfServiceResult } from "./handler";
import { forward } from "./http/forward";

export type { SelfServiceEvent, SelfServiceResult } from "./handler";
export type { CommandName, WrittenRequest } from "./http/read-request";
export type { Refusal } from "./machine/command";
export type { Answer } from "./service/service";

/**
 * The self-service, ready-made: it owns the keys of customers who sign up without a deploy. The stack `self-service` deploys it. A
 * project also makes it a handler of its own, for an API that it puts before the service, by a file in its `handlers` folder:
 * `export { handler } from "cdktf-api-tiers/self-service";`
 *
 * With `SELF_SERVICE` in its environment it is the service; with `SELF_SERVICE_FUNCTION` alone it passes requests on to that function.
 */
export const handler = async (event: SelfServiceEvent): Promise<SelfServiceResult> => {
  const functionName = process.env.SELF_SERVICE_FUNCTION;
  if (!process.env.SELF_SERVICE && functionName && "httpMethod" in event) return forward(event, functionName);
  return handlerFromEnvironment()(event);
};
