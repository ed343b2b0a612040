import { NotDone } from "../service/ports";

/**
 * How AWS is called: a caller waits for the answer, and a function that is ended in the middle of a call leaves it to the next
 * worker. Throttled calls are repeated by the client.
 */
export const CLIENT = {
  maxAttempts: 4,
  requestHandler: { connectionTimeout: 1_000, requestTimeout: 5_000, throwOnRequestTimeout: true },
};

/** Answers of AWS that say that it did nothing, and whether the same may succeed later. */
const REFUSALS: Readonly<Record<string, boolean>> = {
  TooManyRequestsException: true,
  ThrottlingException: true,
  LimitExceededException: false,
  AccessDeniedException: false,
  UnauthorizedException: false,
  BadRequestException: false,
  ValidationException: false,
};

/**
 * Sends one request. What AWS refused becomes `NotDone`; any other error leaves open whether it was done. Messages of AWS are not
 * passed on, since one may quote what was sent.
 *
 * @param absent names of errors that say that there is no such thing, which is then `undefined`
 */
export async function sent<Output>(
  operation: string,
  request: () => Promise<Output>,
  absent: readonly string[] = [],
): Promise<Output | undefined> {
  try {
    return await request();
  } catch (error) {
    const name = error instanceof Error ? error.name : "unknown error";
    if (absent.includes(name)) return undefined;
    const retry = REFUSALS[name];
    if (retry !== undefined) throw new NotDone(`${operation}: ${name}`, retry);
    throw new Error(`${operation}: ${name}`);
  }
}
