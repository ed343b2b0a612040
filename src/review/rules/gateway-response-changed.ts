import { stringOf } from "../../contract/attributes";
import { counted, listed, type Rule } from "../finding";
import { nameOf } from "../place-names";
import { apiIsGone, apiIsNew } from "../way/conditions";
import { apiNameOf } from "../way/part-values";

export const gatewayResponseChanged: Rule = {
  id: "gateway-response-changed",
  severity: "notice",
  title: (count) => counted(count, "gateway error is answered differently", "gateway errors are answered differently"),
  holds: "A client that is refused can see why.",
  why: "Clients read the status, the headers and the body of an error: retries after 429 and browsers depend on them.",
  remedy: "Check that clients understand the new answer.",
  find: (facts) =>
    facts.changes
      .filter(
        ({ type, action }) => type === "aws_api_gateway_gateway_response" && action !== "none" && action !== "forget",
      )
      .filter((change) => !apiIsNew(change, facts) && !apiIsGone(change, facts))
      .map((change) => {
        const { action, changedAttributes, before, after } = change;
        const api = apiNameOf(change, facts);
        const what = { create: "is no longer the default of AWS", delete: "is the default of AWS again" }[
          action as "create"
        ];
        return {
          about: nameOf(change, facts),
          subject: `${stringOf((after ?? before)?.response_type)} of ${api}`,
          apis: [api],
          what: what ?? `changes: ${listed(changedAttributes)}`,
          explains: [{ change }],
        };
      }),
};
