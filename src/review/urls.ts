import { blockOf, listOfStrings, stringOf } from "../contract/attributes";
import type { ResourceChange } from "../model/resource-changes";
import { readable } from "../model/terraform-resource";
import { counted, type Facts, type Finding } from "./finding";
import { type GatewayState, type Place, placeOf } from "./gateway-state";
import type { Reach } from "./holdings";
import { nameOf } from "./place-names";
import { type StageChange, stageOf } from "./stages";
import { aboutStage } from "./subjects";
import type { TierChange } from "./tiers";
import { isAroundTheWay } from "./way/around";
import { REPLACEMENT } from "./way/changed-parts";
import { leadsToRenamedStage, opensTheSame } from "./way/conditions";
import { apiNameOf, changesOf, describeParts, explainsParts } from "./way/part-values";

const API = "aws_api_gateway_rest_api";
const STAGE = "aws_api_gateway_stage";
const DEPLOYMENT = "aws_api_gateway_deployment";
const DOMAIN = "aws_api_gateway_domain_name";
export const MAPPING = "aws_api_gateway_base_path_mapping";
const RECORD = "aws_route53_record";

/** APIs that get another id, and so another default URL, and those that go. */
export function apiUrlFindings(facts: Facts): Finding[] {
  return facts.changes
    .filter(({ type, action }) => type === API && (action === "replace" || action === "delete"))
    .map((change) => {
      const api = apiNameOf(change, facts);
      const successor = facts.changes.find(
        ({ type, action, after }) => type === API && action === "create" && after?.name === change.before?.name,
      );
      const what =
        change.action === "replace"
          ? "is deleted and created again: its URLs get another API id"
          : `is deleted: its URLs stop answering${successor ? `; ${successor.address} gets other ones` : ""}`;
      const attributes = [REPLACEMENT, "endpoint_configuration", "id"];
      return {
        about: `API ${api}`,
        subject: `API ${api}`,
        apis: [api],
        what,
        explains: change.action === "replace" ? [{ change, attributes }, ...stagesOf(change, facts)] : [{ change }],
      };
    });
}

/** Stages of a replaced API are replaced for that reason. */
const stagesOf = (api: ResourceChange, { stages }: Facts) =>
  stages
    .filter((stage) => placeOf(stage.api) === placeOf(api))
    .flatMap(({ changes }) => changes)
    .filter(({ type, replacedFor }) => type === STAGE && replacedFor.every((name) => name === "rest_api_id"))
    .map((change) => ({ change, attributes: [REPLACEMENT, "rest_api_id", "deployment_id", "web_acl_arn"] }));

/** Another type of endpoint answers under other addresses, or only within a VPC. */
export const endpointFindings = (facts: Facts): Finding[] =>
  changesOf(facts, [API, DOMAIN], (part) => part.split(".")[0] === "endpoint_configuration").map((changed) => {
    const { change } = changed;
    const isDomain = change.type === DOMAIN;
    const name = isDomain ? `domain name ${domainOf(change)}` : `API ${apiNameOf(change, facts)}`;
    const [was, is] = [typesOf(change.before), typesOf(change.after)];
    const dns = isDomain && was !== is ? "; its DNS record must lead to another address" : "";
    // AWS refuses that, and the way by REGIONAL takes two applies.
    const refused = was === "PRIVATE" && is === "EDGE" ? "; AWS takes it by REGIONAL alone: apply that first" : "";
    return {
      about: `endpoint of ${isDomain ? domainOf(change) : apiNameOf(change, facts)}`,
      subject: name,
      what: (was === is ? describeParts(changed) : `from ${was} to ${is}`) + dns + refused,
      explains: explainsParts(changed),
    };
  });

const typesOf = (attributes: ResourceChange["after"]) =>
  listOfStrings(blockOf(attributes?.endpoint_configuration).types).join(", ") || "EDGE";

/** Stages whose name changes, and those that are away for a moment. */
export function stageUrlFindings(facts: Facts): Finding[] {
  return facts.changes
    .filter(({ type, action }) => (type === STAGE || type === DEPLOYMENT) && action === "replace")
    .flatMap((change): Finding[] => {
      const stage = stageOf(change, facts.stages);
      if (!stage?.before || !stage.after) return [];
      // A deployment that makes a stage takes it away when it goes, unless the next one has it by then.
      if (change.createdFirst && stage.before.name === stage.after.name) return [];
      const api = facts.changes.find((each) => placeOf(each) === placeOf(stage.api));
      const isOfApi = api?.action === "replace" && change.replacedFor.every((name) => name === "rest_api_id");
      if (isOfApi) return [];
      const [was, is] = [stage.before.name, stage.after.name];
      const customers = facts.customers
        .filter(({ before }) => [...(before?.reach.values() ?? [])].some((each) => isOn(each, stage)))
        .map(({ name }) => name);
      const callers = customers.length > 0 ? `; ${counted(customers.length, "customer", "customers")}` : "";
      const what =
        was === is
          ? "is deleted and created again: it answers nothing in between"
          : `was called ${was}: …/${was} → …/${is}${callers}`;
      const tiers = tiersUnderNewName(stage, facts);
      const explains = [
        { change, attributes: [REPLACEMENT, "stage_name", "rest_api_id"] },
        ...tiers.flatMap((tier) => (tier.change ? [{ change: tier.change, attributes: ["api_stages"] }] : [])),
      ];
      return [{ ...aboutStage(stage), what, customers, tiers: tiers.map(({ name }) => name), explains }];
    });
}

/** Tiers that name the stage as before, and open nothing else than they did. */
const tiersUnderNewName = ({ api, before, after }: StageChange, facts: Facts): TierChange[] => {
  const names = (plan: TierChange["after"], name: string | undefined) =>
    plan?.stages.some((each) => each.api === api.id && each.stage === name) ?? false;
  return facts.tiers.filter(
    (tier) =>
      names(tier.before, before?.name) &&
      names(tier.after, after?.name) &&
      (tier.change === undefined || opensTheSame(tier.change, facts)),
  );
};

const isOn = (reach: Reach, { api, before }: StageChange) =>
  "stage" in reach && reach.stage === before?.name && placeOf(reach.api) === placeOf(api);

/** Custom domain names, the paths under them, and the records that lead to them. */
export function domainFindings(facts: Facts): Finding[] {
  return facts.changes.flatMap((change): Finding[] => {
    const { type, action } = change;
    if (action === "none" || action === "forget" || action === "create") return [];
    const name = nameOf(change, facts);
    if (type === MAPPING) return mappingFindings(change, name, facts);
    if (type === DOMAIN && (action === "delete" || action === "replace")) {
      const [was, is] = [stringOf(change.before?.domain_name), stringOf(change.after?.domain_name)];
      const what =
        action === "delete" ? "stops answering" : was === is ? "is deleted and created again" : `${was} → ${is}`;
      const explains = action === "delete" ? [{ change }] : [{ change, attributes: [REPLACEMENT, "domain_name"] }];
      return [{ about: name, subject: `domain name ${was}`, what, explains }];
    }
    if (type !== RECORD || !(domainsIn(facts).has(recordOf(change)) || isAroundTheWay(change, facts))) return [];
    const what = { delete: "no longer leads to it", replace: "leads to it by another record" }[action as "delete"];
    return [
      {
        about: name,
        subject: `DNS record ${recordOf(change)}`,
        what: what ?? `changes: ${change.changedAttributes.join(", ")}`,
        explains: [{ change }],
      },
    ];
  });
}

function mappingFindings(change: ResourceChange, name: string, facts: Facts): Finding[] {
  const parts = change.changedAttributes.filter((each) => each !== "id");
  const isRenamed = leadsToRenamedStage(change, facts);
  const [was, is] = [mappedIn(change, facts.before, isRenamed), mappedIn(change, facts.after, isRenamed)];
  if (change.action === "update" && was === is && !parts.includes("api_id")) return [];
  if (change.action === "update" && was === is) return [];
  const what =
    change.action === "delete" ? "stops answering" : was === is ? "is deleted and created again" : `${was} → ${is}`;
  const subject = urlOf(change.before);
  return [{ about: name, subject, what, explains: [{ change }] }];
}

/** `https://api.example.com/v1 (pets/prod)`. */
const mappedIn = (place: Place, state: GatewayState, isSameStage = false) =>
  urlAt(place, state) + (isSameStage ? "" : ` (${mappedStage(place, state)})`);

/** The stage to which a mapping leads: `pets/prod`. */
export function mappedStage(place: Place, state: GatewayState): string {
  const attributes = state.at(place)?.attributes ?? {};
  const api = state.apiOf(place, "api_id")?.id ?? readable(stringOf(attributes.api_id));
  const stage = stringOf(attributes.stage_name);
  return `${api}${stage === "" ? "" : `/${readable(stage)}`}`;
}

/** The URL of a mapping: `https://api.example.com/v1`. */
export const urlAt = (place: Place, state: GatewayState): string => urlOf(state.at(place)?.attributes);

const urlOf = (attributes: ResourceChange["after"]) => {
  const path = stringOf(attributes?.base_path).replace("(none)", "");
  return readable(`https://${stringOf(attributes?.domain_name)}/${path}`).replace(/\/$/, "");
};

const domainOf = ({ before, after }: ResourceChange) => stringOf((after ?? before)?.domain_name);

const recordOf = ({ before, after }: ResourceChange) => stringOf((before ?? after)?.name).replace(/\.$/, "");

/** Domain names of the plans, before and after. */
const domainsIn = ({ before, after }: Facts): ReadonlySet<string> =>
  new Set([...before.textsOf(DOMAIN, "domain_name"), ...after.textsOf(DOMAIN, "domain_name")]);

/** URLs that answer from now on. */
export const addedUrlFindings = (facts: Facts): Finding[] =>
  facts.changes
    .filter(({ type, action }) => (type === MAPPING || type === DOMAIN) && action === "create")
    .map((change) => ({
      about: nameOf(change, facts),
      subject: change.type === DOMAIN ? `domain name ${domainOf(change)}` : urlOf(change.after),
      what: change.type === DOMAIN ? "is new" : `leads to ${mappedIn(change, facts.after).replace(/^.*\(|\)$/g, "")}`,
      explains: [{ change }],
    }));
