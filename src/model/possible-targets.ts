import { listOfStrings } from "../contract/attributes";
import { isObject } from "../vocabulary/objects";
import { type Instance, objectsOf } from "./instances";
import { callerOf, type Scope } from "./scope";
import { reference, unevaluated } from "./terraform-resource";

/** Attributes that hold the id of another resource, and the type of that. */
export const TARGETS: Readonly<Record<string, string>> = {
  api_id: "aws_api_gateway_rest_api",
  key_id: "aws_api_gateway_api_key",
  rest_api_id: "aws_api_gateway_rest_api",
  usage_plan_id: "aws_api_gateway_usage_plan",
};

/**
 * What an id may be that is known only after the apply. Terraform evaluates an expression as far as it can, so an id that is not
 * known is one of those that are not known: of a resource that is created or replaced. A plan does not show an expression
 * such as `aws_api_gateway_usage_plan.this[each.value.plan].id`, but it lists what stands in it.
 */
export class PossibleTargets {
  private readonly byType = new Map<string, Instance[]>();
  private readonly texts = new Map<string, string>();

  /** @param instances of one stack */
  constructor(
    private readonly stack: string | undefined,
    instances: readonly Instance[],
  ) {
    for (const instance of instances) {
      if (instance.values.id !== undefined) continue;
      const others = this.byType.get(instance.type);
      if (others) others.push(instance);
      else this.byType.set(instance.type, [instance]);
    }
  }

  /** The reference that it is; a text that has all that it may be, where it may be several. */
  textOf(type: string, references: readonly string[], scope: Scope): string {
    // It does not depend on the index of an instance, of which there may be thousands.
    const name = [type, scope.moduleAddress, ...referencesOf(scope.forEach), "", ...references].join(" ");
    const known = this.texts.get(name);
    if (known !== undefined) return known;
    const named = this.named(type, references, scope);
    const possible = named === "anything" ? [] : referencesTo(named, this.stack);
    const [one] = possible;
    const text = possible.length === 1 && one !== undefined ? one : unevaluated(references.join(", "), possible);
    this.texts.set(name, text);
    return text;
  }

  /** References to all resources of a type whose ids are known only after the apply. */
  all(type: string): string[] {
    return referencesTo(this.byType.get(type) ?? [], this.stack);
  }

  private named(type: string, references: readonly string[], scope: Scope): readonly Instance[] | "anything" {
    // Beside a resource, what the instance is given chooses among its instances: `this[each.value.plan].id`.
    const isIndexed = references.some((each) => each.startsWith(`${type}.`) || each.startsWith("module."));
    const found = references
      .filter((each) => !(isIndexed && each.startsWith("each.")))
      .map((each) => this.namedBy(type, each, scope));
    const known = found.filter((each): each is readonly Instance[] => each !== "anything");
    return known.length === found.length ? [...new Set(known.flat())] : "anything";
  }

  private namedBy(type: string, text: string, scope: Scope): readonly Instance[] | "anything" {
    const candidates = this.byType.get(type) ?? [];
    const { module, moduleAddress, forEach } = scope;
    const [root = "", name = ""] = text.split(".");
    const inModule = (address: string) => (moduleAddress === "" ? address : `${moduleAddress}.${address}`);
    switch (root) {
      case "each":
        return name === "key" ? [] : this.named(type, referencesOf(forEach), { ...scope, forEach: undefined });
      case "count":
      case "path":
      case "terraform":
        return [];
      case "var": {
        const { parent } = module;
        const given = isObject(parent?.call.expressions) ? parent.call.expressions[name] : undefined;
        if (parent === undefined || given === undefined) return [];
        return this.named(type, referencesOf(given), callerOf(scope, parent.module, parent.call));
      }
      case "local":
        // A plan does not show what a local value is; it may be made of anything.
        return candidates;
      case "module": {
        const path = inModule(`module.${name.replace(/\[.*$/s, "")}`);
        return candidates.filter(
          ({ module: at }) => at === path || (/^[.[]/.test(at.slice(path.length)) && at.startsWith(path)),
        );
      }
      default: {
        const resource = `${root}.${name.replace(/\[.*$/s, "")}`;
        if (root !== type) return "anything";
        return candidates.filter((each) => each.module === moduleAddress && each.resource === resource);
      }
    }
  }
}

const referencesTo = (instances: readonly Instance[], stack: string | undefined) =>
  instances.map(({ address }) => reference(stack, address, "id"));

/** What stands in an expression, or in the arguments of a module. */
function referencesOf(expression: unknown): string[] {
  const own = isObject(expression) ? listOfStrings(expression.references) : [];
  const nested = isObject(expression) ? Object.values(expression).flatMap((each) => objectsOf(each)) : [];
  return [...own, ...nested.flatMap(referencesOf)].filter(
    (each, _, all) =>
      !all.some((other) => other !== each && other.startsWith(each) && /^[.[]/.test(other.slice(each.length))),
  );
}
