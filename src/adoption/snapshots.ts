import { stackNames } from "../contract/stack-names";
import type { StackFile } from "../model/stack-files";
import type { Imports } from "../vocabulary/imports";

/** The imported stages that a stack among these holds, as `pets-prod`. */
export function importedStages(stacks: readonly StackFile[], imports: Imports): string[] {
  const names = new Set(stacks.map(({ stack }) => stack));
  return stagesOf(imports).flatMap(({ api, stage }) => {
    const name = stackNames.release(api, stage);
    return names.has(name) ? [name] : [];
  });
}

/**
 * The imports with what the definitions are now, for each stage of which that was not noted yet: as long as a definition
 * stays as it is, its stages are not redeployed.
 */
export function withSnapshots(imports: Imports, stacks: readonly StackFile[]): Imports {
  const triggers = new Map(stacks.map((file) => [file.stack, triggersOf(file)]));
  const apis = Object.entries(imports.apis ?? {}).map(([id, api]) => {
    const stages = Object.entries(api.stages).map(([name, stage]) => {
      const field = stage.canaryDeploymentId === undefined ? "snapshot" : "canarySnapshot";
      const snapshot = stage[field] ?? triggers.get(stackNames.release(id, name));
      return [name, { ...stage, ...(snapshot && { [field]: snapshot }) }];
    });
    return [id, { ...api, stages: Object.fromEntries(stages) }];
  });
  return apis.length === 0 ? imports : { ...imports, apis: Object.fromEntries(apis) };
}

const stagesOf = ({ apis = {} }: Imports) =>
  Object.entries(apis).flatMap(([api, { stages }]) => Object.keys(stages).map((stage) => ({ api, stage })));

function triggersOf({ json }: StackFile): Record<string, string> | undefined {
  const deployments = Object.values(json.resource?.aws_api_gateway_deployment ?? {});
  return deployments.map(({ triggers }) => triggers).find(Boolean) as Record<string, string> | undefined;
}
