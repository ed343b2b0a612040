import { createHash } from "node:crypto";
import type { PlanFile } from "../../../src/review/plan-file";
import type { Json } from "../../support/synthesize";
import { WHOLE } from "./whole-plan";

/**
 * Plans as Terraform does, as far as a review reads plans: a small model of it that needs no provider and no account. What
 * was synthesized before is taken as applied. A stack that reads an output that was never applied has no plan.
 */
export function plan(before: Readonly<Record<string, Json>>, after: Readonly<Record<string, Json>>): PlanFile[] {
  const applied = new Map(
    Object.entries(before).map(([stack, json]) => [stack, new AppliedStack(stack, json, before)]),
  );
  return Object.entries(after).flatMap(([stack, json]) => {
    try {
      return [
        { stack, file: `${stack}.json`, json: new PlannedStack(stack, json, applied.get(stack), applied).plan() },
      ];
    } catch (error) {
      if (error instanceof NeverApplied) return [];
      throw error;
    }
  });
}

class NeverApplied extends Error {}

/** What is known only after an apply. */
const UNKNOWN = Symbol("known after apply");

/** The value of a key on the account of these tests; it looks like one, and none is. */
export const keyValueOf = (stack: string, name: string): string => `FakeValue${digest(`${stack} ${name}`)}`;

const digest = (text: string) => createHash("sha256").update(text).digest("hex").slice(0, 20);

const madeByAws = (stack: string, address: string, attribute: string) =>
  digest(`${stack} ${address} ${attribute}`).slice(0, 10);

/** Blocks that Terraform shows as lists, however often they stand in JSON. */
const BLOCKS = [
  "throttle_settings",
  "quota_settings",
  "api_stages",
  "throttle",
  "settings",
  "access_log_settings",
  "canary_settings",
  "environment",
];

/** Attributes for whose sake a resource is replaced. */
const FORCES: Readonly<Record<string, readonly string[]>> = {
  aws_dynamodb_table: ["name"],
  aws_api_gateway_usage_plan_key: ["key_id", "key_type", "usage_plan_id"],
  aws_api_gateway_api_key: ["value"],
  aws_api_gateway_deployment: ["rest_api_id", "triggers"],
  aws_api_gateway_method: ["rest_api_id", "resource_id", "http_method"],
  aws_api_gateway_method_response: ["rest_api_id", "resource_id", "http_method", "status_code"],
  aws_api_gateway_integration: ["rest_api_id", "resource_id", "http_method", "type"],
  aws_api_gateway_integration_response: ["rest_api_id", "resource_id", "http_method", "status_code"],
  aws_api_gateway_resource: ["rest_api_id"],
  aws_api_gateway_stage: ["rest_api_id", "stage_name"],
  aws_lambda_permission: ["function_name", "source_arn", "statement_id"],
};

const META = ["depends_on", "lifecycle", "provider", "//"];

const blocksIn = (json: Json): [address: string, type: string, name: string, block: Json][] =>
  Object.entries<Json>(json.resource ?? {}).flatMap(([type, named]) =>
    Object.entries<Json>(named).map(([name, block]): [string, string, string, Json] => [
      `${type}.${name}`,
      type,
      name,
      block,
    ]),
  );

const PART_OF_ARN = /^element\(split\(":", ([\w.-]+)\), (\d+)\)$/;

/** Evaluates what stands in JSON: `"${a.b.c}"`, and texts around it. */
function evaluate(value: Json, lookup: (path: string) => Json): Json {
  if (Array.isArray(value)) return value.map((each) => evaluate(each, lookup));
  if (typeof value === "object" && value !== null)
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, evaluate(each, lookup)]));
  if (typeof value !== "string") return value;
  const expression = (path: string) => {
    const [, argument = "", index] = PART_OF_ARN.exec(path) ?? [];
    if (index === undefined) return lookup(path);
    const arn = lookup(argument);
    return typeof arn === "string" ? (arn.split(":")[Number(index)] ?? "") : arn;
  };
  const parts = [...value.matchAll(/\$\$\{|%%\{|\$\{([^}]*)\}|[^$%]+|./gs)].map(([whole, path]) =>
    path === undefined ? whole.replace(/^(.)\1\{$/, "$1{") : expression(path),
  );
  if (parts.length === 1) return parts[0];
  return parts.includes(UNKNOWN) ? UNKNOWN : parts.join("");
}

/** A block as Terraform shows it: blocks within it as lists, and no directions. */
function shown(block: Json): Json {
  if (Array.isArray(block)) return block.map(shown);
  if (typeof block !== "object" || block === null) return block;
  return Object.fromEntries(
    Object.entries<Json>(block)
      .filter(([name]) => !META.includes(name))
      .map(([name, value]) => [name, BLOCKS.includes(name) ? [value].flat().map(shown) : value]),
  );
}

/** Outputs that this project's own readers read, of those that a stack has. */
const OWN_OUTPUTS = ["api_tiers", "tier_prices"];
const ownOutputs = ({ output }: Json): Json =>
  Object.fromEntries(OWN_OUTPUTS.flatMap((name) => (output?.[name] ? [[name, output[name]]] : [])));

const REMOTE_STATE = /^data\.terraform_remote_state\.(.+)\.outputs\.(.+)$/;

class AppliedStack {
  constructor(
    private readonly stack: string,
    private readonly json: Json,
    private readonly all: Readonly<Record<string, Json>>,
  ) {}

  get said(): Json {
    return ownOutputs(this.json);
  }

  /** Attributes by address, AWS's own among them. */
  values(): ReadonlyMap<string, Json> {
    return new Map(blocksIn(this.json).map(([address, type, name]) => [address, this.valuesOf(address, type, name)]));
  }

  output(name: string): Json {
    const output = this.json.output?.[name];
    if (output === undefined) throw new NeverApplied(name);
    return evaluate(output.value, (path) => this.lookup(path));
  }

  private valuesOf(address: string, type: string, name: string): Json {
    const block = shown(this.json.resource[type][name]);
    const isKey = type === "aws_api_gateway_api_key" || type === "aws_api_gateway_usage_plan_key";
    return {
      ...evaluate(block, (path) => this.lookup(path)),
      id: madeByAws(this.stack, address, "id"),
      ...(isKey ? { value: keyValueOf(this.stack, name) } : {}),
      ...(type === "aws_api_gateway_rest_api"
        ? { root_resource_id: madeByAws(this.stack, address, "root_resource_id") }
        : {}),
    };
  }

  private lookup(path: string): Json {
    const [, stack, output] = REMOTE_STATE.exec(path) ?? [];
    if (stack !== undefined) {
      const json = this.all[stack];
      if (json === undefined) throw new NeverApplied(stack);
      return new AppliedStack(stack, json, this.all).output(output ?? "");
    }
    const [type = "", name = "", attribute = ""] = path.split(".");
    const given = this.json.resource?.[type]?.[name]?.[attribute];
    if (given !== undefined && attribute !== "value") return evaluate(given, (inner) => this.lookup(inner));
    if (path.startsWith("var.")) return keyValueOf(this.stack, path);
    return madeByAws(this.stack, `${type}.${name}`, attribute);
  }
}

class PlannedStack {
  private readonly before: ReadonlyMap<string, Json>;
  private readonly planned = new Map<string, Json>();
  /** The addresses that resources had, by those that they get. */
  private readonly movedFrom = new Map<string, string>();
  /** The outputs by which the stack said what it holds. */
  private readonly said: Json;

  constructor(
    private readonly stack: string,
    private readonly json: Json,
    applied: AppliedStack | undefined,
    private readonly all: ReadonlyMap<string, AppliedStack>,
  ) {
    this.said = applied?.said;
    this.before = this.moved(applied?.values() ?? new Map());
  }

  plan(): Json {
    const blocks = blocksIn(this.json);
    const addresses = new Set([...this.before.keys(), ...blocks.map(([address]) => address)]);
    return {
      ...WHOLE,
      planned_values: {
        outputs: Object.fromEntries(
          Object.entries<Json>(ownOutputs(this.json)).map(([name, output]) => [name, { sensitive: false, ...output }]),
        ),
        root_module: {
          resources: blocks.map(([address, type, name]) => ({
            address,
            mode: "managed",
            type,
            name,
            values: known(this.valuesAt(address)),
          })),
        },
      },
      output_changes: Object.fromEntries(
        OWN_OUTPUTS.map((name) => [
          name,
          { before: this.said?.[name]?.value ?? null, after: this.json.output?.[name]?.value ?? null },
        ]),
      ),
      resource_changes: [...addresses].map((address) => this.change(address)),
      configuration: {
        root_module: {
          resources: blocks.map(([address, type, name, block]) => ({
            address,
            mode: "managed",
            type,
            name,
            expressions: expressionsOf(shown(block)),
          })),
        },
      },
    };
  }

  private moved(values: ReadonlyMap<string, Json>): ReadonlyMap<string, Json> {
    const moves = new Map<string, string>((this.json.moved ?? []).map(({ from, to }: Json) => [from, to]));
    return new Map(
      [...values].map(([address, each]) => {
        const to = moves.get(address);
        if (to !== undefined) this.movedFrom.set(to, address);
        return [to ?? address, each];
      }),
    );
  }

  private change(address: string): Json {
    const [type = "", name = ""] = address.split(".");
    const before = this.before.get(address) ?? null;
    const after = this.json.resource?.[type]?.[name] === undefined ? null : this.valuesAt(address);
    const actions =
      before === null
        ? ["create"]
        : after === null
          ? ["delete"]
          : this.isReplaced(address)
            ? ["delete", "create"]
            : differing(before, after).length > 0
              ? ["update"]
              : ["no-op"];
    const forced = before && after ? differing(before, after).filter((each) => FORCES[type]?.includes(each)) : [];
    return {
      address,
      ...(this.movedFrom.has(address) ? { previous_address: this.movedFrom.get(address) } : {}),
      mode: "managed",
      type,
      name,
      change: {
        actions,
        before,
        after: after && known(after),
        after_unknown: after ? unknown(after) : {},
        before_sensitive: type === "aws_api_gateway_api_key" ? { value: true } : {},
        after_sensitive: type === "aws_api_gateway_api_key" ? { value: true } : {},
        ...(forced.length > 0 ? { replace_paths: forced.map((each) => [each]) } : {}),
      },
    };
  }

  private isReplaced(address: string): boolean {
    const [type = ""] = address.split(".");
    const before = this.before.get(address);
    if (before === undefined) return true;
    const given = this.given(address);
    return differing(before, { ...before, ...given }).some((name) => FORCES[type]?.includes(name));
  }

  private valuesAt(address: string): Json {
    const done = this.planned.get(address);
    if (done !== undefined) return done;
    const [type = ""] = address.split(".");
    const before = this.before.get(address);
    const isKey = type === "aws_api_gateway_api_key" || type === "aws_api_gateway_usage_plan_key";
    const computed = [
      "id",
      ...(isKey ? ["value"] : []),
      ...(type === "aws_api_gateway_rest_api" ? ["root_resource_id"] : []),
    ];
    const stays = !this.isReplaced(address);
    const values = {
      ...Object.fromEntries(computed.map((name) => [name, stays ? before[name] : UNKNOWN])),
      ...this.given(address),
    };
    this.planned.set(address, values);
    return values;
  }

  private given(address: string): Json {
    const [type = "", name = ""] = address.split(".");
    return evaluate(shown(this.json.resource[type][name]), (path) => this.lookup(path));
  }

  private lookup(path: string): Json {
    const [, stack, output] = REMOTE_STATE.exec(path) ?? [];
    if (stack !== undefined) {
      const other = this.all.get(stack);
      if (other === undefined) throw new NeverApplied(stack);
      return other.output(output ?? "");
    }
    const [type = "", name = "", attribute = ""] = path.split(".");
    const address = `${type}.${name}`;
    const given = this.json.resource?.[type]?.[name]?.[attribute];
    if (given !== undefined) return evaluate(given, (inner) => this.lookup(inner));
    if (this.isReplaced(address)) return UNKNOWN;
    // What AWS has decided of a resource that stays is as it was.
    return this.before.get(address)?.[attribute] ?? madeByAws(this.stack, address, attribute);
  }
}

const differing = (one: Json, other: Json): string[] =>
  [...new Set([...Object.keys(one), ...Object.keys(other)])].filter((name) => text(one[name]) !== text(other[name]));

const text = (value: Json): string =>
  JSON.stringify(value, (_, each) => (each === UNKNOWN ? "(known after apply)" : each)) ?? "";

/** The part of a value that is known before an apply. */
function known(value: Json): Json {
  if (Array.isArray(value)) return value.map((each) => (each === UNKNOWN ? null : known(each)));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries<Json>(value).flatMap(([name, each]) => (each === UNKNOWN ? [] : [[name, known(each)]])),
  );
}

/** Marks of the same shape for what is not. */
function unknown(value: Json): Json {
  if (value === UNKNOWN) return true;
  if (Array.isArray(value)) return value.map(unknown);
  if (typeof value !== "object" || value === null) return false;
  return Object.fromEntries(
    Object.entries<Json>(value).flatMap(([name, each]) => {
      const marks = unknown(each);
      return marks === false ? [] : [[name, marks]];
    }),
  );
}

function expressionsOf(block: Json): Json {
  return Object.fromEntries(
    Object.entries<Json>(block).map(([name, value]) => [
      name,
      BLOCKS.includes(name) ? value.map(expressionsOf) : expressionOf(value),
    ]),
  );
}

/** Terraform lists each reference with all that it begins with. */
function expressionOf(value: Json): Json {
  const paths = [...JSON.stringify(value ?? null).matchAll(/(?<!\$)\$\{([\w.-]+)\}/g)].map(([, path = ""]) => path);
  const references = paths.flatMap((path) => {
    const steps = path.split(".");
    return steps.map((_, index) => steps.slice(0, steps.length - index).join(".")).filter((each) => each.includes("."));
  });
  return { constant_value: value, ...(references.length > 0 ? { references } : {}) };
}
