import type { Catalog } from "../../src/catalog/catalog";
import { defineCatalog } from "../../src/catalog/define-catalog";
import { CatalogError } from "../../src/vocabulary/catalog-error";

/** A catalog that comes from outside, so that the compiler has not seen it. */
export const defineUnchecked = (written: unknown): Catalog => defineCatalog(written as never);

/** The messages of a catalog that is refused. */
export function problemsOf(written: unknown): string[] {
  try {
    defineUnchecked(written);
  } catch (error) {
    if (!(error instanceof CatalogError)) throw error;
    return error.findings.map(({ place, message }) => `${place}: ${message}`);
  }
  return [];
}

/** Warnings and notices of a catalog that is accepted. */
export function findingsOf(written: unknown): string[] {
  return defineUnchecked(written).findings.map(({ severity, place, message }) => `${severity}: ${place}: ${message}`);
}

/** The smallest catalog that sells something, with parts replaced. */
export function petShop(parts: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    apis: { pets: { stages: { prod: {} }, routes: { "GET /pets": { mock: 200 } } } },
    tiers: { gold: { access: { pets: ["prod"] }, throttle: { rateLimit: 10, burstLimit: 20 } } },
    subscriptions: {},
    ...parts,
  };
}

/** The pet shop's API with other routes. */
export const withRoutes = (routes: Record<string, unknown>) =>
  petShop({ apis: { pets: { stages: { prod: {} }, routes } } });

/** The pet shop's tier with other fields. */
export const withTier = (fields: Record<string, unknown>) =>
  petShop({ tiers: { gold: { access: { pets: ["prod"] }, throttle: { rateLimit: 10, burstLimit: 20 }, ...fields } } });

/** The pet shop with customers. */
export const withSubscriptions = (subscriptions: unknown, parts: Record<string, unknown> = {}) =>
  petShop({ subscriptions, ...parts });
