import type { LambdaIntegration, Mapping } from "../../model/model";
import { contextVariables } from "../context-variables";
import type { FunctionRunner } from "../functions/function-runner";
import type { DirectedRequest } from "../gateway";
import type { Outcome } from "../gateway-responses";
import { illegalHeader } from "../passed-headers";
import type { Header } from "../request";
import { traceIdOf } from "../trace-id";
import { Exchange, mappedTo, misconfigured } from "./exchange";
import { callLambdaProxy, failureOf } from "./lambda-proxy";

/** Calls the function of a route, as a proxy or with what mapping templates make of the request. */
export async function answerOfLambda(
  integration: LambdaIntegration,
  request: DirectedRequest,
  runner: FunctionRunner,
): Promise<Outcome> {
  const mapped = mappedTo("header", integration.requestParameters, contextVariables(request));
  const illegal = illegalHeader(mapped, "aws");
  if (illegal !== undefined) return misconfigured(`a mapping sets ${illegal}, which API Gateway sets itself`);
  const { mapping } = integration;
  if (mapping !== undefined) return Exchange.run(() => mappedAnswer(integration, mapping, request, runner));
  const { key, caller, api } = request;
  const { binaryMediaTypes } = api;
  const outcome = await callLambdaProxy({ routed: request, integration, binaryMediaTypes, key, caller }, runner);
  return outcome.kind === "answer" ? outcome.answer : outcome;
}

/**
 * What templates make of the request is the event; the function's result, or its error, is the answer that they are applied to.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/handle-errors-in-lambda-integration.html
 */
async function mappedAnswer(
  integration: LambdaIntegration,
  mapping: Mapping,
  request: DirectedRequest,
  runner: FunctionRunner,
): Promise<Outcome> {
  const exchange = new Exchange(request);
  const body = exchange.requestBody(mapping);
  if (typeof body !== "string") return body;
  let event: unknown;
  try {
    event = JSON.parse(body === "" ? "{}" : body);
  } catch {
    return misconfigured(
      `function "${integration.function.name}" gets what is not JSON: its request template must give JSON`,
    );
  }
  const outcome = await runner.invoke(integration.function, event, {
    requestId: request.requestId,
    patienceMilliseconds: integration.timeoutMilliseconds,
  });
  const result = resultOf(outcome);
  if (result === undefined) return failureOf(outcome as Parameters<typeof failureOf>[0], integration);
  const answer = exchange.answer(mapping.responses, { ...result, headers: [] });
  if ("type" in answer) return answer;
  const headers: Header[] = [...answer.headers, ["X-Amzn-Trace-Id", traceIdOf(request)]];
  return { ...answer, headers };
}

/** What a function said, as Lambda writes it; `undefined` where it said nothing. */
function resultOf(outcome: Awaited<ReturnType<FunctionRunner["invoke"]>>) {
  if (outcome.kind === "answered") {
    const { payload } = outcome;
    const message =
      typeof payload === "object" && payload !== null && "errorMessage" in payload ? payload.errorMessage : "";
    return { selection: typeof message === "string" ? message : "", body: JSON.stringify(payload) };
  }
  if (outcome.kind === "failed") {
    const { type, message } = outcome.error;
    return { selection: message, body: JSON.stringify({ errorType: type, errorMessage: message, trace: [] }) };
  }
  if (outcome.kind === "timed-out" || outcome.kind === "crashed") {
    const message = outcome.kind === "timed-out" ? `Task timed out: ${outcome.reason}` : outcome.reason;
    return { selection: message, body: JSON.stringify({ errorMessage: message }) };
  }
  return undefined;
}
