import type { ConformanceCase } from "../case";
import { ACCESS } from "./access";
import { AUTHORIZERS } from "./authorizers";
import { BODIES } from "./bodies";
import { FAILURES } from "./failures";
import { ODD_REQUESTS } from "./odd-requests";
import { REQUESTS } from "./requests";
import { TEMPLATES } from "./templates";
import { VALIDATION } from "./validation";

export { SIGNING_KEYS } from "./authorizers";

/** Every difference between AWS and the local gateway that was found, as one table; a new one is one entry of this folder. */
export const CASES: readonly ConformanceCase[] = [
  ...ACCESS,
  ...FAILURES,
  ...TEMPLATES,
  ...REQUESTS,
  ...VALIDATION,
  ...AUTHORIZERS,
  ...BODIES,
  ...ODD_REQUESTS,
];
