import { answerOfOwn, type GatewayError } from "../gateway/gateway-responses";
import { headerValue } from "../gateway/request";
import type { ApiModel } from "../model/model";
import type { RefusedAnswer } from "./explanation";

/** What a caller gets for a gateway error of an API, whose gateway responses may be its own. */
export function refusedAnswer(error: GatewayError, api: ApiModel | undefined): RefusedAnswer {
  // What depends on the request stays as it is written in a template.
  const { status, headers, body } = answerOfOwn(error, api, (name) => `$${name}`);
  return {
    status,
    errorType: headerValue(headers, "x-amzn-errortype") ?? "",
    body: typeof body === "string" ? body : Buffer.from(body).toString(),
    responseType: error.type,
    reason: error.reason,
  };
}
