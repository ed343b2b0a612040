import type { ProxyEvent } from "./read-request";
import type { ProxyResult } from "./respond";

/**
 * Passes a request on to the service's own function, which alone has the rights to its keys: the function of an API may do no more
 * than call it.
 */
export async function forward(event: ProxyEvent, functionName: string): Promise<ProxyResult> {
  // Part of Lambda's runtime; loaded here, since the service itself needs no other function.
  const { InvokeCommand, LambdaClient } = await import("@aws-sdk/client-lambda");
  const { httpMethod, path, pathParameters, headers, body, isBase64Encoded } = event;
  const Payload = JSON.stringify({ httpMethod, path, pathParameters, headers, body, isBase64Encoded });
  const answer = await new LambdaClient({}).send(new InvokeCommand({ FunctionName: functionName, Payload }));
  // What the function threw is in its log.
  if (answer.FunctionError !== undefined || answer.Payload === undefined)
    throw new Error(`the function ${functionName} failed; see its log`);
  return JSON.parse(Buffer.from(answer.Payload).toString("utf8")) as ProxyResult;
}
