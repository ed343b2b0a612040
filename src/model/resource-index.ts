import { canonicalJson } from "../text/canonical-json";
import { byName } from "../text/order";
import type { Origin, Unsupported } from "./model";
import {
  type Identities,
  reference,
  referencesIn,
  type TerraformResource,
  type TerraformResources,
} from "./terraform-resource";
import type { UnsupportedPart } from "./unsupported";

/** Finds resources by type and by what refers to them, and takes note of what is left out. */
export class ResourceIndex {
  private readonly types = new Map<string, TerraformResource[]>();
  private readonly addresses = new Map<string, TerraformResource>();
  readonly identities: Identities;
  private readonly leftOut = new Map<string, Unsupported>();

  constructor({ resources, unsupported, identities }: TerraformResources) {
    this.identities = identities;
    for (const each of unsupported) this.leftOut.set(canonicalJson(each), each);
    const sorted = [...resources].sort((a, b) => byName(a.stack ?? "", b.stack ?? "") || byName(a.address, b.address));
    for (const resource of sorted) {
      const group = this.types.get(resource.type);
      if (group) group.push(resource);
      else this.types.set(resource.type, [resource]);
      this.addresses.set(key(resource.stack, resource.address), resource);
    }
  }

  /** Sorted by stack and address. */
  ofType(type: string): readonly TerraformResource[] {
    return this.types.get(type) ?? [];
  }

  /** Those of a type that belong to an API, sorted by stack and address. */
  partsOf(type: string, api: TerraformResource): TerraformResource[] {
    return this.ofType(type).filter(({ attributes }) => this.refersTo(attributes.rest_api_id, api));
  }

  at(stack: string | undefined, address: string): TerraformResource | undefined {
    return this.addresses.get(key(stack, address));
  }

  /** Whether a text is the id of a resource. */
  refersTo(text: unknown, resource: TerraformResource): boolean {
    return typeof text === "string" && this.attributeTexts(resource, "id").includes(text);
  }

  /** The texts by which others may name an attribute of a resource: the value that AWS has given, and the reference. */
  attributeTexts({ stack, address, attributes }: TerraformResource, name: string): string[] {
    const value = attributes[name];
    return [reference(stack, address, name), ...(typeof value === "string" ? [value] : [])];
  }

  /** The resources of one type by their ids, for many lookups. */
  byId(type: string): ReadonlyMap<string, TerraformResource> {
    return new Map(
      this.ofType(type).flatMap((each) => this.attributeTexts(each, "id").map((id) => [id, each] as const)),
    );
  }

  /** Resources of a type to which a text refers anywhere. */
  referredIn(text: string, type: string): TerraformResource[] {
    const found = referencesIn(text).map(({ stack, address }) => this.at(stack, address));
    return [...new Set(found)].filter((each): each is TerraformResource => each?.type === type);
  }

  originOf({ stack, address }: TerraformResource): Origin {
    return { stack, address };
  }

  /** Takes note of something that the model does not hold. */
  leaveOut({ stack, address }: TerraformResource, part: UnsupportedPart): void {
    const leftOut = { stack, address, ...part };
    this.leftOut.set(canonicalJson(leftOut), leftOut);
  }

  /** Sorted by stack and address. */
  get unsupported(): readonly Unsupported[] {
    return [...this.leftOut.values()].sort(
      (a, b) =>
        byName(a.stack ?? "", b.stack ?? "") ||
        byName(a.address, b.address) ||
        byName(canonicalJson(a), canonicalJson(b)),
    );
  }
}

const key = (stack: string | undefined, address: string) => `${stack ?? ""}|${address}`;
