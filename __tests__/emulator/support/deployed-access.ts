import type { Json } from "../../support/synthesize";
import type { Workspace } from "../../support/workspace";

/** Deploys `access` of a catalog in a workspace, and writes its state into `state.json`. */
export function deployAccess(workspace: Workspace, catalog: unknown): void {
  workspace.synthesize(catalog);
  const access = workspace.terraform("access");
  access.init();
  access.deploy();
  workspace.write("state.json", access.run("show", "-json").stdout);
}

/** Ids in AWS by the addresses of plans and keys. */
export const idsInAccess = (workspace: Workspace): Record<string, string> =>
  Object.fromEntries(Object.entries<Json>(workspace.terraform("access").state()).map(([at, { id }]) => [at, id]));
