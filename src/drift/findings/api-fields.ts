import { onOneLine } from "../../editing/typescript/typescript-text";
import { show } from "../../text/show";
import type { Changed } from "../differences";
import { configurationEdit, editOf, type Keep } from "./finding";

/** Fields of the catalog that say the same as an attribute, in the same words. */
export const API_FIELDS: Readonly<Record<string, string>> = {
  description: "description",
  api_key_source: "keySource",
  binary_media_types: "binaryMediaTypes",
  disable_execute_api_endpoint: "disableExecuteApiEndpoint",
};
export const STAGE_FIELDS: Readonly<Record<string, string>> = {
  description: "description",
  xray_tracing_enabled: "tracing",
  client_certificate_id: "clientCertificateId",
};
export const SETTINGS_FIELDS: Readonly<Record<string, string>> = {
  throttle: "throttle",
  metrics: "metrics",
  log_level: "logLevel",
};
export const ROUTE_FIELDS: Readonly<Record<string, string>> = {
  api_key_required: "apiKeyRequired",
  operation_name: "operationName",
};

/** The edit of an entry below an API that says what AWS has. */
export function fieldOf(
  { resource, part, actual }: Changed,
  api: string | undefined,
  rest: readonly string[],
  field: string | undefined,
): Keep {
  if (api === undefined) return configurationEdit(resource, `${part.attribute} = ${onOneLine(actual ?? null)}`);
  return at(["apis", api, ...rest], field, actual);
}

/** The edit of a field at a place of the catalog; words where it is none of the known fields. */
export function at(path: readonly string[], field: string | undefined, actual: unknown): Keep {
  if (field === undefined) return { path, edit: undefined, what: "write there what AWS has", commands: [] };
  return actual === undefined
    ? { path: [...path, field], edit: undefined, what: "take it out", commands: [] }
    : editOf(path, onOneLine({ [field]: actual }).slice(2, -2));
}

/** An attribute as people say it. */
export const words = (attribute: string) => attribute.replaceAll("_", " ");

/** What is different, where there are no better words. */
export const other = ({ part, actual, wanted }: Changed) =>
  `it has another ${words(part.attribute)} in AWS: ${show(actual ?? "")}; the stacks say ${show(wanted ?? "")}`;
