import { readAddress } from "../../contract/addresses";
import { isEmpty, stringOf } from "../../contract/attributes";
import type { GatewayModel, KeyModel } from "../../model/model";
import { READ_TWICE } from "../../model/read-twice";
import type { ResourceChange } from "../../model/resource-changes";
import { ResourceIndex } from "../../model/resource-index";
import type { TerraformResource } from "../../model/terraform-resource";
import { show } from "../../text/show";
import { MAIN_KEY } from "../../vocabulary/subscription-key";
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
    if (key && action === "delete")
      return [
        {
          kind: "hand-over-missing",
          group: "customers",
          about: key.id,
          subject: key.description === "" ? key.id : `${key.id} (${show(key.description).slice(1, -1)})`,
          what: `the place at which the key is handed over was deleted: ${show(before?.name ?? before?.id)}; who reads the key there finds none`,
          customers: [key.id],
          keep:
            key.subscription === undefined
              ? noEdit("take it out of the configuration")
              : { path: pathOf(key, key.subscription), edit: "handOver: false", what: "", commands: [] },
          takeBack: back,
          address: place,
        },
      ];
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

/** The key that a parameter or secret of this project holds: it has the Terraform name of the key. */
function keyHandedOver({ stack, address }: ResourceChange, { keys }: GatewayModel): KeyModel | undefined {
  const name = readAddress(address)?.name;
  return keys.find(
    (key) => key.stack === stack && key.subscription !== undefined && readAddress(key.address)?.name === name,
  );
}

const pathOf = ({ key = MAIN_KEY }: KeyModel, subscription: string) =>
  key === MAIN_KEY ? ["subscriptions", subscription] : ["subscriptions", subscription, "keys", key];

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
