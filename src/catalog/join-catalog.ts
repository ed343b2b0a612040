import type { Finding } from "../text/finding";
import { byName } from "../text/order";
import { show } from "../text/show";
import { type Cohort, cohortSchema, toCohort } from "../vocabulary/cohort";
import { type DomainName, domainNameSchema, problemOfDomainName, toDomainName } from "../vocabulary/domain-name";
import { problemOfName, unknownName } from "../vocabulary/identifier";
import { keyStoreSchema, toKeyStore } from "../vocabulary/key-store";
import { entriesOf, isObject } from "../vocabulary/objects";
import { readApi } from "../vocabulary/read-api";
import { at, EntryReader } from "../vocabulary/read-entry";
import type { Catalog } from "./catalog";
import { ownStages } from "./checks/own-stages";
import { joinSelfService } from "./join-self-service";
import { joinSubscriptions } from "./join-subscriptions";
import { joinTiers } from "./join-tiers";
import { namesOf } from "./names";
import { negotiatedTiers } from "./negotiated-tiers";

const PARTS = [
  "apis",
  "tiers",
  "cohorts",
  "subscriptions",
  "subscriptionFiles",
  "keyStore",
  "domainNames",
  "selfService",
];

export interface JoinedCatalog {
  readonly catalog: Catalog;
  readonly findings: readonly Finding[];
  /** Where each subscription was written, by id. */
  readonly subscriptionPlaces: ReadonlyMap<string, string>;
}

/**
 * Reads what was written entry by entry, resolves the names by which entries refer to one another, and sorts. Entries that
 * cannot be read are left out; the findings say so.
 */
export function joinCatalog(written: unknown): JoinedCatalog {
  const reader = new EntryReader();
  const parts = isObject(written) ? written : {};
  for (const part of ["apis", "tiers", "cohorts", "domainNames"])
    if (!isObject(parts[part]) && (part === "apis" || part === "tiers" || parts[part] !== undefined))
      reader.refuse(
        "catalog",
        `${part} must be an object by id, got ${show(parts[part])}; write { ${part}: { name: {} } }`,
      );
  for (const part of Object.keys(parts))
    if (!PARTS.includes(part))
      reader.refuse("catalog", `has the unknown part "${part}"; its parts are ${PARTS.join(", ")}`);

  const names = namesOf(parts);
  const apis = entriesOf(parts.apis).flatMap(([id, each]) => readApi(reader, id, each) ?? []);
  const tiers = joinTiers(reader, parts.tiers, names, apis);
  const cohorts = entriesOf(parts.cohorts).flatMap(([id, each]) => readCohort(reader, id, each) ?? []);
  const keyStore = toKeyStore(
    parts.keyStore === undefined ? undefined : reader.read(keyStoreSchema, parts.keyStore, at("keyStore")),
  );
  const { subscriptions, places } = joinSubscriptions(reader, parts, names, keyStore.type);
  const catalog = {
    apis: sortedById(apis),
    tiers: sortedById(tiers),
    cohorts: sortedById(cohorts),
    subscriptions: sortedById(subscriptions),
    negotiatedTiers: negotiatedTiers(reader, { subscriptions, tiers, places }, names),
    keyStore,
    domainNames: isObject(parts.domainNames)
      ? entriesOf(parts.domainNames)
          .flatMap(([name, each]) => readDomainName(reader, name, each) ?? [])
          .sort((a, b) => byName(a.name, b.name))
      : undefined,
    selfService: joinSelfService(reader, parts.selfService, names.tiers),
    findings: [],
  };
  refuseUnknownDomainNames(reader, catalog, names.domainNames);
  return { catalog, findings: reader.findings, subscriptionPlaces: places };
}

function readCohort(reader: EntryReader, id: string, written: unknown): Cohort | undefined {
  const place = `cohort "${id}"`;
  reader.refuse(place, problemOfName(id));
  const cohort = reader.read(cohortSchema, written, at(place));
  return cohort && toCohort(id, cohort);
}

function readDomainName(reader: EntryReader, name: string, written: unknown): DomainName | undefined {
  const place = `domain name "${name}"`;
  reader.refuse(place, problemOfDomainName(name));
  const domainName = reader.read(domainNameSchema, written, at(place));
  return domainName && toDomainName(name, domainName);
}

function refuseUnknownDomainNames(reader: EntryReader, catalog: Catalog, known: readonly string[]): void {
  for (const { place, stage } of ownStages(catalog))
    for (const { name } of stage.retired ? [] : stage.domains)
      if (!known.includes(name))
        reader.refuse(
          place,
          `domains: ${unknownName(name, "domain name", known)}; write ` +
            `domainNames: { ${JSON.stringify(name)}: { certificateArn: "arn:aws:acm:…" } } in the catalog`,
        );
}

const sortedById = <Entry extends { readonly id: string }>(entries: readonly Entry[]) =>
  [...entries].sort((a, b) => byName(a.id, b.id));
