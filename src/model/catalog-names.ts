import { decodeIdentity, IDENTITY_OUTPUT } from "../contract/identity";
import { stackNames } from "../contract/stack-names";
import { byName } from "../text/order";
import { readGateway } from "./read-gateway";
import { readStackFiles } from "./stack-files";

/** What a catalog calls its parts, by what it was synthesized into. Each list is sorted, and holds nothing that is retired. */
export interface CatalogParts {
  readonly tiers: readonly string[];
  readonly cohorts: readonly string[];
  /** Names of stages by API, those of APIs too that somebody else manages. */
  readonly stages: ReadonlyMap<string, readonly string[]>;
  readonly subscriptions: readonly string[];
}

/**
 * @param folder cdktf's output folder
 * @throws Error for a folder that holds no synthesized stack
 */
export function catalogNames(folder: string): CatalogParts {
  const identities = readStackFiles(folder).map(
    ({ stack, json }) => [stack, decodeIdentity(json.output?.[IDENTITY_OUTPUT]?.value)] as const,
  );
  const { apis, plans, keys, external } = readGateway(folder);
  const stages = new Map<string, Set<string>>();
  for (const { api, stages: own } of apis) if (api !== undefined) stages.set(api, new Set(own.map(({ name }) => name)));
  // Of an API of somebody else's, those stages are known that plans cover.
  for (const [, identity] of identities)
    for (const api of Object.keys(identity?.existingApis ?? {})) stages.set(api, new Set());
  for (const covered of plans.flatMap((plan) => plan.stages)) stages.get(covered.api)?.add(covered.stage);
  const isCohort = new RegExp(`(?:^|-)${stackNames.cohort("(.+)")}$`);
  const sorted = (names: Iterable<string>) => [...new Set(names)].sort(byName);
  return {
    tiers: sorted(identities.flatMap(([, identity]) => identity?.tiers ?? [])),
    cohorts: sorted(
      identities.flatMap(([stack, identity]) => (identity?.subscriptions && isCohort.exec(stack)?.[1]) || []),
    ),
    stages: new Map([...stages].sort(([a], [b]) => byName(a, b)).map(([api, names]) => [api, sorted(names)])),
    subscriptions: sorted([...keys, ...external.keys].flatMap(({ subscription }) => subscription ?? [])),
  };
}
