import type { OwnApi } from "../../vocabulary/api";

/** Names of the handlers of APIs that are not retired. */
export const usedHandlers = (apis: readonly OwnApi[]) => [
  ...new Set(apis.filter((api) => !api.retired).flatMap((api) => api.handlers.map(({ name }) => name))),
];
