import { mkdirSync, writeFileSync } from "node:fs";
import { subscriptionFileSchema } from "../src";

/** Writes the JSON Schema of subscription data files into the package. Run it after a change of the subscription's fields. */
mkdirSync("schemas", { recursive: true });
writeFileSync("schemas/subscriptions.schema.json", `${JSON.stringify(subscriptionFileSchema(), undefined, 2)}\n`);
