import { counted, type Rule } from "../finding";
import { apiNameOf, changesOf, explainsParts, valueAt } from "../way/part-values";

export const keySourceChanged: Rule = {
  id: "key-source-changed",
  severity: "decision",
  title: (count) => counted(count, "API takes keys from somewhere else", "APIs take keys from somewhere else"),
  holds: "A key is found where customers send it.",
  why:
    "With AUTHORIZER, the key is what the authorizer answers, and every x-api-key header is ignored; with HEADER, the key that the " +
    "authorizer answers is. Calls without the right one get 403 Forbidden once the stages are redeployed.",
  remedy:
    "Make sure that each route has an authorizer that answers the customer's key, or that customers send the header.",
  find: (facts) =>
    changesOf(facts, ["aws_api_gateway_rest_api"], (part) => part === "api_key_source").map((changed) => {
      const api = apiNameOf(changed.change, facts);
      const [was, is] = [changed.change.before, changed.change.after].map((each) => valueAt(each, "api_key_source"));
      return {
        about: api,
        subject: `API ${api}`,
        apis: [api],
        what: `from ${was ?? "HEADER"} to ${is ?? "HEADER"}`,
        explains: explainsParts(changed),
      };
    }),
};
