import { type JsonSchemaNode, jsonSchemaOf } from "../vocabulary/json-schema-of";
import { subscriptionSchema } from "../vocabulary/subscription";

/**
 * Columns of a CSV file, as the schema of a subscription has them: a field by its name, a field of an object and an entry of
 * a map after a dot (`keyValue.variable`, `tags.team`, `keys.ci`). What does not fit into cells has no column: negotiated
 * limits, and what keys say beside whether they are enabled.
 */
interface CsvColumns {
  /** `id` and the fields, in the order of the schema. */
  readonly names: readonly string[];
  /** Fields that are maps, whose entries each have a column. */
  readonly maps: readonly string[];
  /** Fields, and maps, in which `true` and `false` are not strings. */
  readonly booleans: readonly string[];
  readonly required: readonly string[];
}

const takesBoolean = ({ type, anyOf = [], additionalProperties: entry }: JsonSchemaNode): boolean =>
  type === "boolean" || anyOf.some(takesBoolean) || (typeof entry === "object" && takesBoolean(entry));

/** Whether a cell can say it all, or all that is needed. */
const fitsIntoCells = ({ anyOf, additionalProperties: entry, properties = {} }: JsonSchemaNode): boolean =>
  anyOf?.some(fitsIntoCells) ??
  (typeof entry === "object" ? isScalar(entry) : Object.values(properties).every(isScalar));

const isScalar = ({ type, anyOf }: JsonSchemaNode): boolean =>
  anyOf?.some(isScalar) ?? (type !== "object" && type !== undefined);

let columns: CsvColumns | undefined;
export function csvColumns(): CsvColumns {
  columns ??= columnsOf(jsonSchemaOf(subscriptionSchema));
  return columns;
}

/** Whether a column is a field, or the entry of a map. */
export function isColumn(column: string): boolean {
  const { names, maps } = csvColumns();
  return names.includes(column) || maps.some((map) => column.startsWith(`${map}.`) && column.length > map.length + 1);
}

function columnsOf({ properties = {}, required = [] }: JsonSchemaNode): CsvColumns {
  const fields = Object.entries(properties).filter(([, node]) => fitsIntoCells(node));
  const isMap = ({ additionalProperties }: JsonSchemaNode) => typeof additionalProperties === "object";
  return {
    names: [
      "id",
      ...fields
        .filter(([, node]) => !isMap(node))
        .flatMap(([name, node]) =>
          node.properties ? Object.keys(node.properties).map((field) => `${name}.${field}`) : [name],
        ),
    ],
    maps: fields.filter(([, node]) => isMap(node)).map(([name]) => name),
    booleans: fields.filter(([, node]) => takesBoolean(node)).map(([name]) => name),
    required: ["id", ...required],
  };
}
