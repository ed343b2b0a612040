import type { Json } from "../../support/synthesize";

/** What Terraform 1.11 says of a whole plan. */
export const WHOLE: Json = { format_version: "1.2", terraform_version: "1.11.4", complete: true };

/** A plan of these changes, with all that a whole plan has. */
export function wholePlan(changes: readonly Json[], rest: Json = {}): Json {
  const resources = changes
    .filter(({ change }) => change.after !== null)
    .map(({ change: { after }, ...each }) => ({ ...each, values: after }));
  return {
    ...WHOLE,
    planned_values: { root_module: { resources } },
    resource_changes: changes,
    configuration: { root_module: {} },
    ...rest,
  };
}
