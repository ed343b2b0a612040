import { booleanOf } from "../../contract/attributes";
import { counted, type Rule } from "../finding";
import { placeOf } from "../gateway-state";
import { apiNameOf, changesOf, explainsParts } from "../way/part-values";

const PART = "disable_execute_api_endpoint";

export const defaultUrlChanged: Rule = {
  id: "default-url-changed",
  severity: "decision",
  title: (count) => counted(count, "API opens or closes its default URL", "APIs open or close their default URLs"),
  holds: "The URL that customers call goes on answering, and no other one does.",
  why:
    "Without the default URL (execute-api), every call to it gets 403 Forbidden. With it, calls pass that a custom domain name " +
    "would refuse, such as those without a client certificate. Either is live once a stage is redeployed.",
  remedy: "Make sure that all customers call a custom domain name, and redeploy the stages.",
  find: (facts) =>
    changesOf(facts, ["aws_api_gateway_rest_api"], (part) => part === PART).map((changed) => {
      const { change } = changed;
      const api = apiNameOf(change, facts);
      const closes = booleanOf(change.after?.[PART]);
      const stages = facts.stages.filter((stage) => placeOf(stage.api) === placeOf(change));
      const waits = stages.length === 0 || stages.some(({ redeployed }) => !redeployed);
      return {
        about: api,
        subject: `API ${api}`,
        apis: [api],
        what:
          (closes ? "the default URL stops answering" : "the default URL answers again") +
          (waits ? ", once its stages are redeployed" : ""),
        explains: explainsParts(changed),
      };
    }),
};
