import { stringOf } from "../../contract/attributes";
import { counted, listed, type Rule } from "../finding";
import { placeOf } from "../gateway-state";
import { nameOf } from "../place-names";
import { changesOf, describeParts, explainsParts } from "../way/part-values";

const PARTS = [
  "authorizer_credentials",
  "authorizer_result_ttl_in_seconds",
  "authorizer_uri",
  "identity_source",
  "identity_validation_expression",
  "provider_arns",
  "type",
];

export const authorizerSettingsChanged: Rule = {
  id: "authorizer-settings-changed",
  severity: "decision",
  title: (count) => counted(count, "authorizer decides in another way", "authorizers decide in another way"),
  holds: "An authorizer accepts the calls that it accepted before.",
  why:
    "Another function, identity source, expression, lifetime of results or user pool accepts and refuses others: calls that passed may " +
    "get 401 or 403.",
  remedy: "Try it on a stage that no customer calls, with the tokens that customers send today.",
  find: (facts) =>
    changesOf(facts, ["aws_api_gateway_authorizer"], (part) => PARTS.includes(part)).map((changed) => {
      const { change } = changed;
      const asking = facts.routes.filter(
        ({ after }) => after?.authorizer && placeOf(after.authorizer) === placeOf(change),
      );
      const routes = asking.map(({ key, api }) => `${key} of ${api.id}`);
      const name = stringOf((change.after ?? change.before)?.name) || change.address;
      return {
        about: nameOf(change, facts),
        subject: `authorizer ${name}`,
        routes,
        what: describeParts(changed) + (routes.length > 0 ? `; asked by ${listed(routes)}` : ""),
        explains: explainsParts(changed),
      };
    }),
};
