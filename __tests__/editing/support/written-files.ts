import { csvOf } from "../../../src/catalog/csv-text";
import type { Json } from "../../support/synthesize";
import { anyJson, anyYaml, type Draw } from "../../support/written-documents";

/** Subscriptions by id, as data. */
export type Subscriptions = Readonly<Record<string, Json>>;

/** A project whose subscriptions stand in one file, written in any way that this kind of file lets through. */
export interface WrittenFiles {
  readonly file: string;
  readonly texts: ReadonlyMap<string, string>;
}

const catalogWith = (part: string) =>
  `import { defineCatalog, subscriptionsFromFile } from "cdktf-api-tiers";\n\nexport const catalog = defineCatalog({\n  apis: {},\n  ${part},\n});\n`;

const inData = (file: string, text: string): WrittenFiles => ({
  file,
  texts: new Map([
    ["catalog.ts", catalogWith(`subscriptionFiles: [subscriptionsFromFile("${file}")]`)],
    [file, text],
  ]),
});

/** By the kind of file. */
export const WRITERS: Readonly<Record<string, (data: Subscriptions, draw: Draw) => WrittenFiles>> = {
  YAML: (data, draw) => inData("customers.yaml", mark(draw) + anyYaml(data, draw)),
  JSON: (data, draw) => inData("customers.json", mark(draw) + anyJson(data, draw)),
  CSV: (data, draw) => inData("customers.csv", mark(draw) + anyCsv(data, draw)),
  TypeScript: (data, draw) => ({
    file: "catalog.ts",
    texts: new Map([["catalog.ts", mark(draw) + anyProgram(data, draw)]]),
  }),
};

const mark = (draw: Draw) => (draw(5) === 0 ? "\uFEFF" : "");

/** Any separator, line break and quotes, blanks around cells, empty lines, and a last line with a break or without. */
function anyCsv(data: Subscriptions, draw: Draw): string {
  const eol = ["\n", "\r\n", "\r"][draw(3)] as string;
  const separator = [",", ";", "\t"][draw(3)] as string;
  const { parse } = require("csv-parse/sync") as typeof import("csv-parse/sync");
  const rows: string[][] = parse(csvOf(data));
  const cell = (text: string) => {
    const isQuoted = /[",;\t\n]/.test(text) || (text !== "" && draw(3) === 0);
    const written = isQuoted ? `"${text.replaceAll('"', '""')}"` : text;
    return separator !== "\t" && draw(6) === 0 ? ` ${written} ` : written;
  };
  const lines = rows.flatMap((row, index) => [
    ...(index > 0 && draw(8) === 0 ? [["", separator.repeat(2)][draw(2)] as string] : []),
    row.map(cell).join(separator) + (index > 0 && draw(6) === 0 ? separator.repeat(1 + draw(2)) : ""),
  ]);
  // What separates cells is known by the first line, or said above it.
  const declared = draw(4) === 0 ? `sep=${separator}${eol}` : "";
  return declared + lines.join(eol) + (draw(3) === 0 ? "" : eol);
}

/** Any layout: on one line or many, with last commas or without, comments, quotes, types and constants. */
function anyProgram(data: Subscriptions, draw: Draw): string {
  const eol = draw(3) === 0 ? "\r\n" : "\n";
  const unit = ["  ", "    ", "\t"][draw(3)] as string;
  let comments = 0;
  const comment = () => {
    comments += 1;
    return draw(2) === 0 ? `// comment ${comments}` : `/* comment ${comments} */`;
  };
  const string = (text: string) => (draw(3) === 0 && !/['\\\n]/.test(text) ? `'${text}'` : JSON.stringify(text));
  const name = (text: string) => (/^[A-Za-z_$][\w$]*$/.test(text) && draw(3) > 0 ? text : string(text));
  const value = (each: Json, depth: number): string => {
    if (typeof each === "string") return string(each) + (draw(12) === 0 ? " as const" : "");
    if (typeof each !== "object" || each === null) return JSON.stringify(each);
    return object(each, depth);
  };
  const object = (each: Json, depth: number): string => {
    const entries = Object.entries<Json>(each).map(([key, inner]) => `${name(key)}: ${value(inner, depth + 1)}`);
    if (entries.length === 0) return "{}";
    if (depth > 1 && draw(3) > 0) return `{ ${entries.join(", ")}${draw(4) === 0 ? "," : ""} }`;
    const indent = unit.repeat(depth + 1);
    const lines = entries.flatMap((entry, index) => {
      const comma = index < entries.length - 1 || draw(3) > 0 ? "," : "";
      return [
        ...(draw(5) === 0 ? [indent + comment()] : []),
        ...(draw(8) === 0 ? [""] : []),
        indent + entry + comma + (draw(5) === 0 ? ` ${comment()}` : ""),
      ];
    });
    return [`{`, ...lines, `${unit.repeat(depth)}}`].join(eol);
  };
  const text = object(data, 1);
  const isConstant = draw(3) === 0;
  return [
    `import { defineCatalog } from "cdktf-api-tiers";`,
    "",
    ...(isConstant ? [`const customers = ${text.replaceAll(`${eol}${unit}`, eol)};`] : []),
    "export const catalog = defineCatalog({",
    `${unit}apis: {},`,
    `${unit}subscriptions: ${isConstant ? "customers" : text}${draw(2) === 0 ? "," : ""}`,
    `})${draw(2) === 0 ? ";" : ""}`,
    ...(draw(2) === 0 ? [""] : []),
  ].join(eol);
}
