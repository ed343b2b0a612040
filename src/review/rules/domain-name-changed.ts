import { counted, type Rule } from "../finding";
import { nameOf } from "../place-names";
import { changesOf, describeParts, explainsParts } from "../way/part-values";

/** Of these, other rules speak, or they follow from what does change. */
const NOT_HERE =
  /^(\(replacement\)|domain_name|endpoint_configuration.*|tags|tags_all|arn|id|certificate_upload_date|certificate_private_key)$/;

export const domainNameChanged: Rule = {
  id: "domain-name-changed",
  severity: "decision",
  title: (count) => counted(count, "domain name asks for something else", "domain names ask for something else"),
  holds: "The clients of customers can still connect to a domain name.",
  why:
    "The certificate, the least version of TLS, the client certificates that are trusted and the policy decide before any key is looked " +
    "at: a client that does not fit cannot connect, or gets 403 Forbidden.",
  remedy: "Try it with the clients that customers have.",
  find: (facts) =>
    changesOf(facts, ["aws_api_gateway_domain_name"], (part) => !NOT_HERE.test(part)).map((changed) => ({
      about: nameOf(changed.change, facts),
      subject: nameOf(changed.change, facts),
      what: describeParts(changed),
      explains: explainsParts(changed),
    })),
};
