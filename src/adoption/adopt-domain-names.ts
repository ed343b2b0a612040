import type { AccountDomainName } from "../aws/account";
import type { Attributes } from "../contract/attributes";
import { BASE_PATH_MAPPING, DOMAIN_NAME, decodeDomainName, encodeDomainName } from "../contract/domain-name";
import { type Finding, notice, warning } from "../text/finding";
import { byName } from "../text/order";
import type { ApiInput } from "../vocabulary/api";
import {
  type DomainNameInput,
  domainNameSchema,
  problemOfDomainName,
  writtenDomainName,
} from "../vocabulary/domain-name";
import type { ImportedDomainName } from "../vocabulary/imports";
import type { StageInput } from "../vocabulary/stage";
import { type StageDomainInput, stageDomainSchema } from "../vocabulary/stage-domain";
import { adoptTags } from "./adopt-tags";
import { keptInWords } from "./kept-in-words";

export interface AdoptedDomainNames {
  readonly domainNames: Readonly<Record<string, DomainNameInput>>;
  readonly imported: Readonly<Record<string, ImportedDomainName>>;
  /** What stages say of them, by the catalog's API and the stage: `pets/prod`. */
  readonly ofStages: ReadonlyMap<string, readonly StageDomainInput[]>;
  readonly findings: readonly Finding[];
}

/**
 * The domain names under which adopted stages answer, and their base paths. What the catalog does not create, such as a name
 * with a certificate of IAM, is written as existing; base paths that lead elsewhere stay as they are.
 *
 * @param apiOf the catalog's id of a REST API that is adopted with its definition
 */
export function adoptDomainNames(
  names: readonly AccountDomainName[],
  apiOf: (restApiId: string, stage: string) => string | undefined,
): AdoptedDomainNames {
  const domainNames: Record<string, DomainNameInput> = {};
  const imported: Record<string, ImportedDomainName> = {};
  const ofStages = new Map<string, StageDomainInput[]>();
  const findings: Finding[] = [];
  for (const { attributes, mappings } of [...names].sort((a, b) => byName(nameOf(a), nameOf(b)))) {
    const name = nameOf({ attributes });
    const place = `domain name "${name}"`;
    const paths = mappings.flatMap((mapping) => adoptMapping(name, mapping, apiOf) ?? []);
    if (paths.length === 0) continue;
    if (problemOfDomainName(name) !== undefined) {
      findings.push(warning(place, "is not a name that the catalog takes, so it stays with its current owner"));
      continue;
    }
    const { written, keep, findings: found } = adoptName(place, attributes);
    findings.push(...found);
    if (paths.length < mappings.length)
      findings.push(
        notice(
          place,
          `has base paths besides (${othersOf(mappings, paths)}), which lead to what is not adopted or to all stages of an API; ` +
            "they stay as they are",
        ),
      );
    domainNames[name] = written;
    const basePaths = paths.map(({ domain }) => domain.basePath ?? "").sort(byName);
    imported[name] = { basePaths, ...(keep.length > 0 && { keep }) };
    for (const { stage, domain } of paths) ofStages.set(stage, [...(ofStages.get(stage) ?? []), domain]);
  }
  return { domainNames, imported, ofStages, findings };
}

const nameOf = ({ attributes }: Pick<AccountDomainName, "attributes">) => DOMAIN_NAME.read(attributes).domain_name;

interface AdoptedPath {
  readonly stage: string;
  readonly domain: StageDomainInput;
}

function adoptMapping(
  name: string,
  mapping: Attributes,
  apiOf: (restApiId: string, stage: string) => string | undefined,
): AdoptedPath | undefined {
  const { api_id, stage_name: stage, base_path: basePath } = BASE_PATH_MAPPING.read(mapping);
  const api = stage === undefined ? undefined : apiOf(api_id, stage);
  const domain = { name, ...(basePath === undefined ? {} : { basePath }) };
  if (api === undefined || !stageDomainSchema.safeParse(domain).success) return undefined;
  return { stage: `${api}/${stage}`, domain };
}

function adoptName(
  place: string,
  there: Attributes,
): { readonly written: DomainNameInput; readonly keep: readonly string[]; readonly findings: readonly Finding[] } {
  const found = decodeDomainName(there);
  const { tags = {} } = adoptTags(found?.tags ?? {});
  const written = found && writtenDomainName({ ...found, tags });
  if (!found || !written || !domainNameSchema.safeParse(written).success)
    return {
      written: { existing: true },
      keep: [],
      findings: [
        notice(
          place,
          "has an endpoint, a certificate or a security policy that the catalog does not create, so it is written as existing; " +
            "its base paths are adopted",
        ),
      ],
    };
  const keep = DOMAIN_NAME.differing(encodeDomainName({ ...found, tags }), there);
  return {
    written,
    keep,
    findings: keep.length > 0 ? [notice(place, `keeps ${keptInWords(keep)} as in AWS`)] : [],
  };
}

function othersOf(mappings: readonly Attributes[], paths: readonly AdoptedPath[]): string {
  const adopted = new Set(paths.map(({ domain }) => domain.basePath));
  return mappings
    .map((mapping) => BASE_PATH_MAPPING.read(mapping).base_path)
    .filter((path) => !adopted.has(path))
    .map((path) => (path === undefined ? "the root" : `"${path}"`))
    .join(", ");
}

/** An API with what its stages say of domain names. */
export function withDomains(id: string, api: ApiInput, ofStages: AdoptedDomainNames["ofStages"]): ApiInput {
  const stages = Object.entries<StageInput>(api.stages).map(([stage, written]) => {
    const domains = ofStages.get(`${id}/${stage}`);
    return [stage, domains ? { ...written, domains } : written] as const;
  });
  return { ...api, stages: Object.fromEntries(stages) } as ApiInput;
}
