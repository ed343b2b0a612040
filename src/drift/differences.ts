import { API_KEY } from "../contract/api-key";
import { PLAN_KEY } from "../contract/plan-key";
import { USAGE_PLAN } from "../contract/usage-plan";
import { holdsRedacted } from "../model/redacted";
import type { TerraformResource } from "../model/terraform-resource";
import type { Managed } from "./managed";
import { isSameValue, type Part } from "./parts";

/** A deployed resource that the account no longer has. */
export interface Gone {
  readonly resource: TerraformResource;
}

/** A part of a deployed resource that the account has otherwise. */
export interface Changed {
  readonly resource: TerraformResource;
  readonly part: Omit<Part, "value">;
  /** What the stacks say, or the state where that is known only after a deploy. */
  readonly wanted: unknown;
  /** What the account has. */
  readonly actual: unknown;
}

/** What comparing the deployed resources came to. */
export interface Comparison {
  readonly gone: readonly Gone[];
  readonly changed: readonly Changed[];
  /** Resources, or parts of one, that could not be compared. */
  readonly notRead: readonly { readonly resource: TerraformResource; readonly why: string }[];
  /**
   * Keys, usage plans and who is in them, of which the stacks say something else than was last deployed, and the account has
   * what was deployed: a deploy changes them, and nobody did by hand.
   */
  readonly notDeployed: readonly TerraformResource[];
}

/** Of which what is not deployed yet is listed. */
const SOLD = [API_KEY.type, PLAN_KEY.type, USAGE_PLAN.type];

/**
 * Compares what the account has with what was deployed and with what the stacks say. It drifted where it is neither: what the
 * stacks say by now is wanted, and what was deployed is changed by the next deploy.
 */
export function compare(managed: readonly Managed[]): Comparison {
  const gone: Gone[] = [];
  const changed: Changed[] = [];
  const notRead: { resource: TerraformResource; why: string }[] = [];
  const notDeployed: TerraformResource[] = [];
  for (const { resource, state, wanted, actual } of managed) {
    if (actual === "not-read") {
      notRead.push({ resource, why: "the account could not be read" });
      continue;
    }
    // The next deploy deletes it, whatever became of it.
    if (wanted === undefined) {
      if (actual !== "gone" && SOLD.includes(resource.type)) notDeployed.push(resource);
      continue;
    }
    if (actual === "gone") {
      gone.push({ resource });
      continue;
    }
    const names = new Set([...state.keys(), ...actual.keys(), ...wanted.parts.keys()]);
    for (const name of names) {
      const part = state.get(name) ?? actual.get(name) ?? wanted.parts.get(name);
      if (!part) continue;
      const [then, now] = [state.get(name)?.value, actual.get(name)?.value];
      if (holdsRedacted(then) || holdsRedacted(now)) {
        notRead.push({ resource, why: `the value of ${part.attribute} was taken out of the plan` });
        continue;
      }
      const said = wanted.parts.get(name);
      const isOpen = said === undefined && (part.of === undefined || wanted.hasUnknownStages);
      const meant = isOpen ? then : said?.value;
      if (isSameValue(now, meant)) continue;
      if (!isSameValue(now, then)) changed.push({ resource, part, wanted: meant, actual: now });
      else if (SOLD.includes(resource.type)) notDeployed.push(resource);
    }
  }
  return { gone, changed, notRead, notDeployed: [...new Set(notDeployed)] };
}
