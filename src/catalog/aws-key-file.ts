import { error, type Finding } from "../text/finding";
import { keysIn, looksLikeAKey } from "../text/like-a-key";
import { show } from "../text/show";
import { problemOfSubscriptionId } from "../vocabulary/identifier";
import type { SubscriptionInput } from "../vocabulary/subscription-input";
import { type CsvRow, readTable } from "./csv-table";
import { slugOf } from "./slug";

export interface KeyFileOptions {
  /** Tiers by the ids of the usage plans in the file. */
  readonly tiersOfPlans: ReadonlyMap<string, string>;
  /** Tier of keys that are in no usage plan; `undefined` where such a key is an error. */
  readonly tier: string | undefined;
}

/** A file of keys in the format of ImportApiKeys, in two parts: what may be read by everyone, and the values. */
export interface SplitKeys {
  /** By id, without values: each names the variable that holds its own. */
  readonly subscriptions: Readonly<Record<string, SubscriptionInput>>;
  /** Values by the names of Terraform variables. */
  readonly values: Readonly<Record<string, string>>;
  /** What is wrong with the file; nothing of it may be used then. Never with a value. */
  readonly findings: readonly Finding[];
}

const REQUIRED = ["name", "key"] as const;
const OPTIONAL = ["description", "enabled", "usageplanids"] as const;
type Column = (typeof REQUIRED | typeof OPTIONAL)[number];

const FLAGS: ReadonlyMap<string, boolean> = new Map([
  ["", true],
  ["true", true],
  ["false", false],
]);

/**
 * Splits a file that `aws apigateway import-api-keys` takes. Names of columns may be in any case and order; others are passed
 * over, as AWS does.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-key-file-format.html
 */
export function splitKeyFile(text: string, file: string, options: KeyFileOptions): SplitKeys {
  // AWS takes a list of plans within single quotes, too.
  const table = readTable(text.replace(/(^|,)'([a-z0-9, ]*)'(?=,|\r?$)/gim, '$1"$2"'), file, []);
  if ("severity" in table) return { subscriptions: {}, values: {}, findings: [table] };
  const names = table.columns.map((column) => column.toLowerCase());
  const missing = REQUIRED.filter((column) => !names.includes(column));
  if (missing.length > 0) {
    const message = `has no column ${missing.map((column) => `"${column}"`).join(" and ")}; its first line must be such as Name,Key,Description,Enabled,UsagePlanIds`;
    return { subscriptions: {}, values: {}, findings: [error(`${file}:${table.line}`, message)] };
  }
  const splitter = new Splitter(file, names, options);
  for (const row of table.rows) splitter.add(row);
  splitter.checkOtherCells(table.rows);
  return splitter;
}

class Splitter implements SplitKeys {
  readonly subscriptions: Record<string, SubscriptionInput> = {};
  readonly values: Record<string, string> = {};
  readonly findings: Finding[] = [];
  private readonly lineOfId = new Map<string, number>();
  private readonly lineOfValue = new Map<string, number>();

  constructor(
    private readonly file: string,
    private readonly names: readonly string[],
    private readonly options: KeyFileOptions,
  ) {}

  add({ line, cells }: CsvRow): void {
    if (cells.length !== this.names.length) {
      this.refuse(line, `has ${cells.length} cells where the first line names ${this.names.length} columns`);
      return;
    }
    const cell = (column: Column) => cells[this.names.indexOf(column)] ?? "";
    const enabled = FLAGS.get(cell("enabled").toLowerCase());
    if (enabled === undefined) this.refuse(line, `enabled must be TRUE or FALSE, got ${show(cell("enabled"))}`);
    const id = this.idOf(cell("name"), line);
    const value = this.valueOf(cell("key"), line);
    const tiers = this.tiersOf(cell("usageplanids"), line);
    const [tier, ...others] = tiers;
    if (id === undefined || value === undefined || tier === undefined) return;
    const variable = this.variableOf(id, line);
    this.values[variable] = value;
    this.subscriptions[id] = {
      tier,
      ...(others.length > 0 && { additionalTiers: Object.fromEntries(others.map((other) => [other, other])) }),
      ...(cell("description") !== "" && { customer: cell("description") }),
      ...(cell("name") !== id && { keyName: cell("name") }),
      ...(enabled === false && { enabled }),
      keyValue: { variable },
    };
  }

  /** A value may stand in a description as well, from which it would get into the catalog. */
  checkOtherCells(rows: readonly CsvRow[]): void {
    const position = this.names.indexOf("key");
    for (const { line, cells } of rows)
      for (const [at, cell] of cells.entries())
        if (at !== position && keysIn(cell).some((run) => this.lineOfValue.has(run)))
          this.refuse(line, `holds the value of a key in its column ${show(this.names[at])}, too; take it out there`);
  }

  private idOf(name: string, line: number): string | undefined {
    const made = problemOfSubscriptionId(name) === undefined ? { slug: name } : slugOf(name);
    if ("problem" in made) {
      this.refuse(line, `the name ${show(name)} ${made.problem}, so no id can be made of it; rename it`);
      return undefined;
    }
    const first = this.lineOfId.get(made.slug);
    if (first === undefined) this.lineOfId.set(made.slug, line);
    else this.refuse(line, `gets the id "${made.slug}" by its name, as line ${first} does; rename one of them`);
    return first === undefined ? made.slug : undefined;
  }

  private valueOf(value: string, line: number): string | undefined {
    if (!/^[A-Za-z0-9]{20,128}$/.test(value)) {
      this.refuse(line, "has a key that is not 20 to 128 letters and digits, as AWS wants a key's value; correct it");
      return undefined;
    }
    const first = this.lineOfValue.get(value);
    if (first === undefined) this.lineOfValue.set(value, line);
    else this.refuse(line, `has the key of line ${first}, but AWS takes a value once; drop one of the rows`);
    return first === undefined ? value : undefined;
  }

  private tiersOf(cell: string, line: number): readonly string[] {
    const plans = cell.split(",").flatMap((plan) => plan.trim() || []);
    if (plans.length === 0) {
      if (this.options.tier !== undefined) return [this.options.tier];
      this.refuse(line, "is in no usage plan; say the tier of such keys, --tier gold");
    }
    return [
      ...new Set(
        plans.flatMap((plan) => {
          const tier = this.options.tiersOfPlans.get(plan);
          if (tier === undefined)
            this.refuse(line, `is in usage plan ${show(plan)}; say its tier, --plan ${plan}=gold`);
          return tier ?? [];
        }),
      ),
    ];
  }

  /** `key_` and the id, or the line where that is taken, too long, or looks like a value itself. */
  private variableOf(id: string, line: number): string {
    const name = `key_${id.toLowerCase().replace(/[^a-z0-9]+/g, "_")}`;
    const isFree = name.length <= 64 && !looksLikeAKey(name) && !Object.hasOwn(this.values, name);
    return isFree ? name : `key_of_line_${line}`;
  }

  private refuse(line: number, message: string): void {
    this.findings.push(error(`${this.file}:${line}`, message));
  }
}
