import { findNamed, UnclearNameError } from "../model/names";
import type { LocalGateway } from "./local-gateway";
import { answerOfKeyStore, KEY_STORE_PATH } from "./local-key-store";
import type { GatewayAnswer, PlainRequest } from "./request";

/**
 * Pages of the local gateway about itself, under `/_tiers`, which no API can have: `/_tiers/usage` in the shape of
 * GetUsage, and `/_tiers/keys`, the local keys of all customers.
 */
export function ownPage(local: LocalGateway, request: PlainRequest, at: number): GatewayAnswer {
  const { path } = request;
  const query = new URLSearchParams(request.query);
  switch (path.replace(/(?<=.)\/$/, "")) {
    case KEY_STORE_PATH:
      return answerOfKeyStore(local, request);
    case "/_tiers/usage":
      return usagePage(local, query, at);
    case "/_tiers/keys":
      return keysPage(local, query);
    default:
      return json(404, {
        message: `nothing is at ${path}; there are the stages, /_tiers/, /_tiers/usage and /_tiers/keys`,
        stages: local.model.apis.flatMap(({ slug, stages }) => stages.map(({ name }) => `/${slug}/${name}`)),
      });
  }
}

function usagePage(local: LocalGateway, query: URLSearchParams, at: number): GatewayAnswer {
  const today = new Date(at).toISOString().slice(0, 10);
  const { plans } = local.model;
  const plan = query.get("usagePlanId");
  const startDate = query.get("startDate") ?? today;
  const endDate = query.get("endDate") ?? today;
  try {
    const chosen = plan === null ? plans : [findNamed(plan, plans, "usage plan", ({ tier }) => tier)];
    const reports = chosen.map(({ id }) => local.usage(id, startDate, endDate));
    return json(200, plan === null ? { items: reports } : reports[0]);
  } catch (error) {
    if (error instanceof RangeError) return json(400, { message: error.message });
    return unclear(error);
  }
}

function keysPage(local: LocalGateway, query: URLSearchParams): GatewayAnswer {
  const wanted = query.get("id");
  let { keys } = local.model;
  try {
    if (wanted !== null) keys = [findNamed(wanted, keys, "subscription", ({ subscription }) => subscription)];
  } catch (error) {
    return unclear(error);
  }
  const items = keys.map((key) => ({
    id: key.id,
    name: key.name,
    description: key.description,
    enabled: key.enabled,
    usagePlanIds: local.model.plans.filter((plan) => plan.keys.includes(key)).map(({ id }) => id),
    value: local.shownKey(key),
  }));
  return json(200, { items });
}

function unclear(error: unknown): GatewayAnswer {
  if (!(error instanceof UnclearNameError)) throw error;
  return json(404, { message: error.message });
}

/** JSON for people, which pages of other sites cannot load. */
export const json = (status: number, value: unknown): GatewayAnswer => ({
  status,
  headers: [
    ["Content-Type", "application/json"],
    ["X-Content-Type-Options", "nosniff"],
    ["Cross-Origin-Resource-Policy", "same-origin"],
  ],
  body: `${JSON.stringify(value, undefined, 2)}\n`,
});
