import type { WrittenRequest } from "../../../../src/self-service";

/** Calls the self-service as this function's role may; it throws where the service failed, so that the sender repeats. */
export async function callSelfService(request: WrittenRequest): Promise<unknown> {
  // With the settings in the environment, as on a local gateway, the service runs in this process.
  if (process.env.SELF_SERVICE) {
    const { handler } = await import("../../../../src/self-service");
    return handler({ request });
  }
  const { InvokeCommand, LambdaClient } = await import("@aws-sdk/client-lambda");
  const answer = await new LambdaClient({}).send(
    new InvokeCommand({ FunctionName: process.env.SELF_SERVICE_FUNCTION, Payload: JSON.stringify({ request }) }),
  );
  if (answer.FunctionError !== undefined) throw new Error("the self-service failed; see its log");
  return JSON.parse(Buffer.from(answer.Payload ?? []).toString("utf8"));
}

/** Whether the service refused because it knows no such subscription: it may have come before the subscription, so it is repeated. */
export const isUnknown = (answer: unknown): boolean =>
  (answer as { refusal?: { code?: string } }).refusal?.code === "unknown-subscription";
