/** A line of a catalog is as long as this project's formatter lets it be. */
const LINE = 120;

/** Data as a person writes it in TypeScript: names without quotes, `1_000`, and one line where it fits. */
export function typescriptText(value: unknown, indent = "", before = 0): string {
  const flat = onOneLine(value);
  if (indent.length + before + flat.length < LINE && !flat.includes("\n")) return flat;
  const inner = `${indent}  `;
  if (Array.isArray(value))
    return `[\n${value.map((each) => `${inner}${typescriptText(each, inner)},\n`).join("")}${indent}]`;
  if (typeof value !== "object" || value === null) return flat;
  return `{\n${entriesText(value as Record<string, unknown>, inner)}${indent}}`;
}

/** Entries of a map, a line or more for each. */
export function entriesText(entries: Readonly<Record<string, unknown>>, indent: string): string {
  return Object.entries(entries)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => {
      const key = `${propertyName(name)}: `;
      return `${indent}${key}${typescriptText(value, indent, key.length + 1)},\n`;
    })
    .join("");
}

/** The same on one line, however long. */
export function onOneLine(value: unknown): string {
  if (typeof value === "number") return numberText(value);
  if (Array.isArray(value)) return `[${value.map(onOneLine).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "undefined";
  const fields = Object.entries(value)
    .filter(([, field]) => field !== undefined)
    .map(([name, field]) => `${propertyName(name)}: ${onOneLine(field)}`);
  return fields.length === 0 ? "{}" : `{ ${fields.join(", ")} }`;
}

export const propertyName = (name: string): string => (/^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name));

function numberText(value: number): string {
  const [whole = "", fraction] = String(value).split(".");
  const grouped = /^\d+$/.test(whole) ? whole.replace(/\B(?=(\d{3})+$)/g, "_") : whole;
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}
