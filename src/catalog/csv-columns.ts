import { type JsonSchemaNode, jsonSchemaOf } from "../vocabulary/json-schema-of";
import { subscriptionSchema } from "../vocabulary/subscription";

/**
 * Columns of a CSV file, as the schema of a subscription has them: a field by its name, a field of an object and an entry of
 * a map after a dot (`keyValue.variable`, `tags.team`).
 */
interface CsvColumns {
  /** `id` and the fields, in the order of the schema. */
  readonly names: readonly string[];
  /** Fields that are maps, whose entries each have a column. */
  readonly maps: readonly string[];
  /** Those in which `true` and `false` are not strings. */
  readonly booleans: readonly string[];
  readonly required: readonly string[];
}

const takesBoolean = ({ type, anyOf = [] }: JsonSchemaNode): boolean => type === "boolean" || anyOf.some(takesBoolean);

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
  const fields = Object.entries(properties);
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
