import type { Catalog } from "../../catalog/catalog";
import { stackNames } from "../../contract/stack-names";
import { deployedStackName, localStateFile } from "../../contract/state-names";
import { error, type Finding } from "../../text/finding";
import { isOwnDomainName } from "../../vocabulary/domain-name";
import { addressOf } from "../../vocabulary/stage-domain";
import { localStates } from "./local-states";
import { type AnyStage, ownStages } from "./release-order";
import { stateFolder } from "./state-conflicts";
import type { TierStack } from "./tier-stack";

/**
 * Domain names and base paths of the catalog that are still in the state of a stage, where the former field `domain` put
 * them: Terraform would delete them there, and AWS takes each once. Only local states say what is deployed.
 */
export function namesInOtherStates(catalog: Catalog, stacks: readonly TierStack[]): Finding[] {
  const { domainNames = [] } = catalog;
  const [any] = stacks.filter(({ state }) => state === "local");
  if (any === undefined || domainNames.length === 0) return [];
  const own = new Set(domainNames.filter(isOwnDomainName).map(({ name }) => name));
  const paths = new Set(
    ownStages(catalog.apis).flatMap(({ stage }) => (stage.retired ? [] : stage.domains.map(addressOf))),
  );
  return localStates(stateFolder(any)).flatMap(({ file, stack, holdings }) => {
    if (file !== localStateFile(any.deployment, stack) || stack === stackNames.domains || !holdings) return [];
    const holder: Holder = {
      stack: deployedStackName(any.deployment, stack),
      stage: ownStages(catalog.apis).find(({ api, stage }) => stackNames.release(api.id, stage.name) === stack),
    };
    const held = [
      ...holdings.names.filter((name) => own.has(name)).map((name) => ({ name, address: undefined })),
      ...holdings.urls.filter((url) => paths.has(url)).map((address) => ({ name: nameIn(address), address })),
    ];
    return held.flatMap(({ name, address }) => {
      const remedy = remedyOf(holder, name, address, catalog);
      if (remedy === undefined) return [];
      const what = address === undefined ? "" : `: base path "${address}"`;
      return [
        error(
          `domain name "${name}"${what}`,
          `is in the state of stack "${holder.stack}", which would delete it while the stack "${stackNames.domains}" ` +
            `creates it, and AWS takes it once; ${remedy}`,
        ),
      ];
    });
  });
}

interface Holder {
  readonly stack: string;
  /** `undefined` where the catalog no longer has it. */
  readonly stage: AnyStage | undefined;
}

/** What to do about a name or a base path in the state of a stage; `undefined` where the catalog says what becomes of it. */
function remedyOf(
  { stage: holder }: Holder,
  name: string,
  address: string | undefined,
  { domainNames = [] }: Catalog,
): string | undefined {
  if (!holder) return "put the stage back with retired: true, and write it in formerStages of the domain name";
  const { api, stage } = holder;
  const former = `${api.id}/${stage.name}`;
  const isNamed = domainNames.some((each) => each.name === name && each.formerStages.includes(former));
  if (address === undefined) return isNamed ? undefined : `write formerStages: ["${former}"] in the domain name`;
  if (stage.retired || !stage.domains.some((each) => addressOf(each) === address))
    return `leave it to stage "${former}", write that in formerStages, deploy, and move it then`;
  return isNamed ? undefined : `write formerStages: ["${former}"] in the domain name`;
}

const nameIn = (address: string) => address.replace(/\/.*$/, "");
