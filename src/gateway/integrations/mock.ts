import { remembering } from "../../memory/remembering";
import type { MockIntegration } from "../../model/model";
import type { Outcome } from "../gateway-responses";
import type { RoutedRequest } from "../routed-request";
import { Exchange, failed, misconfigured } from "./exchange";

/**
 * Answers without a backend: the request template chooses a status, the status an integration response.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-mock-integration.html
 */
export function answerOfMock(integration: MockIntegration, routed: RoutedRequest): Outcome {
  const exchange = new Exchange(routed);
  try {
    const filled = exchange.requestBody(integration);
    if (typeof filled !== "string") return filled;
    const selection = chosenStatus(filled);
    if (selection === undefined)
      return misconfigured(
        'the mock\'s request template must give JSON with a statusCode that is a number, {"statusCode": 200}',
      );
    // What came in is not what goes out: the body of a mock is empty.
    return exchange.answer(integration.responses, { selection, headers: [], body: "" });
  } catch (error) {
    return failed(error);
  }
}

/** Names without quotes pass, as API Gateway's parser lets them. */
const UNQUOTED_NAME = /([{,]\s*)([A-Za-z_]\w*)(\s*:)/g;

/** A longer string was filled in, and is unlikely to come again. */
const LONGEST_KNOWN = 256;

/** The status in a mock's data; `undefined` where API Gateway finds none and answers 500. */
const chosenStatus = (data: string): string | undefined =>
  data.length > LONGEST_KNOWN ? statusIn(data) : statusOf(data);

const statusOf = remembering(statusIn);

function statusIn(data: string): string | undefined {
  for (const json of [data, data.replace(UNQUOTED_NAME, '$1"$2"$3')]) {
    try {
      const { statusCode } = JSON.parse(json) as { readonly statusCode?: unknown };
      return typeof statusCode === "number" && Number.isInteger(statusCode) ? String(statusCode) : undefined;
    } catch {
      // The other spelling may be valid.
    }
  }
  return undefined;
}
