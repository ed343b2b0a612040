import { show } from "../../text/show";
import { problemOfSubscriptionId } from "../../vocabulary/identifier";
import { type FieldChange, remove, set } from "../field-change";
import type { WrittenSubscription } from "../subscriptions/written-subscription";
import { fieldOf, refuse, type Step } from "./step";

export interface Rename {
  readonly to: string;
  /**
   * Whether the renaming before this one was deployed. Terraform keeps the key by the id under which it was deployed last.
   * @default - not known, so a second renaming is refused
   */
  readonly deployed?: boolean | undefined;
}

/** Gives a subscription another id, under which it keeps its keys. */
export function rename(subscription: WrittenSubscription, { to, deployed }: Rename): Step {
  const problem = problemOfSubscriptionId(to);
  if (problem !== undefined) refuse(subscription, `the new id ${show(to)} ${problem}`);
  const { id } = subscription;
  const former = fieldOf(subscription, "formerId");
  if (former !== undefined && deployed === undefined)
    refuse(
      subscription,
      `it has formerId ${show(former)}, so it was renamed before. Its keys would be lost if Terraform looked for them under the ` +
        `wrong id: name --deployed if that was deployed ("terraform state list" shows ${show(id)}), or --not-deployed if not`,
    );
  const deployedAs = deployed === false && typeof former === "string" ? former : id;
  const change: FieldChange[] =
    deployedAs === to ? [remove("formerId")] : former === deployedAs ? [] : [set(["formerId"], deployedAs)];
  const notes =
    deployedAs === to
      ? []
      : [`Keep formerId until this is deployed everywhere; without it the key of "${deployedAs}" would be deleted.`];
  return { changes: change, notes };
}
