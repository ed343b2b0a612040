import type { GatewayModel, Unsupported } from "../../model/model";
import { counted, type Rule } from "../finding";
import { isExternal } from "../gateway-state";

export const notEvaluated: Rule = {
  id: "not-evaluated",
  severity: "notice",
  title: (count) => counted(count, "resource is not evaluated", "resources are not evaluated"),
  holds: "What a change means can be read from its plan.",
  why: "Something here depends on what is known only after the apply, or is of a kind that this review does not read.",
  remedy: "Look at these yourself.",
  find: ({ after: { gateway } }) =>
    gateway.unsupported.flatMap((each) => {
      const what = isExternal(each) ? undefined : inWords(each, gateway);
      if (what === undefined) return [];
      const place = each.stack === undefined ? each.address : `${each.stack}: ${each.address}`;
      return [{ about: place, subject: place, what }];
    }),
};

/** What is not known of the customers' access because of it; `undefined` where only a local gateway is concerned. */
function inWords(part: Unsupported, gateway: GatewayModel): string | undefined {
  switch (part.kind) {
    case "unknown":
      return part.what === "quota" ? "its quota is known only after the apply" : unknownPlace(part);
    case "repeated":
      return `is written with ${part.by}, so only a plan says how many there are`;
    case "external-api":
      return /(^|\.)aws_api_gateway_(resource|stage)\./.test(part.address)
        ? `belongs to API ${part.api || "unknown"}, which is not in these plans`
        : undefined;
    case "plan-key":
      return `puts a key into a plan, and its ${part.missing} is known only after the apply (${part.id})`;
    case "plan-stage":
      return part.api === undefined
        ? "covers stages that are known only after the apply (a dynamic block)"
        : `covers stage ${part.stage} of API ${part.api}, which is not in these plans`;
    case "missing-stage":
      return isExternalApi(part.api, gateway)
        ? undefined
        : `covers stage ${part.stage} of API ${part.api}, which has no such stage in these plans`;
    case "method-path":
      return `throttles ${part.path}, which is not a method path`;
    case "body":
      return "its routes stand in a body (OpenAPI), which is not read";
    default:
      return undefined;
  }
}

function unknownPlace({ what, value }: Extract<Unsupported, { kind: "unknown" }>): string {
  const name = what === "stage-name" ? "name" : what;
  return `its ${name} is known only after the apply${value === "" ? "" : ` (${value})`}`;
}

/** Of an API that is in none of the plans, no stage can be expected. */
const isExternalApi = (id: string, { apis }: GatewayModel) => apis.some((api) => api.id === id && isExternal(api));
