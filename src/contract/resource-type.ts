import { isDeepStrictEqual } from "node:util";
import { canonicalJson } from "../text/canonical-json";
import { byName } from "../text/order";
import { type Attributes, blocksOf, booleanOf, listOfStrings, numberOf, stringOf, stringsOf } from "./attributes";

/** How one attribute is read, with what AWS or the provider takes where it is left out. */
export interface Field<Value> {
  read(value: unknown): Value;
  /** Whether Terraform leaves it as it is in AWS where it is left out; otherwise it becomes the default. */
  readonly keptWhereLeftOut?: boolean;
  /** The fields of a block, or of each block of a set. */
  readonly fields?: Fields;
  /** Whether it is a map, of which Terraform can leave one entry as it is. */
  readonly isMap?: boolean;
}
export type Fields = Readonly<Record<string, Field<unknown>>>;

/** What `read` gives. */
export type ValuesOf<Of extends Fields> = { [Name in keyof Of]: Of[Name] extends Field<infer Value> ? Value : never };

/** What is written of a resource: what is left out is not there. */
export type Written<Of extends Fields> = {
  [Name in keyof Of]?:
    | (Of[Name] extends { fields: infer Inner extends Fields }
        ? Of[Name] extends Field<readonly unknown[]>
          ? Written<Inner>[]
          : Written<Inner>
        : Of[Name] extends Field<infer Value>
          ? Value
          : never)
    | undefined;
};

/** A string. */
export const text = (otherwise = ""): Field<string> => ({ read: (value) => stringOf(value) || otherwise });
/** A string that may be missing; an empty one is missing. */
export const optionalText: Field<string | undefined> = { read: (value) => stringOf(value) || undefined };
export const flag = (otherwise = false): Field<boolean> => ({
  read: (value) => (value === undefined || value === null ? otherwise : booleanOf(value)),
});
export const number = (otherwise: number): Field<number> => ({ read: (value) => numberOf(value) ?? otherwise });
export const strings: Field<Record<string, string>> = { isMap: true, read: stringsOf };
export const flags: Field<Record<string, boolean>> = {
  isMap: true,
  read: (value) =>
    Object.fromEntries(Object.entries(blocksOf(value)[0] ?? {}).map(([name, each]) => [name, booleanOf(each)])),
};
export const list: Field<string[]> = { read: listOfStrings };

/** A block that may be missing. */
export function block<Of extends Fields>(fields: Of): Field<ValuesOf<Of> | undefined> & { readonly fields: Of } {
  return {
    fields,
    read: (value) => {
      const [only] = blocksOf(value);
      return only && readFields(fields, only);
    },
  };
}

/** Blocks whose order means nothing; they are read in the order in which they stand. */
export function blockSet<Of extends Fields>(fields: Of): Field<ValuesOf<Of>[]> & { readonly fields: Of } {
  return {
    fields,
    read: (value) => blocksOf(value).map((each) => readFields(fields, each)),
  };
}

/** A field that Terraform leaves as it is in AWS where it is left out. */
export const kept = <Of extends Field<unknown>>(field: Of): Of => ({ ...field, keptWhereLeftOut: true });

function readFields<Of extends Fields>(fields: Of, attributes: Attributes): ValuesOf<Of> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, field]) => [name, field.read(attributes[name])]),
  ) as ValuesOf<Of>;
}

/**
 * A Terraform resource type, with all attributes that can be written: the one place that knows how each is read and
 * what it is where it is left out. Names are Terraform's, as in the contract itself, so that what was encoded, synthesized,
 * planned or read from a state can be compared attribute by attribute.
 */
export class ResourceType<Of extends Fields> {
  constructor(
    readonly type: string,
    readonly fields: Of,
  ) {}

  /** All attributes, with the defaults of those that are left out. */
  read(attributes: Attributes): ValuesOf<Of> {
    return readFields(this.fields, attributes);
  }

  /**
   * The attributes that Terraform would change if this were written of what is there; sorted. Of a map, only the entries that
   * it would change, as `variables["host"]`: the others can become as they are written later. Tags are taken as a whole.
   */
  differing(written: Written<Of>, there: Attributes): string[] {
    return Object.keys(this.fields)
      .filter((name) => differs(this.fields[name] as Field<unknown>, written[name], there[name]))
      .flatMap((name) => entriesThatDiffer(name, this.fields[name] as Field<unknown>, written[name], there[name]))
      .sort(byName);
  }
}

function entriesThatDiffer(name: string, field: Field<unknown>, written: unknown, there: unknown): string[] {
  if (!field.isMap || name === "tags") return [name];
  const [one, other] = [written, there].map((value) => field.read(value) as Record<string, unknown>);
  return [...new Set([...Object.keys(one ?? {}), ...Object.keys(other ?? {})])]
    .filter((key) => !isDeepStrictEqual(one?.[key], other?.[key]))
    .map((key) => `${name}[${JSON.stringify(key)}]`);
}

function differs(field: Field<unknown>, written: unknown, there: unknown): boolean {
  if (written === undefined && field.keptWhereLeftOut) return false;
  const { fields } = field;
  if (!fields) return !isDeepStrictEqual(field.read(written), field.read(there));
  const [one, other] = [written, there].map((value) => sorted(blocksOf(value)));
  if (one?.length !== other?.length) return true;
  return Object.entries(fields).some(([name, inner]) =>
    one?.some((each, index) => differs(inner, each[name], other?.[index]?.[name])),
  );
}

const sorted = (blocks: readonly Attributes[]) =>
  blocks.length < 2 ? blocks : [...blocks].sort((a, b) => byName(canonicalJson(a), canonicalJson(b)));
