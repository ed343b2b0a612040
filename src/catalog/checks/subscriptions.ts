import { keyId } from "../../contract/key-id";
import { enumerate, error, type Finding, notice, warning } from "../../text/finding";
import { FIXED_LIMITS } from "../../vocabulary/aws-limits";
import { MAIN_KEY } from "../../vocabulary/main-key";
import { type Subscription, tiersOf } from "../../vocabulary/subscription";
import { type Catalog, isOwnApi } from "../catalog";
import { repeated } from "./repeated";

type PlaceOf = (id: string) => string;

/** Everything about subscriptions that concerns more than one entry. */
export function checkSubscriptions(catalog: Catalog, placeOf: PlaceOf): Finding[] {
  return [
    ...keysFitIntoTheRegion(catalog),
    ...eachKeyHasOnePlanForEachStage(catalog, placeOf),
    ...keyVariablesAreUsedOnce(catalog, placeOf),
    ...existingKeysAreUsedOnce(catalog, placeOf),
    ...cohortsAreAlive(catalog, placeOf),
    ...marketplaceIsComplete(catalog, placeOf),
    ...keysHaveLimitsEach(catalog),
    ...authorizersFindMainKeys(catalog, placeOf),
    ...datesChangeTheTier(catalog, placeOf),
  ];
}

function keysFitIntoTheRegion({ subscriptions }: Catalog): Finding[] {
  const most = FIXED_LIMITS.apiKeysPerRegion;
  const keys = subscriptions.reduce((sum, subscription) => sum + subscription.keys.length, 0);
  if (keys <= most) return [];
  const what = keys === subscriptions.length ? "subscriptions" : "keys of subscriptions";
  const message = `has ${keys} ${what}, but AWS takes ${most} API keys for each account and Region and raises it for nobody; move some to another account or Region`;
  return [error("catalog", message)];
}

/** AWS: an API key "cannot reference multiple Usage Plans with the same API Stage", and is in 10 plans at most. */
function eachKeyHasOnePlanForEachStage({ subscriptions, tiers }: Catalog, placeOf: PlaceOf): Finding[] {
  const stagesOf = new Map(
    tiers.map((tier) => [tier.id, tier.access.flatMap(({ api, stages }) => stages.map((stage) => `${api}/${stage}`))]),
  );
  return subscriptions
    .filter((subscription) => subscription.additionalTiers.length > 0)
    .flatMap((subscription) => {
      const findings: Finding[] = [];
      const plans = tiersOf(subscription);
      if (plans.length > FIXED_LIMITS.usagePlansPerKey)
        findings.push(
          error(
            placeOf(subscription.id),
            `is on ${plans.length} tiers, but AWS takes a key in ${FIXED_LIMITS.usagePlansPerKey} plans; drop some`,
          ),
        );
      const owner = new Map<string, string>();
      for (const tier of plans)
        for (const stage of stagesOf.get(tier) ?? []) {
          const first = owner.get(stage);
          if (first === undefined) owner.set(stage, tier);
          else
            findings.push(
              error(
                placeOf(subscription.id),
                `is on the tiers "${first}" and "${tier}", which both open ${stage}, but AWS takes a key in one plan ` +
                  "for each stage; drop one, or make it a second subscription",
              ),
            );
        }
      return findings;
    });
}

/** The keys that have a value in a field, which few have. */
const keysWith = (field: "keyVariable" | "existingKeyId", subscriptions: readonly Subscription[]) =>
  subscriptions.flatMap(({ id: subscription, keys }) =>
    keys
      .filter((key) => key[field] !== undefined)
      .map((key) => ({ subscription, id: keyId({ subscription, key: key.name }), value: key[field] })),
  );

/** Two keys cannot have one value: AWS wants it unique in the Region. */
function keyVariablesAreUsedOnce({ subscriptions }: Catalog, placeOf: PlaceOf): Finding[] {
  return repeated(keysWith("keyVariable", subscriptions), (key) => key.value).map(({ again, first, value }) =>
    error(
      placeOf(again.subscription),
      `keyValue.variable "${value}" is used by subscription "${first.id}" too, but AWS wants each key's value to be unique; name another variable`,
    ),
  );
}

/** A key is a customer's; on several tiers it has additional ones. */
function existingKeysAreUsedOnce({ subscriptions }: Catalog, placeOf: PlaceOf): Finding[] {
  return repeated(keysWith("existingKeyId", subscriptions), (key) => key.value).map(({ again, first, value }) =>
    error(
      placeOf(again.subscription),
      `existingKeyId "${value}" is the key of subscription "${first.id}" too; drop one, and give the other additionalTiers`,
    ),
  );
}

function cohortsAreAlive({ subscriptions, cohorts }: Catalog, placeOf: PlaceOf): Finding[] {
  const retired = new Set(cohorts.filter((cohort) => cohort.retired).map((cohort) => cohort.id));
  return subscriptions
    .filter(({ cohort }) => cohort !== undefined && retired.has(cohort))
    .map(({ id, cohort }) =>
      error(
        placeOf(id),
        `cohort "${cohort}" is retired, which would delete this key; move or drop the subscription first`,
      ),
    );
}

/**
 * AWS counts each key by itself.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-api-usage-plans.html
 */
function keysHaveLimitsEach({ subscriptions }: Catalog): Finding[] {
  const several = subscriptions.filter(({ keys }) => keys.filter(({ enabled }) => enabled).length > 1);
  if (several.length === 0) return [];
  const who = `${several.length} ${several.length === 1 ? "subscription has" : "subscriptions have"}`;
  const message = `${who} several keys that work, each with the whole limits of its tier: ${enumerate(several.map(({ id }) => id))}`;
  return [notice("subscriptions", message)];
}

/** The key authorizer looks a customer's key up under the subscription's own name, which is that of the key `main`. */
function authorizersFindMainKeys({ apis, subscriptions, tiers, keyStore }: Catalog, placeOf: PlaceOf): Finding[] {
  const gated = new Set(apis.flatMap((api) => (isOwnApi(api) && api.keySource === "AUTHORIZER" ? api.id : [])));
  if (keyStore.type === undefined || gated.size === 0) return [];
  const needing = new Set(tiers.flatMap(({ id, access }) => (access.some(({ api }) => gated.has(api)) ? id : [])));
  return subscriptions.flatMap((subscription) => {
    const { id, keys } = subscription;
    const what = tiersOf(subscription).some((tier) => needing.has(tier)) ? mainKeyMissing(keys) : undefined;
    return what === undefined ? [] : [warning(placeOf(id), what)];
  });
}

/** Why the key authorizer finds no key that works although the customer has one. */
function mainKeyMissing(keys: Subscription["keys"]): string | undefined {
  const main = keys.find(({ name }) => name === MAIN_KEY);
  const looks = `the key authorizer looks for that one alone, so calls of APIs whose keySource is AUTHORIZER get 403`;
  if (main === undefined) return `has no key "${MAIN_KEY}", and ${looks}; keep a key "${MAIN_KEY}"`;
  if (!main.enabled)
    return keys.some(({ enabled }) => enabled)
      ? `has a disabled key "${MAIN_KEY}" beside one that works, and ${looks}; enable the key "${MAIN_KEY}"`
      : undefined;
  if (main.handOver !== undefined || main.existingKeyId !== undefined) return undefined;
  return `does not hand its key "${MAIN_KEY}" over, and ${looks}; write handOver, or leave it out for the store of keyStore`;
}

/** A trial of the tier that was bought, or a move to it, comes to nothing, or to less than was meant. */
function datesChangeTheTier({ subscriptions }: Catalog, placeOf: PlaceOf): Finding[] {
  return subscriptions.flatMap(({ id, boughtTier, limits, dates: { trial, pendingTier } }) => [
    ...(trial?.tier === boughtTier
      ? [
          warning(
            placeOf(id),
            `tries tier "${boughtTier}", which it has bought, so the trial ` +
              (limits === undefined ? "changes nothing" : `only sets its own limits aside until ${trial.until}`) +
              "; drop trial, or name another tier",
          ),
        ]
      : []),
    ...(pendingTier?.tier === boughtTier
      ? [
          warning(
            placeOf(id),
            `moves to tier "${boughtTier}" on ${pendingTier.on}, which it has bought already, so the move changes nothing; drop pendingTier, or name another tier`,
          ),
        ]
      : []),
  ]);
}

function marketplaceIsComplete({ subscriptions, tiers }: Catalog, placeOf: PlaceOf): Finding[] {
  const sold = new Map(tiers.map((tier) => [tier.id, tier.productCode !== undefined]));
  return subscriptions.flatMap((subscription) => {
    const { id, marketplaceCustomerId } = subscription;
    const tier = tiersOf(subscription).find((each) => sold.get(each)) ?? subscription.tier;
    if (sold.get(tier) && marketplaceCustomerId === undefined)
      return [
        warning(
          placeOf(id),
          `is on tier "${tier}", which is sold on AWS Marketplace, but has no marketplaceCustomerId, so its use is not billed there; add it`,
        ),
      ];
    if (!sold.get(tier) && marketplaceCustomerId !== undefined && sold.has(tier))
      return [
        warning(
          placeOf(id),
          `has a marketplaceCustomerId, but tier "${tier}" has no productCode, so its use is not billed on AWS Marketplace; add the product code, or drop the id`,
        ),
      ];
    return [];
  });
}
