import { dateOf, dayOf } from "../../limiter/day-number";
import type { ApiModel, GatewayModel, KeyModel, RouteModel, UsagePlanModel } from "../../model/model";
import { formatQuota, formatThrottle } from "../../text/limits";
import { printable } from "../../text/printable";
import type { LocalGateway } from "../local-gateway";
import type { Activity, Counts } from "./activity";

/** Days for which the page shows the usage, with today. */
const DAYS = 7;
/** Customers that the page shows; the rest is found by the filter. */
const MOST_CUSTOMERS = 100;

/** A customer on one usage plan. */
export interface Customer {
  readonly id: string;
  /** Of the key, by which bursts name the customer. */
  readonly key: string;
  readonly name: string;
  readonly enabled: boolean;
  /** Empty for a key that is in no plan. */
  readonly plan: string;
  /** As text: `10/s, burst 20`. */
  readonly throttle: string;
  readonly burstLimit: number | null;
  readonly quota: string;
  readonly quotaLimit: number | null;
  /** Where the plan opens: `pets/prod`. */
  readonly stages: readonly string[];
}

export interface Stage {
  /** `pets/prod`. */
  readonly id: string;
  readonly api: string;
  readonly stage: string;
  readonly routes: readonly Route[];
}

export interface Route {
  /** `GET /pets`. */
  readonly key: string;
  readonly needsKey: boolean;
  /** What else it asks for: `authorizer oidc`; empty for nothing. */
  readonly authorization: string;
}

/** What is served, which changes with the files only. */
export interface Overview {
  readonly customers: readonly Customer[];
  /** Customers that are not among them. */
  readonly more: number;
  readonly stages: readonly Stage[];
  readonly differences: readonly string[];
}

/** What a customer has left, which changes with each request and with time. */
export interface Level {
  readonly tokens: number | null;
  readonly quota: number | null;
  readonly counts: Counts;
  /** Buckets of method throttles that were used. */
  readonly methods: readonly { readonly method: string; readonly tokens: number; readonly burstLimit: number }[];
  /** Requests that were counted, by day as in `daysUntil`. */
  readonly usage: readonly number[];
}

interface Row {
  readonly customer: Customer;
  readonly key: KeyModel;
  readonly plan: UsagePlanModel | undefined;
}

/** What the page shows of a gateway. */
export class PageModel {
  readonly overview: Overview;
  /** What it was made of. */
  readonly model: GatewayModel;
  private readonly rows: readonly Row[];

  /** @param filter shows customers whose id, description or plan contains it; all with an empty one */
  constructor(
    private readonly local: LocalGateway,
    filter: string,
  ) {
    const { model, gateway } = local;
    this.model = model;
    const all = model.keys.flatMap((key) => rowsOf(key, model.plans)).filter((row) => isMeant(row, filter));
    this.rows = all.slice(0, MOST_CUSTOMERS);
    this.overview = {
      customers: this.rows.map(({ customer }) => customer),
      more: all.length - this.rows.length,
      stages: model.apis.flatMap((api) => api.stages.map(({ name }) => stageOf(api, name))),
      differences: [...new Set(gateway.differences.map(({ message }) => printable(message, 500)))],
    };
  }

  /** By the customer's id; clients without a key by an empty one. */
  levels(activity: Activity, at: number): ReadonlyMap<string, Level> {
    const anyone: Level = {
      tokens: null,
      quota: null,
      counts: activity.countsOf(undefined, undefined),
      methods: [],
      usage: [],
    };
    return new Map([
      ["", anyone],
      ...this.rows.map((row) => [row.customer.id, this.levelOf(row, activity, at)] as const),
    ]);
  }

  private levelOf({ key, plan }: Row, activity: Activity, at: number): Level {
    const counts = activity.countsOf(key.id, plan?.id);
    if (!plan) return { tokens: null, quota: null, counts, methods: [], usage: [] };
    const { tokens = null, quota = null, methods } = this.local.standing(plan, key, at);
    const days = daysUntil(at);
    const report = this.local.usage(plan.id, days[0] ?? "", days.at(-1) ?? "");
    return {
      tokens,
      quota,
      counts,
      methods: methods.map((each) => ({
        method: printable(each.method),
        tokens: each.tokens,
        burstLimit: each.throttle.burstLimit,
      })),
      usage: (report?.values[key.id] ?? []).map(([used]) => used),
    };
  }
}

/** The days of the report: `2026-11-16` to `2026-11-22`. */
export function daysUntil(at: number): string[] {
  const today = dayOf(at);
  return Array.from({ length: DAYS }, (_, index) => dateOf(today - DAYS + 1 + index));
}

function rowsOf(key: KeyModel, plans: readonly UsagePlanModel[]): Row[] {
  const own = plans.filter((plan) => plan.keys.includes(key));
  return (own.length === 0 ? [undefined] : own).map((plan) => ({ key, plan, customer: customerOf(key, plan) }));
}

function customerOf(key: KeyModel, plan: UsagePlanModel | undefined): Customer {
  return {
    id: JSON.stringify([key.id, plan?.id ?? ""]),
    key: key.id,
    name: printable(key.description === "" ? key.id : `${key.id} (${key.description})`),
    enabled: key.enabled,
    plan: printable(plan?.id ?? ""),
    throttle: plan?.throttle ? formatThrottle(plan.throttle) : "",
    burstLimit: plan?.throttle?.burstLimit ?? null,
    quota: plan?.quota ? formatQuota(plan.quota) : "",
    quotaLimit: plan?.quota?.limit ?? null,
    stages: [...new Set(plan?.stages.map(({ api, stage }) => `${api}/${stage}`) ?? [])],
  };
}

const isMeant = ({ customer }: Row, filter: string) =>
  `${customer.name} ${customer.plan}`.toLowerCase().includes(filter.toLowerCase());

function stageOf(api: ApiModel, stage: string): Stage {
  return {
    id: `${api.id}/${stage}`,
    api: api.slug,
    stage,
    routes: api.routes.map((route) => ({
      key: route.key,
      needsKey: route.apiKeyRequired,
      authorization: authorizationOf(route),
    })),
  };
}

function authorizationOf({ authorization, authorizer }: RouteModel): string {
  if (authorization === "NONE") return "";
  return printable(authorization === "AWS_IAM" ? "AWS signature" : `authorizer ${authorizer?.name ?? "unknown"}`);
}
