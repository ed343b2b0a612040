import type { LoggedCall } from "../../../src/logs/logged-call";

/** What API Gateway would write by a format; values stand there as they are. */
export const rendered = (format: string, values: Readonly<Record<string, string>>): string =>
  format.replace(/\$context\.((?:[A-Za-z]\w*\.)*[A-Za-z]\w*)/g, (_, name: string) => values[name] ?? "-");

/** The same, with values escaped as in strings of JSON. */
export const renderedEscaped = (format: string, values: Readonly<Record<string, string>>): string =>
  rendered(
    format,
    Object.fromEntries(Object.entries(values).map(([name, value]) => [name, JSON.stringify(value).slice(1, -1)])),
  );

/** The variables of a call, as API Gateway writes them. */
export function variablesOf(call: LoggedCall): Record<string, string> {
  const values: Record<string, string | undefined> = {
    requestTimeEpoch: String(call.time),
    requestTime: clf(call.time),
    extendedRequestId: call.id,
    requestId: "11111111-2222-4333-8444-555555555555",
    "identity.apiKeyId": call.key,
    apiId: call.api,
    stage: call.stage,
    httpMethod: call.method,
    resourcePath: call.path,
    status: String(call.status),
    "error.responseType": call.errorType ?? undefined,
  };
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

function clf(time: number): string {
  const [date = "", clock = ""] = new Date(time).toISOString().split("T");
  const [year, month, day] = date.split("-");
  return `${day}/${MONTHS[Number(month) - 1]}/${year}:${clock.slice(0, 8)} +0000`;
}

export const call = (changes: Partial<LoggedCall> = {}): LoggedCall => ({
  time: Date.UTC(2026, 10, 3, 10, 20, 30),
  id: "Pk1l2H3mIAMFabc=",
  key: "abc123def4",
  api: "a1b2c3d4e5",
  stage: "prod",
  method: "GET",
  path: "/pets/{id}",
  status: 200,
  errorType: null,
  ...changes,
});
