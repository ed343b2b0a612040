import { actualIn } from "../../../src/drift/account-actual";
import { readForDrift } from "../../../src/drift/account-reading";
import type { RefreshOnlyPlan } from "../../../src/drift/compare-plans";
import { isCompared } from "../../../src/drift/parts";
import type { Json } from "../../support/synthesize";
import { controlPlaneOf, type Deployed, type PretendedAccount } from "./account";

const parts = (address: string) => {
  const [type = "", name = ""] = address.split(".");
  return { address, type, name, mode: "managed" };
};

/** What Terraform would print of refresh-only plans of all stacks, given what an account has by now. */
export async function refreshOnlyPlans(deployed: Deployed, account: PretendedAccount): Promise<RefreshOnlyPlan[]> {
  const { states, files } = deployed;
  const apis = new Set(account.apis.map(({ api }) => api.id));
  const actualOf = actualIn(await readForDrift(controlPlaneOf(account), { apis }));
  return files.map(({ stack, json }) => {
    const own = states.resources.resources.filter((each) => each.stack === stack);
    const read = own.map((each) => {
      const actual = isCompared(each.type) ? actualOf(each) : each.attributes;
      if (typeof actual === "string") return { ...each, after: undefined };
      // What the reader leaves out is not there; what it does not know stays.
      const given = Object.fromEntries(Object.entries(actual).map(([name, value]) => [name, value ?? null]));
      return { ...each, after: { ...each.attributes, ...given } };
    });
    const outputs = { api_tiers: { value: json.output?.api_tiers?.value } };
    const resources = read.flatMap(({ address, after }) => (after ? [{ ...parts(address), values: after }] : []));
    return {
      stack,
      file: `${stack}.json`,
      json: {
        format_version: "1.2",
        terraform_version: "1.11.4",
        planned_values: { outputs, root_module: { resources: [] } },
        prior_state: { format_version: "1.0", values: { outputs, root_module: { resources } } },
        resource_drift: read.flatMap(({ address, attributes, after }): Json[] => [
          {
            ...parts(address),
            change: {
              actions: [after ? "update" : "delete"],
              before: attributes,
              after: after ?? null,
              after_unknown: {},
            },
          },
        ]),
        output_changes: { api_tiers: { actions: ["no-op"], before: json.output?.api_tiers?.value } },
        configuration: { root_module: {} },
        complete: true,
        applyable: true,
      },
    };
  });
}
