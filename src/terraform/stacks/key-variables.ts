import { enumerate, type Finding, warning } from "../../text/finding";
import type { Subscription } from "../../vocabulary/subscription";

/** Variables of an environment, such as `process.env`. */
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * What of the key variables would stop a deploy that runs in this environment. Terraform says it too, but only when it
 * plans the stack of the keys, and `cdktf deploy '*'` has deployed the stacks before by then. Values are compared, even
 * between stacks, and never shown.
 *
 * A warning, since a synthesis alone needs no keys, and a deploy may be given variables in another way.
 */
export function keyVariableFindings(subscriptions: readonly Subscription[], environment: Environment): Finding[] {
  const missing: string[] = [];
  const malformed: string[] = [];
  const namesByValue = new Map<string, string[]>();
  for (const { keyVariable } of subscriptions.flatMap(({ keys }) => keys)) {
    if (keyVariable === undefined) continue;
    const name = `TF_VAR_${keyVariable}`;
    const value = environment[name];
    if (!value) missing.push(name);
    else if (!/^[A-Za-z0-9]{20,128}$/.test(value)) malformed.push(name);
    else namesByValue.set(value, [...(namesByValue.get(value) ?? []), name]);
  }
  const same = [...namesByValue.values()].filter((names) => names.length > 1);
  const of = (names: readonly string[], one: string, many: string) =>
    `${enumerate(names)} ${names.length === 1 ? one : many}`;
  return [
    ...(missing.length > 0
      ? [
          `${of(missing, "is", "are")} not set here, and a deploy would stop at the keys that bring their values along, after ` +
            "it has deployed the stacks before; set them before you deploy, or give them to cdktf deploy by --var-file",
        ]
      : []),
    ...(malformed.length > 0
      ? [`${of(malformed, "is", "are")} not 20 to 128 letters and digits, as AWS wants a key's value; correct it`]
      : []),
    ...same.map(
      (names) =>
        `${enumerate(names)} have the same value, but AWS takes a key's value once in each account and Region; ` +
        "set all but one of them to another value",
    ),
  ].map((message) => warning("key variables", message));
}
