import type { BodyProblem } from "../model/body/problems";
import type { Unsupported } from "../model/model";
import type { Facts, NotEvaluated } from "./finding";
import { placeOf } from "./gateway-state";
import { unknownPlanKeys } from "./unknown-plan-keys";

/** What the model leaves out, if customers may be concerned: before the change only where it is read afterwards. */
export function partsNotEvaluated(facts: Omit<Facts, "notEvaluated">): NotEvaluated[] {
  const { before, after, changes } = facts;
  const ofCustomers = new Set([...unknownPlanKeys(facts).values()].flat().map(placeOf));
  const changed = new Map(
    changes.filter(({ action }) => action !== "none").map((change) => [placeOf(change), change] as const),
  );
  const bodiesBefore = before.gateway.unsupported.filter(
    (each) => each.kind === "body" && changed.has(placeOf(each)) && after.at(each) !== undefined,
  );
  const found = [...after.gateway.unsupported, ...bodiesBefore].flatMap((each): NotEvaluated[] => {
    if (each.kind === "plan-key" && ofCustomers.has(placeOf(each))) return [];
    const what = inWords(each);
    if (what === undefined) return [];
    const place = each.stack === undefined ? each.address : `${each.stack}: ${each.address}`;
    const change = changed.get(placeOf(each));
    const explains = each.kind === "body" && change ? [{ change, attributes: BODY }] : [];
    return [{ about: place, subject: place, what, isChanged: change !== undefined, explains }];
  });
  return [...new Map(found.map((each) => [`${each.about} ${each.what}`, each])).values()];
}

/** Attributes of an API by which its routes change. */
const BODY = ["body", "parameters", "put_rest_api_mode"];

/** What is not known of the customers' access because of it; `undefined` where only a local gateway is concerned. */
function inWords(part: Unsupported): string | undefined {
  switch (part.kind) {
    case "unknown":
      return part.what === "quota" ? "its quota is known only after the apply" : unknownPlace(part);
    case "repeated":
      return `is written with ${part.by}, so only a plan says how many there are`;
    case "external-api":
      return !part.isExternal && /(^|\.)aws_api_gateway_(resource|stage)\./.test(part.address)
        ? `belongs to API ${part.api || "unknown"}, which is not in these plans`
        : undefined;
    case "plan-key":
      if (part.isExternal) return undefined;
      return `puts a key into a plan, and its ${part.missing} is known only after the apply (${part.id})`;
    case "plan-stage":
      if (part.isExternal) return undefined;
      return part.api === undefined
        ? "covers stages that are known only after the apply (a dynamic block)"
        : `covers stage ${part.stage} of API ${part.api}, which is not in these plans`;
    case "missing-stage":
      return `covers stage ${part.stage} of API ${part.api}, which has no such stage in these plans`;
    case "method-path":
      return `throttles ${part.path}, which is not a method path`;
    case "body":
      return bodyInWords(part.problem);
    default:
      return undefined;
  }
}

function bodyInWords(problem: BodyProblem): string {
  switch (problem.kind) {
    case "unknown":
      return "its body is known only after the apply; its routes may change";
    case "unreadable":
      return `its body ${problem.why}`;
    case "version":
      return `its routes stand in a body in ${problem.version}, which is not read (OpenAPI 3.0, 3.1 and Swagger 2.0 are)`;
    case "base-path":
      return `the base path of its body is taken up by basepath = "${problem.mode}", which AWS does not have`;
    case "broken-reference":
      return `in its body, ${problem.place} ${problem.why}`;
    case "extension":
      return `its body has ${problem.place}, which is not read`;
    case "security-scheme":
      return `in its body, ${problem.place} is a security scheme that API Gateway does not ask for by itself`;
    case "validator":
      return `in its body, ${problem.place} names the request validator ${problem.name}, which is not there`;
  }
}

function unknownPlace({ what, value }: Extract<Unsupported, { kind: "unknown" }>): string {
  if (what === "enabled") return "whether it is enabled is known only after the apply";
  const name = what === "stage-name" ? "name" : what;
  return `its ${name} is known only after the apply${value === "" ? "" : ` (${value})`}`;
}
