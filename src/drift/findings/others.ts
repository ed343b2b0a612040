import { isEmpty, stringOf } from "../../contract/attributes";
import type { GatewayModel } from "../../model/model";
import { READ_TWICE } from "../../model/read-twice";
import type { ResourceChange } from "../../model/resource-changes";
import { ResourceIndex } from "../../model/resource-index";
import type { TerraformResource } from "../../model/terraform-resource";
import { handOverMissing, keyHandedOver } from "../hand-overs";
import { addressOf, type DriftFinding, deployOf, noEdit } from "./finding";

/** Where the value of a key is handed over. */
const HAND_OVERS = ["aws_ssm_parameter", "aws_secretsmanager_secret", "aws_secretsmanager_secret_version"];

/** What Terraform found changed of resources that are not compared one by one: the names of attributes, never their values. */
export function changedElsewhere(
  changes: readonly ResourceChange[],
  states: readonly TerraformResource[],
  gateway: GatewayModel,
): DriftFinding[] {
  const index = new ResourceIndex({ resources: states, unsupported: [], identities: new Map() });
  return changes.flatMap((change): DriftFinding[] => {
    const { stack, type, action, before } = change;
    const parts = change.changedAttributes.filter(
      (part) => !looksAlike(change, part) && !isReadTwice(change, part, index),
    );
    if (action !== "delete" && parts.length === 0) return [];
    const place = addressOf(change);
    const key = HAND_OVERS.includes(type) ? keyHandedOver(change, gateway) : undefined;
    const back = {
      commands: [deployOf({ stack })],
      what: action === "delete" ? "creates it again" : "changes it back",
    };
    if (key && action === "delete") return [handOverMissing(change, stringOf(before?.name ?? before?.id), key)];
    return [
      {
        kind: action === "delete" ? "resource-deleted" : "resource-changed",
        group: "other",
        about: place,
        subject: place,
        what: action === "delete" ? "was deleted" : `has another ${listed(parts)}`,
        customers: [],
        keep: noEdit("write it in the catalog, or in the configuration beside it, if it is meant to stay"),
        takeBack: back,
        address: place,
      },
    ];
  });
}

/** Terraform reads nothing as something empty, and AWS counts the time. */
const looksAlike = ({ before, after }: ResourceChange, part: string) =>
  /(^|_)date$/.test(part) || (isEmpty(before?.[part]) && isEmpty(after?.[part]));

function isReadTwice({ type, before }: ResourceChange, part: string, index: ResourceIndex): boolean {
  const [other, owner] = READ_TWICE[type]?.[part] ?? [];
  if (other === undefined || owner === undefined) return false;
  const own = stringOf(before?.id);
  return index.ofType(other).some(({ attributes }) => stringOf(attributes[owner]) === own);
}

function listed(names: readonly string[]): string {
  const [last = "", ...others] = [...names].reverse();
  return others.length === 0 ? last : `${others.reverse().join(", ")} and ${last}`;
}
