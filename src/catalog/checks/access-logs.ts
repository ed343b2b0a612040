import { type Finding, warning } from "../../text/finding";
import { ACCESS_LOG_FIELDS, NEEDED_LOG_FIELDS } from "../../vocabulary/access-log";
import { loggedFields, misspeltVariables } from "../../vocabulary/access-log-format";
import { type Catalog, isOwnApi } from "../catalog";

/** What AWS accepts of a log's format, though nobody could read from its lines what they are written for. */
export function checkAccessLogs({ apis }: Catalog): Finding[] {
  return apis
    .filter(isOwnApi)
    .filter((api) => !api.retired)
    .flatMap(({ id, stages }) =>
      stages.flatMap(({ name, retired, accessLog }) =>
        accessLog && !retired ? formatFindings(accessLog.format, `api "${id}": stage "${name}"`) : [],
      ),
    );
}

function formatFindings(format: string, place: string): Finding[] {
  const misspelt = misspeltVariables(format).map(({ written, meant }) =>
    warning(place, `accessLog.format has ${written}, of which AWS logs "-"; did you mean ${meant}?`),
  );
  const fields = loggedFields(format);
  const missing = NEEDED_LOG_FIELDS.filter((field) => !fields?.has(ACCESS_LOG_FIELDS[field]));
  if (missing.length === 0) return misspelt;
  const written = missing.map((field) => `${field}: "${ACCESS_LOG_FIELDS[field]}"`).join(", ");
  return [
    ...misspelt,
    warning(
      place,
      fields === undefined
        ? "accessLog.format is not a JSON object, so usage and replay cannot read the lines; write it as an object by field, " +
            `with ${written}`
        : `accessLog.format lacks what usage and replay read; add ${written}`,
    ),
  ];
}
