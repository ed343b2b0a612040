import { byName } from "../text/order";
import { type JsonSchema, problemsOfJsonSchema } from "./json-schema";
import { entriesOf } from "./objects";
import type { EntryReader } from "./read-entry";
import { modelsIn, modelsInPlace } from "./schema-references";

/** A schema of an API that has a name, checked. */
export interface NamedModel {
  readonly name: string;
  readonly schema: JsonSchema;
}

/** Models that every API has in AWS. */
export const BUILT_IN_MODELS = ["Empty", "Error"] as const;

/** AWS: "The name of the model. Must be alphanumeric." */
export function problemOfModelName(name: string): string | undefined {
  if (name in Object.prototype) return "is called by a word that JavaScript keeps for itself; rename it";
  if (BUILT_IN_MODELS.some((each) => each === name))
    return "is called by the name of a model that AWS has in every API; rename it";
  return /^[A-Za-z0-9]+$/.test(name) ? undefined : "must be called by letters and digits alone; rename it";
}

/** Reads the models of an API, sorted by name. */
export function readNamedModels(reader: EntryReader, api: string, written: unknown): NamedModel[] {
  return entriesOf(written)
    .flatMap(([name, schema]): NamedModel[] => {
      const place = `${api}: model "${name}"`;
      reader.refuse(place, problemOfModelName(name));
      const problems = problemsOfJsonSchema(schema).map((problem) => problem.trimStart());
      for (const problem of problems) reader.refuse(place, problem);
      return problems.length > 0 ? [] : [{ name, schema: schema as JsonSchema }];
    })
    .sort((a, b) => byName(a.name, b.name));
}

/** Which models refer to which, also by way of others. */
export class ModelGraph {
  private readonly schemas: ReadonlyMap<string, JsonSchema>;
  private readonly direct = new Map<string, readonly string[]>();
  private readonly all = new Map<string, ReadonlySet<string>>();

  constructor(models: readonly NamedModel[]) {
    this.schemas = new Map(models.map(({ name, schema }) => [name, schema]));
  }

  schema(name: string): JsonSchema | undefined {
    return this.schemas.get(name);
  }

  /** The names of all models that a schema needs, sorted; those that are not there are among them. */
  needs(schema: JsonSchema): string[] {
    const found = new Set<string>();
    for (const name of modelsIn(schema)) {
      found.add(name);
      for (const each of this.reached(name)) found.add(each);
    }
    return [...found].sort(byName);
  }

  /** Whether one that a schema needs refers to itself, also by way of others. */
  meetsCircle(schema: JsonSchema): boolean {
    return this.needs(schema).some((name) => this.reached(name).has(name));
  }

  /**
   * Whether a model refers to itself for one and the same value, by `allOf` and its like alone: no check of it would end.
   */
  neverEnds(name: string): boolean {
    const seen = new Set<string>();
    const open = this.inPlace(name);
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      if (next === name) return true;
      if (seen.has(next)) continue;
      seen.add(next);
      open.push(...this.inPlace(next));
    }
    return false;
  }

  private inPlace(name: string): string[] {
    const schema = this.schemas.get(name);
    return schema ? modelsInPlace(schema) : [];
  }

  /** The names that are reached from a model; its own only where it refers to itself. */
  private reached(name: string): ReadonlySet<string> {
    const known = this.all.get(name);
    if (known) return known;
    const found = new Set<string>();
    const open = [...this.of(name)];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      if (found.has(next)) continue;
      found.add(next);
      open.push(...this.of(next));
    }
    this.all.set(name, found);
    return found;
  }

  private of(name: string): readonly string[] {
    const known = this.direct.get(name);
    if (known) return known;
    const schema = this.schemas.get(name);
    const names = schema ? modelsIn(schema) : [];
    this.direct.set(name, names);
    return names;
  }
}
