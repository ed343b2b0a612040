import { isKeyId } from "./key-id";
import type { LineValues } from "./line-template";
import { ABSENT } from "./log-variables";

/** A call as a line of an access log says it. */
export interface LoggedCall {
  /** When API Gateway got it, in milliseconds since the epoch. */
  readonly time: number;
  /** Set where the log says no more of the time than the second: it has `requestTime` and no `requestTimeEpoch`. */
  readonly isWholeSecond?: true;
  /** `extendedRequestId`, which is different for each call; a client may choose the other id. `undefined` where the log has none. */
  readonly id: string | undefined;
  /** Id of the API key in AWS; `undefined` for a call without a key, or with one that is not known. */
  readonly key: string | undefined;
  /** Set where the log has something in the place of the key's id that may be its value, which is not kept: there is no `key` then. */
  readonly hasKeyValue?: true;
  /** The API's id in AWS. */
  readonly api: string;
  readonly stage: string;
  readonly method: string;
  /** `/pets/{id}`; `undefined` where no route was found. */
  readonly path: string | undefined;
  readonly status: number;
  /** Why API Gateway refused it, such as `THROTTLED`; `null` where the log says that it did not, `undefined` where the log says neither. */
  readonly errorType: string | null | undefined;
}

/** What lines leave out and somebody else says. */
export interface CallDefaults {
  readonly api?: string | undefined;
  readonly stage?: string | undefined;
}

/** What usage and replay need, each with the variables that say it. */
const NEEDED = [
  { what: "whose key it was", variables: ["identity.apiKeyId"] },
  { what: "the time of the request", variables: ["requestTimeEpoch", "requestTime"] },
  { what: "the status", variables: ["status"] },
  { what: "the route", variables: ["resourcePath"] },
  { what: "the method", variables: ["httpMethod"] },
  { what: "the API", variables: ["apiId"], option: "api" },
  { what: "the stage", variables: ["stage"], option: "stage" },
] as const;

/** All that a call is made of. */
export const CALL_VARIABLES: ReadonlySet<string> = new Set([
  ...NEEDED.flatMap(({ variables }) => variables),
  "extendedRequestId",
  "error.responseType",
]);

/**
 * Why the calls of a log cannot be read by its format; `undefined` where they can.
 *
 * @param variables those of the format
 */
export function formatProblem(variables: ReadonlySet<string>, defaults: CallDefaults = {}): string | undefined {
  const missing = NEEDED.filter(
    (need) =>
      !need.variables.some((variable) => variables.has(variable)) &&
      !("option" in need && defaults[need.option] !== undefined),
  );
  if (missing.length === 0) return undefined;
  const said = missing.map(({ what, variables: [first] }) => `$context.${first} (${what})`).join(", ");
  const fields = missing.map(({ variables: [first] }) => `${first.split(".").at(-1)}: "$context.${first}"`).join(", ");
  return (
    `the format of the access log does not have ${said}; add it to the stage's accessLog in the catalog, as ` +
    `format: { …, ${fields} }, or write accessLog: true, which logs all that is needed; lines that are there stay without it`
  );
}

/** @returns what is wrong with a line, for a person, where it is not a call */
export function callOf(values: LineValues, defaults: CallDefaults = {}): LoggedCall | string {
  const epoch = Number(values.get("requestTimeEpoch") ?? Number.NaN);
  const isWholeSecond = !Number.isFinite(epoch);
  const time = isWholeSecond ? clfTime(values.get("requestTime") ?? "") : epoch;
  if (time === undefined || !isLogTime(time)) return "does not say when the request came";
  const status = values.get("status");
  if (status === undefined) return "does not say how the request was answered";
  const api = values.get("apiId") ?? defaults.api;
  const stage = values.get("stage") ?? defaults.stage;
  const method = values.get("httpMethod");
  if (api === undefined || stage === undefined || method === undefined)
    return "does not say the API, the stage and the method";
  const key = values.get("identity.apiKeyId");
  const hasKeyValue = key !== undefined && !isKeyId(key);
  const errorType = values.get("error.responseType");
  return {
    time,
    ...(isWholeSecond && { isWholeSecond }),
    id: values.get("extendedRequestId"),
    key: hasKeyValue ? undefined : key,
    ...(hasKeyValue && { hasKeyValue }),
    api,
    stage,
    method,
    path: values.get("resourcePath"),
    status: Number(status),
    errorType: errorType === ABSENT ? null : errorType,
  };
}

/** Whether a time lies in the years in which there are access logs; it takes milliseconds since the epoch. */
export const isLogTime = (time: number): boolean => time >= FIRST && time < LAST;

const FIRST = Date.UTC(2015, 0);
const LAST = Date.UTC(2200, 0);

/** `03/Nov/2026:10:20:30 +0000` */
function clfTime(text: string): number | undefined {
  const [, day, month, year, time, zone] =
    /^(\d{2})\/([A-Z][a-z]{2})\/(\d{4}):([\d:]{8}) ([+-]\d{4})$/.exec(text) ?? [];
  if (day === undefined) return undefined;
  const at = Date.parse(`${day} ${month} ${year} ${time} ${zone}`);
  return Number.isNaN(at) ? undefined : at;
}
