import type { HandOverPlaces } from "../aws/hand-over-places";
import { readAddress } from "../contract/addresses";
import { stringOf } from "../contract/attributes";
import type { GatewayModel, KeyModel } from "../model/model";
import type { TerraformResource } from "../model/terraform-resource";
import { MAIN_KEY } from "../vocabulary/main-key";
import type { Unread } from "./account-reading";
import { nameOfCustomer } from "./findings/facts";
import { addressOf, type DriftFinding, deployOf, editOf } from "./findings/finding";

/** Terraform's types of the places to which this project hands keys over. */
const PLACES = { aws_ssm_parameter: "parameters", aws_secretsmanager_secret: "secrets" } as const;
type PlaceType = keyof typeof PLACES;

/** A place of a key, as it was deployed. */
interface HandOver {
  readonly resource: TerraformResource;
  readonly type: PlaceType;
  readonly name: string;
  readonly key: KeyModel;
}

/** Looks whether the places of keys are there, and says what could not be read. */
export async function missingHandOvers(
  states: readonly TerraformResource[],
  gateway: GatewayModel,
  places: HandOverPlaces,
): Promise<{ readonly findings: readonly DriftFinding[]; readonly unread: readonly Unread[] }> {
  const all = handOversIn(states, gateway);
  const unread: Unread[] = [];
  const findings: DriftFinding[] = [];
  for (const type of Object.keys(PLACES) as PlaceType[]) {
    const own = all.filter((each) => each.type === type);
    if (own.length === 0) continue;
    try {
      const there = await places[PLACES[type]](own.map(({ name }) => name));
      for (const { resource, name, key } of own)
        if (!there.has(name)) findings.push(handOverMissing(resource, name, key));
    } catch (error) {
      const { name, message } = error as Error;
      const why = name === "Error" ? message : `${name}: ${message}`;
      unread.push({ what: `${PLACES[type]} to which keys are handed over`, why });
    }
  }
  return { findings, unread };
}

function handOversIn(states: readonly TerraformResource[], gateway: GatewayModel): HandOver[] {
  return states.flatMap((resource): HandOver[] => {
    const { type } = resource;
    const key = type in PLACES ? keyHandedOver(resource, gateway) : undefined;
    const name = stringOf(resource.attributes.name);
    return key && name !== "" ? [{ resource, type: type as PlaceType, name, key }] : [];
  });
}

/** The key that a parameter or secret of this project holds: it has the Terraform name of the key. */
export function keyHandedOver(
  { stack, address }: Pick<TerraformResource, "address" | "stack">,
  { keys }: GatewayModel,
): KeyModel | undefined {
  const name = readAddress(address)?.name;
  return keys.find(
    (key) => key.stack === stack && key.subscription !== undefined && readAddress(key.address)?.name === name,
  );
}

/** A customer who reads the key where it was handed over finds none. */
export function handOverMissing(
  resource: Pick<TerraformResource, "address" | "stack">,
  name: string,
  key: KeyModel,
): DriftFinding {
  const { id, key: named = MAIN_KEY, subscription = "" } = key;
  const path = ["subscriptions", subscription, ...(named === MAIN_KEY ? [] : ["keys", named])];
  return {
    kind: "hand-over-missing",
    group: "customers",
    about: id,
    subject: nameOfCustomer(key),
    what: `the place at which the key is handed over was deleted in AWS: ${name}; who reads the key there finds none`,
    customers: [id],
    keep: editOf(path, "handOver: false"),
    takeBack: { commands: [deployOf(resource)], what: "creates the place again, with the same key" },
    address: addressOf(resource),
  };
}
