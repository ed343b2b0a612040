import { readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * Attributes of the resource types through which a request goes, and of their blocks (`settings.logging_level`), as the
 * provider's schema has them: a test of the real provider compares both.
 */
export const GATEWAY_SCHEMA: Readonly<Record<string, readonly string[]>> = JSON.parse(
  readFileSync(join(__dirname, "gateway-schema.json"), "utf8"),
);
