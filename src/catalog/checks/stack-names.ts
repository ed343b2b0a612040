import { stackNames } from "../../contract/stack-names";
import { error, type Finding } from "../../text/finding";
import { type Catalog, isOwnApi } from "../catalog";

/** Each API, each stage and each cohort has a stack, and so a state, of its own: no two may share a name. */
export function checkStackNames(catalog: Catalog): Finding[] {
  const owners = new Map<string, string>([[stackNames.access, "the access stack"]]);
  if (catalog.domainNames) owners.set(stackNames.domains, "domainNames");
  if (catalog.selfService) owners.set(stackNames.selfService, "selfService");
  const findings: Finding[] = [];
  const claim = (stack: string, owner: string) => {
    // File systems that ignore case would give both one folder.
    const key = stack.toLowerCase();
    const first = owners.get(key);
    if (first === undefined) owners.set(key, owner);
    else findings.push(error(owner, `would stand in the stack "${stack}", as does ${first}; rename one of them`));
  };
  for (const api of catalog.apis.filter(isOwnApi)) {
    claim(stackNames.definition(api.id), `api "${api.id}"`);
    for (const stage of api.stages)
      claim(stackNames.release(api.id, stage.name), `api "${api.id}": stage "${stage.name}"`);
  }
  for (const cohort of catalog.cohorts) claim(stackNames.cohort(cohort.id), `cohort "${cohort.id}"`);
  return findings;
}
