import { isDeepStrictEqual } from "node:util";
import { error, type Finding } from "../text/finding";
import { byName } from "../text/order";
import { show } from "../text/show";
import { toAccessLog } from "../vocabulary/access-log";
import { type Api, existingApiSchema, type OwnApi, ownApiSchema, toAuthorizer } from "../vocabulary/api";
import { type Cohort, cohortSchema } from "../vocabulary/cohort";
import { toCors } from "../vocabulary/cors";
import { toGatewayResponses } from "../vocabulary/gateway-response";
import { type Handler, type HandlerOptions, handlerName, toHandler } from "../vocabulary/handler";
import { problemOfName, problemOfStageName, problemOfSubscriptionId, unknownName } from "../vocabulary/identifier";
import { type KeyStore, type KeyStoreType, keyStoreSchema, toKeyStore } from "../vocabulary/key-store";
import { entriesOf, isObject } from "../vocabulary/objects";
import { type Place, readEntry } from "../vocabulary/read-entry";
import { NO_INTEGRATION, type Route, type RouteKey, readRouteKey, routeSchema, toRoute } from "../vocabulary/route";
import { sourcesOf } from "../vocabulary/route-source";
import { existingStageSchema, type Stage, stageSchema } from "../vocabulary/stage";
import { toStageDomain } from "../vocabulary/stage-domain";
import { toStageSettings } from "../vocabulary/stage-settings";
import { type Subscription, subscriptionSchema, toSubscription } from "../vocabulary/subscription";
import { type Tier, type TierAccess, tierSchema } from "../vocabulary/tier";
import type { Catalog } from "./catalog";
import { SubscriptionFile } from "./subscription-file";

/** The names that were written, also those of entries that are otherwise wrong: they exist for who refers to them. */
interface Names {
  readonly apis: ReadonlyMap<
    string,
    { readonly stages: readonly string[]; readonly routes: readonly string[]; readonly existing: boolean }
  >;
  readonly tiers: readonly string[];
  readonly cohorts: readonly string[];
}

const PARTS = ["apis", "tiers", "cohorts", "subscriptions", "subscriptionFiles", "keyStore"];

export interface JoinedCatalog {
  readonly catalog: Catalog;
  readonly findings: readonly Finding[];
  /** Where each subscription was written, by id. */
  readonly subscriptionPlaces: ReadonlyMap<string, string>;
}

const at =
  (place: string): Place =>
  () =>
    place;

/**
 * Reads what was written entry by entry, resolves the names by which entries refer to one another, fills in defaults
 * and sorts. Entries that cannot be read are left out; the findings say so.
 */
export function joinCatalog(written: unknown): JoinedCatalog {
  const findings: Finding[] = [];
  const parts = isObject(written) ? written : {};
  for (const part of ["apis", "tiers", "cohorts"])
    if (!isObject(parts[part]) && (part !== "cohorts" || parts[part] !== undefined))
      findings.push(
        error("catalog", `${part} must be a map by id, got ${show(parts[part])}; write { ${part}: { name: {} } }`),
      );
  for (const part of Object.keys(parts))
    if (!PARTS.includes(part)) findings.push(error("catalog", `does not know "${part}"; it has ${PARTS.join(", ")}`));

  const names = namesOf(parts);
  const reader = new CatalogReader(names, findings);
  const apis = entriesOf(parts.apis).flatMap(([id, each]) => reader.api(id, each));
  const tiers = entriesOf(parts.tiers).flatMap(([id, each]) => reader.tier(id, each, apis));
  const cohorts = entriesOf(parts.cohorts).flatMap(([id, each]) => reader.cohort(id, each));
  const keyStore = reader.keyStore(parts.keyStore);
  const subscriptions = reader.subscriptions(parts.subscriptions, parts.subscriptionFiles, keyStore.type);
  const catalog = {
    apis: sortedById(apis),
    tiers: sortedById(tiers),
    cohorts: sortedById(cohorts),
    subscriptions: sortedById(subscriptions),
    keyStore,
    findings: [],
  };
  return { catalog, findings, subscriptionPlaces: reader.subscriptionPlaces };
}

function namesOf(parts: Readonly<Record<string, unknown>>): Names {
  const apis = entriesOf(parts.apis).map(([id, api]) => {
    const { stages, routes, restApiId } = isObject(api) ? api : {};
    const keys = (map: unknown) => entriesOf(map).map(([key]) => key);
    return [id, { stages: keys(stages), routes: keys(routes), existing: restApiId !== undefined }] as const;
  });
  const keysOf = (part: string) => entriesOf(parts[part]).map(([id]) => id);
  return { apis: new Map(apis), tiers: keysOf("tiers"), cohorts: keysOf("cohorts") };
}

const sortedById = <Entry extends { readonly id: string }>(entries: readonly Entry[]) =>
  [...entries].sort((a, b) => byName(a.id, b.id));

class CatalogReader {
  readonly subscriptionPlaces = new Map<string, string>();

  constructor(
    private readonly names: Names,
    private readonly findings: Finding[],
  ) {}

  api(id: string, written: unknown): Api[] {
    const place = `api "${id}"`;
    this.refuse(place, problemOfName(id));
    const stages = isObject(written) ? written.stages : undefined;
    if (isObject(written) && written.restApiId !== undefined) {
      const api = this.read(existingApiSchema, written, at(place));
      if (!api) return [];
      return [
        {
          kind: "existing",
          id,
          restApiId: api.restApiId,
          stages: this.stages(place, stages, false, existingStageSchema),
        },
      ];
    }
    const api = this.read(ownApiSchema, written, at(place));
    if (!api) return [];
    const retired = api.retired ?? false;
    const checkedStages = this.stages(place, stages, retired);
    const routes = this.routes(place, api.routes);
    const own: OwnApi = {
      kind: "own",
      id,
      name: api.name ?? id,
      description: api.description ?? "",
      endpointType: api.endpointType ?? "REGIONAL",
      keySource: api.keySource ?? "HEADER",
      authorizer: api.authorizer && toAuthorizer(api.authorizer),
      policy: api.policy,
      cors: toCors(api.cors),
      gatewayResponses: toGatewayResponses(api.gatewayResponses),
      tags: api.tags ?? {},
      retired,
      stages: checkedStages,
      handlers: this.handlers(place, id, routes, api.authorizer?.handler, api.retiredHandlers ?? []),
      routes,
    };
    this.sources(
      place,
      own,
      entriesOf(api.routes).map(([, route]) => route),
    );
    // AWS: "The REST API doesn't contain any methods" refuses the deployment.
    const named = isObject(written) && (written.routes === undefined || isObject(written.routes));
    if (named && this.names.apis.get(id)?.routes.length === 0 && own.stages.some((stage) => !stage.retired))
      this.refuse(place, "has stages but no route, and AWS deploys no empty API; add a route");
    return [own];
  }

  /** What the documents have to say from which routes come. */
  private sources(place: string, api: OwnApi, routes: readonly unknown[]): void {
    for (const source of sourcesOf(routes)) {
      this.findings.push(...source.findings);
      const { keySource = api.keySource, authorizer } = source.needs;
      if (keySource !== api.keySource)
        this.refuse(
          place,
          `has the keySource ${api.keySource}, but its routes come from ${source.place}, which says ${keySource}; write ` +
            `keySource: "${keySource}", or spread what apiFromOpenApi returns`,
        );
      if (authorizer && !api.authorizer)
        this.refuse(
          place,
          `has no authorizer, but its routes come from ${source.place}, which asks one; give the API an authorizer`,
        );
    }
  }

  /** One function for each handler; its options are written once, or everywhere the same. */
  private handlers(
    place: string,
    api: string,
    routes: readonly Route[],
    authorizer: string | HandlerOptions | undefined,
    retired: readonly (string | HandlerOptions)[],
  ): Handler[] {
    const handlers = new Map<string, { readonly options: HandlerOptions | undefined; readonly place: string }>();
    const add = (name: string, options: HandlerOptions | undefined, where: string) => {
      const first = handlers.get(name);
      if (first?.options === undefined) handlers.set(name, { options, place: where });
      else if (options !== undefined && !isDeepStrictEqual(toHandler(first.options), toHandler(options)))
        this.refuse(
          where,
          `gives handler "${name}" other options than ${first.place}, but it is one function; write them in one place, ` +
            "and its name alone in the others",
        );
    };
    for (const { key, integration } of routes)
      if (integration.type === "handler") add(integration.name, integration.options, `${place}: route "${key}"`);
    const optionsOf = (each: string | HandlerOptions) => (typeof each === "string" ? undefined : each);
    if (authorizer !== undefined) add(handlerName(authorizer), optionsOf(authorizer), `${place}: authorizer`);
    const used = new Set(handlers.keys());
    for (const each of retired) {
      const name = handlerName(each);
      if (used.has(name))
        this.refuse(place, `retiredHandlers names "${name}", which the API still uses; drop it from the list`);
      else add(name, optionsOf(each), `${place}: retiredHandlers`);
    }
    for (const name of handlers.keys())
      if (`${api}-${name}`.length > 64)
        this.refuse(
          place,
          `handler "${name}" gets the function name "${api}-${name}", over AWS's 64 characters; rename one`,
        );
    return [...handlers]
      .map(([name, { options }]) => toHandler(options ?? name))
      .sort((a, b) => byName(a.name, b.name));
  }

  private stages(
    api: string,
    written: unknown,
    retired: boolean,
    schema = stageSchema as typeof existingStageSchema,
  ): Stage[] {
    return entriesOf(written)
      .flatMap(([name, each]) => {
        const place = `${api}: stage "${name}"`;
        this.refuse(place, problemOfStageName(name));
        const stage = this.read(schema, each, at(place));
        if (!stage) return [];
        return {
          name,
          description: stage.description ?? "",
          tags: stage.tags ?? {},
          accessLog: toAccessLog(stage.accessLog),
          settings: toStageSettings(stage.settings),
          domain: toStageDomain(stage.domain),
          retired: retired || (stage.retired ?? false),
        };
      })
      .sort((a, b) => byName(a.name, b.name));
  }

  private routes(api: string, written: unknown): Route[] {
    return entriesOf(written)
      .flatMap(([key, each]) => {
        const place = `${api}: route "${key}"`;
        const fieldsOfRoute = this.read(routeSchema, each, at(place));
        if (!fieldsOfRoute) return [];
        const result = toRoute(key, fieldsOfRoute);
        // A field that was refused is no longer there; that there is no integration then is no second problem.
        const refused = isObject(each) && Object.keys(each).some((field) => !(field in fieldsOfRoute));
        if ("route" in result) return result.route;
        for (const problem of result.problems) if (!refused || problem !== NO_INTEGRATION) this.refuse(place, problem);
        return [];
      })
      .sort((a, b) => byName(a.key, b.key));
  }

  tier(id: string, written: unknown, apis: readonly Api[]): Tier[] {
    const place = `tier "${id}"`;
    this.refuse(place, problemOfName(id));
    const tier = this.read(tierSchema, written, at(place));
    if (!tier) return [];
    const access: TierAccess[] = [];
    for (const [api, stages] of Object.entries(tier.access)) {
      const known = this.names.apis.get(api);
      if (!known) {
        this.refuse(place, `access.${api}: ${unknownName(api, "API", [...this.names.apis.keys()])}`);
        continue;
      }
      const written = stages === "*" ? known.stages : [...new Set(stages)];
      for (const stage of written)
        if (!known.stages.includes(stage))
          this.refuse(place, `access.${api}: ${unknownName(stage, `stage of API "${api}"`, known.stages)}`);
      const read = apis.find((each) => each.id === api)?.stages ?? [];
      for (const stage of stages === "*" ? [] : read)
        if (stage.retired && written.includes(stage.name))
          this.refuse(place, `access.${api}: stage "${stage.name}" is retired; take it out of the tier's access`);
      access.push({
        api,
        stages: read.filter((stage) => !stage.retired && written.includes(stage.name)).map((stage) => stage.name),
        methodThrottles: this.methodThrottles(place, api, known, tier.methodThrottle?.[api]),
      });
    }
    for (const api of Object.keys(tier.methodThrottle ?? {}))
      if (!Object.hasOwn(tier.access, api)) {
        const what = this.names.apis.has(api)
          ? `API "${api}" is not in the tier's access; add it there`
          : unknownName(api, "API", [...this.names.apis.keys()]);
        this.refuse(place, `methodThrottle.${api}: ${what}`);
      }
    return [
      {
        id,
        displayName: tier.displayName ?? id,
        description: tier.description ?? "",
        access: access.sort((a, b) => byName(a.api, b.api)),
        throttle: tier.throttle,
        quota: tier.quota,
        productCode: tier.productCode,
        closed: tier.closed ?? false,
        tags: tier.tags ?? {},
      },
    ];
  }

  private methodThrottles(
    place: string,
    api: string,
    known: { readonly routes: readonly string[]; readonly existing: boolean },
    written: Readonly<Record<string, { readonly rateLimit: number; readonly burstLimit: number }>> = {},
  ): TierAccess["methodThrottles"] {
    return Object.entries(written)
      .map(([route, throttle]) => {
        const read = readRouteKey(route);
        if (!known.existing && !known.routes.includes(route))
          this.refuse(place, `methodThrottle.${api}: ${unknownName(route, `route of API "${api}"`, known.routes)}`);
        else if (known.existing && "problem" in read)
          this.refuse(place, `methodThrottle.${api}: route ${show(route)} ${read.problem}`);
        return { route: route as RouteKey, throttle };
      })
      .sort((a, b) => byName(a.route, b.route));
  }

  cohort(id: string, written: unknown): Cohort[] {
    const place = `cohort "${id}"`;
    this.refuse(place, problemOfName(id));
    const cohort = this.read(cohortSchema, written, at(place));
    return cohort ? [{ id, retired: cohort.retired ?? false }] : [];
  }

  keyStore(written: unknown): KeyStore {
    return toKeyStore(written === undefined ? undefined : this.read(keyStoreSchema, written, at("keyStore")));
  }

  subscriptions(written: unknown, files: unknown, keyStore: KeyStoreType | undefined): Subscription[] {
    if (written !== undefined && !isObject(written))
      this.refuse("catalog", `subscriptions must be a map, got ${show(written)}; data files go into subscriptionFiles`);
    const inline = entriesOf(written).flatMap(([id, each]) =>
      this.subscription(id, each, at(`subscription "${id}"`), keyStore),
    );
    const fromFiles = (Array.isArray(files) ? files : [files]).flatMap((file) => {
      if (file === undefined) return [];
      if (file instanceof SubscriptionFile) {
        this.findings.push(...file.findings);
        return file.entries.flatMap((entry) => this.subscription(entry.id, entry.written, entry.place, keyStore));
      }
      const message = `subscriptionFiles must list what subscriptionsFromFile returns, got ${show(file)}`;
      this.refuse("catalog", `${message}; write [subscriptionsFromFile("customers.csv")]`);
      return [];
    });
    return [...inline, ...fromFiles];
  }

  private subscription(id: string, written: unknown, place: Place, keyStore: KeyStoreType | undefined): Subscription[] {
    this.refuse(place([]), problemOfSubscriptionId(id));
    const first = this.subscriptionPlaces.get(id);
    if (first !== undefined) {
      this.refuse(place([]), `is there twice, first as ${first}; drop one`);
      return [];
    }
    this.subscriptionPlaces.set(id, place([]));
    const read = this.read(subscriptionSchema, written, place);
    if (!read) return [];
    const subscription = toSubscription(id, read, keyStore);
    const slots = subscription.additionalTiers.map(({ name, tier }) => ({ path: ["additionalTiers", name], tier }));
    for (const { path, tier } of [{ path: ["tier"], tier: subscription.tier }, ...slots])
      if (!this.names.tiers.includes(tier))
        this.refuse(place(path), `${path.join(".")}: ${unknownName(tier, "tier", this.names.tiers)}`);
    if (subscription.cohort !== undefined && !this.names.cohorts.includes(subscription.cohort))
      this.refuse(place(["cohort"]), `cohort: ${unknownName(subscription.cohort, "cohort", this.names.cohorts)}`);
    return [subscription];
  }

  private read<Value>(
    schema: Parameters<typeof readEntry<Value>>[0],
    written: unknown,
    place: Place,
  ): Value | undefined {
    const { value, findings } = readEntry(schema, written, place);
    this.findings.push(...findings);
    return value;
  }

  private refuse(place: string, problem: string | undefined): void {
    if (problem !== undefined) this.findings.push(error(place, problem));
  }
}
