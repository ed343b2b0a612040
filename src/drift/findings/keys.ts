import { API_KEY } from "../../contract/api-key";
import { stringOf } from "../../contract/attributes";
import { withoutReservedTags } from "../../contract/tags";
import { onOneLine } from "../../editing/typescript/typescript-text";
import type { KeyModel } from "../../model/model";
import type { TerraformResource } from "../../model/terraform-resource";
import { show } from "../../text/show";
import { MAIN_KEY } from "../../vocabulary/main-key";
import type { Tags } from "../../vocabulary/tags";
import type { Changed, Gone } from "../differences";
import type { Facts } from "./facts";
import {
  addressOf,
  configurationEdit,
  type DriftFinding,
  type DriftKind,
  deployOf,
  editOf,
  type Keep,
  noEdit,
} from "./finding";

/** What became of keys themselves. */
export function keyFindings(gone: readonly Gone[], changed: readonly Changed[], facts: Facts): DriftFinding[] {
  return [
    ...gone.filter(({ resource }) => resource.type === API_KEY.type).map(({ resource }) => deleted(resource, facts)),
    ...changed.filter(({ resource }) => resource.type === API_KEY.type).map((each) => changedKey(each, facts)),
  ];
}

function deleted(resource: TerraformResource, facts: Facts): DriftFinding {
  const key = keyOf(resource, facts);
  const path = pathOf(resource, facts);
  const again =
    key?.valueVariable === undefined
      ? "creates another key, with another value: hand that to the customer"
      : `creates it again, with the value of the variable ${key.valueVariable}`;
  return {
    ...about(resource, facts),
    kind: "key-deleted",
    what: "the key was deleted in AWS, so it can call nothing",
    keep:
      path === undefined
        ? noEdit(`take ${addressOf(resource)} out of the configuration`)
        : {
            path,
            edit: undefined,
            what: path.includes("keys") ? "take the key out" : "take the subscription out",
            commands: [],
          },
    takeBack: { commands: [deployOf(resource)], what: again },
  };
}

function changedKey({ resource, part, wanted, actual }: Changed, facts: Facts): DriftFinding {
  const owner = facts.ownerOf(stringOf(resource.attributes.id));
  const words = WORDS[part.attribute] ?? otherWords(part.attribute);
  const { kind, what, edit } = words(actual, wanted);
  const takeBack = { commands: [deployOf(resource)], what: `the key ${backOf(part.attribute, wanted)} again` };
  if (kind === "key-enabled" && owner && !facts.works(owner.subscription))
    return { ...about(resource, facts), kind, what: `the key ${what}`, keep: keepEnabled(owner), takeBack };
  return {
    ...about(resource, facts),
    kind,
    what: `the key ${what}`,
    keep: keepOf(
      resource,
      edit && OF_SUBSCRIPTION.includes(edit.field.split(":")[0] ?? "") && owner
        ? ["subscriptions", owner.subscription]
        : pathOf(resource, facts),
      edit,
    ),
    takeBack,
  };
}

/** None of its keys is meant to work, which the subscription says: it is suspended, or has not begun. */
function keepEnabled({ subscription, isOneOfMany }: NonNullable<ReturnType<Facts["ownerOf"]>>): Keep {
  const others = isOneOfMany
    ? ", and write enabled: false in each of its keys that stays disabled, and in no other"
    : "";
  return {
    ...editOf(["subscriptions", subscription], "enabled: true"),
    what: `take out startsOn if it has one${others}`,
  };
}

/** Fields that are the subscription's, also where it has several keys. */
const OF_SUBSCRIPTION = ["customer", "marketplaceCustomerId"];

/** The entry of a key in the catalog: its subscription, or its own where that has several. */
function pathOf(resource: TerraformResource, facts: Facts): readonly string[] | undefined {
  const owner = facts.ownerOf(stringOf(resource.attributes.id));
  if (!owner) return undefined;
  const { subscription, key, isOneOfMany } = owner;
  return isOneOfMany || key !== MAIN_KEY
    ? ["subscriptions", subscription, "keys", key]
    : ["subscriptions", subscription];
}

function keepOf(resource: TerraformResource, path: readonly string[] | undefined, edit: Words["edit"]): Keep {
  if (edit === undefined) return noEdit("the catalog cannot say this");
  return path === undefined ? configurationEdit(resource, edit.attribute) : editOf(path, edit.field);
}

interface Words {
  readonly kind: DriftKind;
  /** After "the key". */
  readonly what: string;
  /** A field of the subscription, and an attribute of the resource; `undefined` for what the catalog cannot say. */
  readonly edit: { readonly field: string; readonly attribute: string } | undefined;
}

const WORDS: Readonly<Record<string, (actual: unknown, wanted: unknown) => Words>> = {
  enabled: (actual) =>
    actual === false
      ? {
          kind: "key-disabled",
          what: "is disabled in AWS, so every call is refused; the catalog says enabled",
          edit: { field: "enabled: false", attribute: "enabled = false" },
        }
      : {
          kind: "key-enabled",
          what: "is enabled in AWS, so it can call; the catalog says disabled",
          edit: { field: "enabled: true", attribute: "enabled = true" },
        },
  name: (actual, wanted) => text("has another name", "keyName", "name", actual, wanted),
  description: (actual, wanted) => text("has another description", "customer", "description", actual, wanted),
  customer_id: (actual, wanted) =>
    text("has another id in AWS Marketplace", "marketplaceCustomerId", "customer_id", actual, wanted),
  tags: (actual, wanted) => {
    const [own, meant] = [actual, wanted].map((tags) => (tags ?? {}) as Tags);
    const edited = onOneLine(withoutReservedTags(own ?? {}));
    const isReserved = reservedOf(own) !== reservedOf(meant);
    return {
      kind: "key-changed",
      what: `has other tags in AWS: ${show(own)}; the stacks say ${show(meant)}`,
      edit: isReserved ? undefined : { field: `tags: ${edited}`, attribute: `tags = ${edited}` },
    };
  },
};

/** The tags that a catalog cannot say. */
function reservedOf(tags: Tags | undefined): string {
  const said = withoutReservedTags(tags ?? {});
  return JSON.stringify(
    Object.entries(tags ?? {})
      .filter(([name]) => !Object.hasOwn(said, name))
      .sort(),
  );
}

function text(what: string, field: string, attribute: string, actual: unknown, wanted: unknown): Words {
  const value = JSON.stringify(actual ?? "");
  return {
    kind: "key-changed",
    what: `${what} in AWS: ${show(actual ?? "")}; the catalog says ${show(wanted ?? "")}`,
    edit: { field: `${field}: ${value}`, attribute: `${attribute} = ${value}` },
  };
}

const otherWords = (attribute: string) => (actual: unknown, wanted: unknown) =>
  text(`has another ${attribute}`, attribute, attribute, actual, wanted);

const backOf = (attribute: string, wanted: unknown) =>
  attribute === "enabled"
    ? wanted === false
      ? "is disabled"
      : "is enabled"
    : `has its ${attribute.replaceAll("_", " ")}`;

function about(resource: TerraformResource, facts: Facts) {
  const awsId = stringOf(resource.attributes.id);
  const name = facts.keys.get(awsId)?.id ?? resource.address;
  return {
    group: "customers" as const,
    about: name,
    subject: facts.keySubject(awsId),
    customers: [name],
    address: addressOf(resource),
  };
}

function keyOf(resource: TerraformResource, facts: Facts): KeyModel | undefined {
  const key = facts.keys.get(stringOf(resource.attributes.id));
  return key && "external" in key ? undefined : key;
}
