import { MAIN_KEY } from "../vocabulary/main-key";
import { parameterName } from "./parameter-name";

/**
 * Name under which one of several keys of a subscription is handed over: each but `main` follows the name of its subscription, as
 * `/api-tiers/keys/joe-black/ci`. It stands beside `parameterName`, which is a part of the key authorizer's code: what it does not need
 * would be deployed with it.
 */
export const keyParameterName = (prefix: string, subscription: string, key: string): string =>
  parameterName(prefix, subscription) + (key === MAIN_KEY ? "" : parameterName("/", key));
