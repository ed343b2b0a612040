import { createHash } from "node:crypto";

/**
 * The Terraform name of something that lies in others: `meditations`, `GET`, `meditations`, `{id}` become
 * `meditations_GET_meditations_-id`. It depends on these parts alone, and no other parts get the same name: "_" stands
 * between parts and is doubled within one; "-" stands before a path parameter, "--" before a greedy one.
 *
 * Parts that Terraform takes in no such form (`openapi.json`) lose the characters that it refuses, and the name ends with
 * "-" and a hash. So does a name that would look like one with a hash.
 */
export function nameOfParts(parts: readonly string[]): string {
  const exact = parts.map(exactly);
  const name = exact.join("_");
  if (exact.every((part) => part !== undefined) && isPlain(name)) return name;
  const readable = parts.map(legibly).filter((part) => part !== "");
  return `${withFirstLetter(readable.join("_")).slice(0, LONGEST)}-${hashOf(parts)}`;
}

/** The parts of a name; `undefined` where only its hash knows them. */
export function partsOfName(name: string): string[] | undefined {
  if (!isPlain(name)) return undefined;
  const parts = name.split(/(?<!_)_(?!_)/).map((part) => {
    const [, marks = "", text = ""] = /^(-{0,2})(.*)$/.exec(part) ?? [];
    const id = text.replaceAll("__", "_");
    return marks === "" ? id : `{${id}${marks === "--" ? "+" : ""}}`;
  });
  return nameOfParts(parts) === name ? parts : undefined;
}

/** Terraform sets no limit; a longer name is hard to read. */
const LONGEST = 200;
const PARAMETER = /^\{(.+?)(\+?)\}$/;

const isPlain = (name: string) => name.length <= LONGEST && /^[A-Za-z]/.test(name) && !/-[0-9a-f]{8}$/.test(name);

/** The part in a form from which it can be read back; `undefined` if there is none. */
function exactly(part: string): string | undefined {
  const [, parameter, greedy] = PARAMETER.exec(part) ?? [];
  const id = parameter ?? part;
  if (!/^[A-Za-z0-9]([A-Za-z0-9_-]*[A-Za-z0-9-])?$/.test(id)) return undefined;
  return `${parameter === undefined ? "" : greedy ? "--" : "-"}${id.replaceAll("_", "__")}`;
}

/** Of an ARN the resource alone. */
const legibly = (part: string) =>
  (PARAMETER.exec(part)?.[1] ?? part)
    .replace(/^arn:(?:[^:]*:){4}/, "")
    .replaceAll(/[^A-Za-z0-9_-]+/g, "-")
    .replace(/^[-_]+|[-_]+$/g, "");

const withFirstLetter = (name: string) => (/^[A-Za-z]/.test(name) ? name : `_${name}`);

const hashOf = (parts: readonly string[]) =>
  createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 8);
