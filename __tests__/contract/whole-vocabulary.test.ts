import fc from "fast-check";
import type { z } from "zod";
import { ownApiSchema } from "../../src/vocabulary/api";
import { cohortSchema } from "../../src/vocabulary/cohort";
import { domainNameSchema } from "../../src/vocabulary/domain-name";
import { keyStoreSchema } from "../../src/vocabulary/key-store";
import { routeSchema } from "../../src/vocabulary/route";
import { stageSchema } from "../../src/vocabulary/stage";
import { subscriptionSchema } from "../../src/vocabulary/subscription";
import { tierSchema } from "../../src/vocabulary/tier";
import { wholeCatalog } from "../support/whole-catalog";

const catalogs = fc.sample(wholeCatalog, { numRuns: 150, seed: 1 });
const entriesOf = (part: "apis" | "tiers" | "cohorts" | "subscriptions") =>
  catalogs.flatMap((catalog) => Object.values<object>(catalog[part]));
const within = (part: "stages" | "routes") =>
  entriesOf("apis").flatMap((api) => Object.values((api as Record<string, Record<string, object>>)[part] ?? {}));

/** A field that is not here is not in the property tests either: add it to the generator. */
test.each<[string, { readonly shape: z.ZodRawShape }, readonly object[]]>([
  ["an API", ownApiSchema, entriesOf("apis")],
  ["a stage", stageSchema, within("stages")],
  ["a route", routeSchema, within("routes")],
  ["a tier", tierSchema, entriesOf("tiers")],
  ["a cohort", cohortSchema, entriesOf("cohorts")],
  ["a subscription", subscriptionSchema, entriesOf("subscriptions")],
  [
    "a domain name",
    domainNameSchema as never,
    catalogs.flatMap(({ domainNames }) => Object.values<object>(domainNames ?? {})),
  ],
  ["the key store", keyStoreSchema, catalogs.flatMap(({ keyStore }) => keyStore ?? [])],
])("the generated catalogs have every field of %s", (_, { shape }, entries) => {
  const used = new Set(entries.flatMap((entry) => Object.keys(entry)));
  expect(Object.keys(shape).filter((field) => !used.has(field))).toEqual([]);
});
