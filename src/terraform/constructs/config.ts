import type { Field, Fields, ResourceType, Written } from "../../contract/resource-type";
import { literally } from "./literal";

type CamelCase<Name extends string> = Name extends `${infer First}_${infer Rest}`
  ? `${First}${Capitalize<CamelCase<Rest>>}`
  : Name;

/** Attributes as cdktf takes them; maps keep the names of their entries. */
export type ConfigOf<Of extends Fields, Given> = {
  [Name in keyof Given & string as CamelCase<Name>]: Name extends keyof Of
    ? Of[Name] extends { readonly fields: infer Inner extends Fields }
      ? BlocksOf<Inner, Given[Name]>
      : Given[Name]
    : Given[Name];
};
type BlocksOf<Of extends Fields, Given> = Given extends undefined
  ? undefined
  : Given extends readonly (infer Each)[]
    ? ConfigOf<Of, Each>[]
    : ConfigOf<Of, Given>;

/**
 * What the contract writes of a resource, as the resource's class takes it.
 *
 * @param texts attributes that are what users wrote, which Terraform must not evaluate
 */
export function config<Of extends Fields, Given extends Written<Of>>(
  { fields }: ResourceType<Of>,
  written: Given,
  texts: readonly (keyof Of & string)[] = [],
): ConfigOf<Of, Given> {
  return configOf(fields, written, texts) as ConfigOf<Of, Given>;
}

function configOf(fields: Fields, written: object, texts: readonly string[]): Record<string, unknown> {
  const config: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(written)) {
    const inner = (fields[name] as Field<unknown> | undefined)?.fields;
    if (inner && value !== undefined) config[camelCase(name)] = blocks(inner, value);
    else config[camelCase(name)] = texts.includes(name) ? literally(value) : value;
  }
  return config;
}

const blocks = (fields: Fields, value: object): unknown =>
  Array.isArray(value) ? value.map((each) => configOf(fields, each, [])) : configOf(fields, value, []);

/** There may be ten thousand resources of one type, with the same few names. */
const known = new Map<string, string>();

function camelCase(name: string): string {
  const written = known.get(name);
  if (written !== undefined) return written;
  const camel = name.replaceAll(/_(.)/g, (_, letter: string) => letter.toUpperCase());
  known.set(name, camel);
  return camel;
}
