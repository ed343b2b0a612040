import type { TerraformResource } from "../../model/terraform-resource";
import { shellWord } from "../../text/shell-word";

/** The parts of a report, in their order. */
export const GROUPS = ["customers", "tiers", "apis", "other"] as const;
export type Group = (typeof GROUPS)[number];

/** What keeps a difference: the catalog says the same afterwards. */
export interface Keep {
  /**
   * Names that lead to the entry of the catalog, such as `subscriptions`, `acme`; `undefined` for what is not in a catalog.
   */
  readonly path: readonly string[] | undefined;
  /** What to write there, as TypeScript; `undefined` where the entry is taken out. */
  readonly edit: string | undefined;
  /** In words, what to do, beside the edit where there is one; for what no edit can say, why. */
  readonly what: string;
  /** Commands of a shell to run besides, in their order, before the next deploy. */
  readonly commands: readonly string[];
}

/** What takes a difference back. */
export interface TakeBack {
  /** Commands of a shell, in their order. */
  readonly commands: readonly string[];
  /** What they do, and what they cannot. */
  readonly what: string;
}

/** One difference, in customers' words. */
export interface DriftFinding {
  readonly kind: DriftKind;
  readonly group: Group;
  /** By which it is found: the subscription, tier, API or address. */
  readonly about: string;
  /** The same, as a person calls it: `acme (Acme)`. */
  readonly subject: string;
  /** What is different, as a clause after the subject. */
  readonly what: string;
  /** Subscriptions, or names of other keys, whom it concerns. */
  readonly customers: readonly string[];
  readonly keep: Keep;
  readonly takeBack: TakeBack;
  /** Where it stands in Terraform; `undefined` for what no stack holds. */
  readonly address: string | undefined;
}

/** What can be found, in the order of a report within its group. */
export const DRIFT_KINDS = [
  "key-deleted",
  "key-disabled",
  "key-enabled",
  "key-taken-out",
  "key-moved",
  "key-put-into-plan",
  "key-beside",
  "key-changed",
  "hand-over-missing",
  "plan-deleted",
  "limit-changed",
  "stage-added",
  "stage-removed",
  "plan-beside",
  "plan-changed",
  "api-deleted",
  "stage-deleted",
  "route-deleted",
  "route-beside",
  "key-requirement-changed",
  "route-changed",
  "stage-limit-changed",
  "stage-beside",
  "stage-deployed",
  "stage-changed",
  "api-changed",
  "resource-deleted",
  "resource-changed",
] as const;
export type DriftKind = (typeof DRIFT_KINDS)[number];

/** The place of a resource, for people. */
export const addressOf = ({ stack, address }: Pick<TerraformResource, "address" | "stack">): string =>
  stack === undefined ? address : `${stack}: ${address}`;

/** Deploys what is in no stack of cdktf. */
export const TERRAFORM_APPLY = "terraform apply";

/** Deploys the stack of a resource. */
export const deployOf = ({ stack }: Pick<TerraformResource, "stack">): string =>
  stack === undefined ? TERRAFORM_APPLY : `npx cdktf deploy ${shellWord(stack)}`;

/** The edit of an entry of the catalog. */
export const editOf = (path: readonly string[], edit: string, commands: readonly string[] = []): Keep => ({
  path,
  edit,
  what: "",
  commands,
});

/** What no edit of the catalog can say. */
export const noEdit = (what: string): Keep => ({ path: undefined, edit: undefined, what, commands: [] });

/** Of a resource that is not of a catalog, the edit of its configuration. */
export const configurationEdit = (resource: TerraformResource, what: string): Keep =>
  noEdit(`write ${what} in the configuration of ${addressOf(resource)}`);
