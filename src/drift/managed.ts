import { type Attributes, blockOf, blocksOf, listOfStrings, stringsOf } from "../contract/attributes";
import { METHOD_SETTINGS } from "../contract/method-settings";
import { REST_API } from "../contract/rest-api";
import { ResourceIndex } from "../model/resource-index";
import type { StackFile } from "../model/stack-files";
import { synthesizedResources } from "../model/synthesized-resources";
import { isKnown, mapStrings, reference, referencesIn, type TerraformResource } from "../model/terraform-resource";
import { isObject } from "../vocabulary/objects";
import { COMPARED, isCompared, nameOfPart, type Part } from "./parts";

/** What the account has in the place of a resource. */
export type Actual = Attributes | "gone" | "not-read";

/** What the account has in the place of a deployed resource. */
export type ActualOf = (resource: TerraformResource) => Actual;

/** A resource that is deployed, by three accounts of it. */
export interface Managed {
  readonly resource: TerraformResource;
  /** What Terraform's state says of it, by the name of each part. */
  readonly state: ReadonlyMap<string, Part>;
  /** What the stacks say; `undefined` where they no longer hold it. */
  readonly wanted: WantedParts | undefined;
  /** What the account has. */
  readonly actual: ReadonlyMap<string, Part> | "gone" | "not-read";
}

/** What stacks say of a resource. */
export interface WantedParts {
  /** Those that are known before a deploy, by name. */
  readonly parts: ReadonlyMap<string, Part>;
  /** Whether some stages of a usage plan are known only after it. */
  readonly hasUnknownStages: boolean;
}

/** What the stacks hold, and what of it is not deployed. */
export interface Wanted {
  /** `undefined` for a resource that no longer stands in the stacks. */
  partsOf(resource: TerraformResource): WantedParts | undefined;
  /** What Terraform leaves as it is in AWS (`ignore_changes`), as the stack writes it. */
  keptOf(resource: TerraformResource): readonly string[];
  /** Resources that are not in any state, sorted by stack and address. */
  readonly notCreated: readonly TerraformResource[];
}

const placeOf = ({ stack, address }: Pick<TerraformResource, "address" | "stack">): string =>
  `${stack ?? ""}|${address}`;

/** The compared resources of states, with what the stacks and the account say of each. */
export function managedResources(
  states: readonly TerraformResource[],
  wanted: Wanted | undefined,
  actualOf: ActualOf,
): Managed[] {
  const index = new ResourceIndex({ resources: states, unsupported: [], identities: new Map() });
  return states
    .filter(({ type }) => isCompared(type))
    .map((resource) => {
      const ownPolicy = hasPolicyOfItsOwn(resource, index) ? ["policy"] : [];
      const kept = [...(wanted?.keptOf(resource) ?? []), ...ownPolicy];
      const parts = (attributes: Attributes) => namedParts(resource.type, attributes, kept);
      const actual = actualOf(resource);
      const state = parts(resource.attributes);
      return {
        resource,
        state,
        wanted: wanted === undefined ? { parts: state, hasUnknownStages: false } : wanted.partsOf(resource),
        actual: typeof actual === "string" ? actual : parts(actual),
      };
    });
}

const namedParts = (type: string, attributes: Attributes, kept: readonly string[]): ReadonlyMap<string, Part> =>
  new Map(
    (COMPARED[type]?.(attributes) ?? [])
      .filter((part) => !isKeptBy(kept, type, part))
      .map((part) => [nameOfPart(part), withoutKept(part, kept)] as const),
  );

/** Terraform reads such a policy at the API a second time. */
const hasPolicyOfItsOwn = (resource: TerraformResource, index: ResourceIndex) =>
  resource.type === REST_API.type && index.partsOf("aws_api_gateway_rest_api_policy", resource).length > 0;

/**
 * What synthesized stacks say.
 *
 * @param folder cdktf's output folder
 * @param states resources of the states, by which ids in AWS are known
 */
export function wantedIn(folder: string, files: readonly StackFile[], states: readonly TerraformResource[]): Wanted {
  const inState = new Map(states.map((each) => [placeOf(each), each]));
  const all = new Map(synthesizedResources(folder).resources.map((each) => [placeOf(each), each]));
  const stackFiles = new Map<string | undefined, StackFile>(files.map((file) => [file.stack, file]));
  // A resource keeps its state when its address changes.
  const moves: ReadonlyMap<string, string> = new Map(files.flatMap(movesIn));
  const former = new Map([...moves].map(([from, to]) => [to, from]));
  const wantedOf = (resource: TerraformResource) => {
    const place = placeOf(resource);
    return all.get(place) ?? all.get(moves.get(place) ?? "");
  };
  const attributeOf = (stack: string | undefined, address: string, attribute: string): string | undefined => {
    const place = `${stack ?? ""}|${address}`;
    const value = (inState.get(place) ?? inState.get(former.get(place) ?? ""))?.attributes[attribute];
    return typeof value === "string" ? value : undefined;
  };
  const deployed = new Set(states.flatMap((each) => [placeOf(each), moves.get(placeOf(each)) ?? ""]));
  return {
    partsOf: (resource) => {
      const found = wantedOf(resource);
      if (!found) return undefined;
      const attributes = mapStrings(found.attributes, (text) => resolved(text, attributeOf)) as Attributes;
      const own = {
        ...attributes,
        tags_all: { ...defaultTags(stackFiles.get(found.stack)), ...stringsOf(attributes.tags) },
      };
      const parts = namedParts(resource.type, own, ignoredOf(found));
      const said = [...parts].filter(([, part]) => isSaid(resource.type, part, attributes));
      const hasUnknownStages = [...parts.values()].some((part) => part.of !== undefined && !holdsOnlyKnown(part.of));
      return { parts: new Map(said), hasUnknownStages };
    },
    keptOf: (resource) => ignoredOf(wantedOf(resource)),
    notCreated: [...all.values()].filter((each) => isCompared(each.type) && !deployed.has(placeOf(each))),
  };
}

const movesIn = ({ stack, json }: StackFile) =>
  (json.moved ?? []).flatMap(({ from, to }): (readonly [string, string])[] =>
    typeof from === "string" && typeof to === "string" ? [[`${stack}|${from}`, `${stack}|${to}`] as const] : [],
  );

function resolved(
  text: string,
  attributeOf: (stack: string | undefined, address: string, attribute: string) => string | undefined,
) {
  return referencesIn(text).reduce((whole, { stack, address, attribute, derived }) => {
    const value = derived ? undefined : attributeOf(stack, address, attribute);
    return value === undefined ? whole : whole.replaceAll(reference(stack, address, attribute), value);
  }, text);
}

function defaultTags(file: StackFile | undefined): Record<string, string> {
  const provider = file?.json.provider?.aws?.[0];
  return stringsOf(blockOf(provider?.default_tags).tags);
}

/** Whether a stack says something of a part, and all of it is known. What is left out of method settings AWS decides. */
function isSaid(type: string, part: Part, attributes: Attributes): boolean {
  if (!holdsOnlyKnown(part.value) || !holdsOnlyKnown(part.of)) return false;
  if (type !== METHOD_SETTINGS.type || part.attribute !== "throttle") return true;
  return part.value !== undefined || "throttling_rate_limit" in (blocksOf(attributes.settings)[0] ?? {});
}

function holdsOnlyKnown(value: unknown): boolean {
  if (typeof value === "string") return isKnown(value);
  if (Array.isArray(value)) return value.every(holdsOnlyKnown);
  return !isObject(value) || Object.values(value).every(holdsOnlyKnown);
}

const ignoredOf = (resource: TerraformResource | undefined): readonly string[] => {
  const ignored = blockOf(resource?.attributes.lifecycle).ignore_changes;
  return typeof ignored === "string" ? [ignored] : listOfStrings(ignored);
};

/** Terraform's names of what stands in a part. */
const ATTRIBUTES: Readonly<Record<string, readonly string[]>> = {
  stage: ["api_stages"],
  method_throttle: ["api_stages"],
  data_trace: ["settings", "settings[0].data_trace_enabled"],
};
const OF_SETTINGS = ["settings"];

function isKeptBy(ignored: readonly string[], type: string, { attribute }: Part): boolean {
  const names = ATTRIBUTES[attribute] ?? (type === METHOD_SETTINGS.type ? OF_SETTINGS : [attribute]);
  return ignored.some((each) => each === "all" || names.includes(each));
}

/** Without the entries of a map that stay as they are: `variables["host"]`. */
function withoutKept(part: Part, kept: readonly string[]): Part {
  const { attribute, value } = part;
  if (!isObject(value)) return part;
  const left = Object.entries(value).filter(([name]) => !kept.includes(`${attribute}[${JSON.stringify(name)}]`));
  return { ...part, value: left.length === 0 ? undefined : Object.fromEntries(left) };
}
