import type { ResourceChange } from "../../model/resource-changes";
import { counted, type Facts, type Finding, type Rule } from "../finding";
import { placeOf } from "../gateway-state";
import { nameOf } from "../place-names";
import { stageOf } from "../stages";
import { aboutStage } from "../subjects";
import { isUnused, sameTarget } from "../way/conditions";
import { changesOf, describeParts, explainsParts } from "../way/part-values";

const TYPE = "aws_api_gateway_client_certificate";

export const clientCertificateChanged: Rule = {
  id: "client-certificate-changed",
  severity: "decision",
  title: (count) => counted(count, "client certificate changes", "client certificates change"),
  holds: "A backend knows the certificate that API Gateway shows.",
  why: "A backend that checks it refuses every call until it trusts the new certificate: customers get 500 or what the backend answers.",
  remedy: "Let the backend trust the new certificate first.",
  find: (facts) => [...ofStages(facts), ...ofCertificates(facts)],
};

const ofStages = (facts: Facts): Finding[] =>
  changesOf(facts, ["aws_api_gateway_stage"], (part) => part === "client_certificate_id")
    .filter(({ change }) => !sameTarget("client_certificate_id", TYPE)(change, facts))
    .flatMap((changed) => {
      const stage = stageOf(changed.change, facts.stages);
      return stage ? [{ ...aboutStage(stage), what: describeParts(changed), explains: explainsParts(changed) }] : [];
    });

/** A certificate that goes, or that another one replaces, while a stage names it. */
const ofCertificates = (facts: Facts): Finding[] =>
  facts.changes
    .filter(({ type, action }) => type === TYPE && (action === "delete" || action === "replace"))
    .filter((change) => isNamed(change, facts))
    .map((change) => ({
      about: nameOf(change, facts),
      subject: nameOf(change, facts),
      what: change.action === "delete" ? "is deleted" : "is replaced by another certificate",
      explains: [{ change }],
    }));

const isNamed = (change: ResourceChange, facts: Facts) =>
  !isUnused("aws_api_gateway_stage", "client_certificate_id")(change, facts) ||
  facts.after.ofType("aws_api_gateway_stage").some((stage) => {
    const target = facts.after.targetOf(stage, "client_certificate_id", TYPE);
    return target !== undefined && placeOf(target) === placeOf(change);
  });
