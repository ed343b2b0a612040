import { entriesOf, isObject } from "../vocabulary/objects";

/** The names that were written, also those of entries that are otherwise wrong: they exist for who refers to them. */
export interface Names {
  readonly apis: ReadonlyMap<string, ApiNames>;
  readonly tiers: readonly string[];
  readonly cohorts: readonly string[];
  readonly domainNames: readonly string[];
}

export interface ApiNames {
  readonly stages: readonly string[];
  readonly routes: readonly string[];
  /** Whether someone else manages the API, so that its routes are not known. */
  readonly existing: boolean;
}

const keysOf = (written: unknown) => entriesOf(written).map(([key]) => key);

export function namesOf(parts: Readonly<Record<string, unknown>>): Names {
  const apis = entriesOf(parts.apis).map(([id, api]) => {
    const { stages, routes, restApiId } = isObject(api) ? api : {};
    return [id, { stages: keysOf(stages), routes: keysOf(routes), existing: restApiId !== undefined }] as const;
  });
  return {
    apis: new Map(apis),
    tiers: keysOf(parts.tiers),
    cohorts: keysOf(parts.cohorts),
    domainNames: keysOf(parts.domainNames),
  };
}
