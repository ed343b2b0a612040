import { basename, extname } from "node:path";
import { ModelSchemas } from "../contract/model-schemas";
import type { DocumentNode } from "../document/document";
import { FIXED_LIMITS } from "../vocabulary/aws-limits";
import { type JsonSchema, MODELS, type ModelReference } from "../vocabulary/json-schema";
import { problemOfModelName } from "../vocabulary/named-models";
import { ANYTHING, type Translated } from "./body-schema/translated";

interface Entry {
  readonly name: string;
  /** `undefined` while it is translated. */
  translated: Translated | undefined;
  isReferred: boolean;
}

/** Models of an API that schemas become to which a document refers, under the names that they have there. */
export class DocumentModels {
  private readonly entries = new Map<string, Entry>();
  private readonly taken = new Set<string>();

  /** A reference to the model of a schema, which is translated the first time. */
  refer(target: DocumentNode, translate: () => Translated): Translated {
    const known = this.entries.get(target.id);
    if (known) {
      known.isReferred = true;
      return referenceTo(known);
    }
    const entry: Entry = { name: this.nameOf(target), translated: undefined, isReferred: false };
    this.entries.set(target.id, entry);
    entry.translated = translate();
    const isEmpty = Object.keys(entry.translated.schema).length === 0;
    if (!isEmpty || entry.isReferred) return referenceTo(entry);
    // One that checks nothing needs no model.
    this.entries.delete(target.id);
    this.taken.delete(entry.name);
    return { ...ANYTHING, exact: entry.translated.exact };
  }

  /** The models by name. */
  get models(): Readonly<Record<string, JsonSchema>> {
    return Object.fromEntries(
      [...this.entries.values()].map(({ name, translated }) => [name, translated?.schema ?? {}]),
    );
  }

  /** Whether AWS takes them: models of a circle hold each other, and may be too large or never end. */
  get isTaken(): boolean {
    const models = Object.entries(this.models).map(([name, schema]) => ({ name, schema }));
    const schemas = new ModelSchemas(models, "0123456789");
    let bytes = 0;
    for (const { name, schema } of models) {
      if (schemas.neverEnds(name)) return false;
      const own = Buffer.byteLength(schemas.encode(schema));
      bytes += own;
      if (own > FIXED_LIMITS.modelBytes || bytes > MOST_BYTES) return false;
    }
    return true;
  }

  private nameOf({ id, name }: DocumentNode): string {
    const [file = ""] = id.split("#");
    const base = (name || basename(file, extname(file))).replaceAll(/[^A-Za-z0-9]/g, "") || "Schema";
    const first = problemOfModelName(base) === undefined ? base : `${base}Model`;
    let free = first;
    for (let number = 2; this.taken.has(free); number++) free = `${first}${number}`;
    this.taken.add(free);
    return free;
  }
}

/** Models of large circles would repeat each other without end in what Terraform keeps. */
const MOST_BYTES = 8_000_000;

const referenceTo = ({ name, translated }: Entry): Translated => ({
  schema: { $ref: `${MODELS}${name}` as ModelReference },
  // Of one that is still translated, nothing is known.
  exact: translated?.exact ?? false,
});
