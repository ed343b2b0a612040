import type { z } from "zod";
import { accessLogSchema } from "../../src/vocabulary/access-log";
import {
  accountRateAlarmSchema,
  alarmsSchema,
  latencyAlarmSchema,
  shareAlarmSchema,
} from "../../src/vocabulary/alarms";
import { ownApiSchema } from "../../src/vocabulary/api";
import { authorizerSchema } from "../../src/vocabulary/authorizer";
import { canarySchema } from "../../src/vocabulary/canary";
import { cohortSchema } from "../../src/vocabulary/cohort";
import { corsSchema } from "../../src/vocabulary/cors";
import { domainNameSchema } from "../../src/vocabulary/domain-name";
import { existingApiSchema } from "../../src/vocabulary/existing-api";
import { gatewayResponsesSchema } from "../../src/vocabulary/gateway-response";
import { handlerSchema } from "../../src/vocabulary/handler";
import { integrationSettingsSchema } from "../../src/vocabulary/integration-settings";
import { keyStoreSchema } from "../../src/vocabulary/key-store";
import { methodCacheSchema } from "../../src/vocabulary/method-cache";
import { mutualTlsSchema } from "../../src/vocabulary/mutual-tls";
import { negotiatedLimitsSchema } from "../../src/vocabulary/negotiated-limits";
import { priceSchema } from "../../src/vocabulary/price";
import { quotaSchema } from "../../src/vocabulary/quota";
import { requestSchema } from "../../src/vocabulary/request";
import { routeSchema } from "../../src/vocabulary/route";
import { selfServiceSchema } from "../../src/vocabulary/self-service";
import { stageSchema } from "../../src/vocabulary/stage";
import { stageDomainSchema } from "../../src/vocabulary/stage-domain";
import { stageSettingsSchema } from "../../src/vocabulary/stage-settings";
import { subscriptionSchema } from "../../src/vocabulary/subscription";
import { pendingTierSchema, trialSchema } from "../../src/vocabulary/subscription-dates";
import { throttleSchema } from "../../src/vocabulary/throttle";
import { tierSchema } from "../../src/vocabulary/tier";
import { code, HEAD, table } from "./markdown";
import { documentedType, type Member } from "./type-members";

/** A part of the catalog: the type that is written, and what checks it. */
export interface Section {
  readonly title: string;
  readonly file: string;
  readonly types: readonly string[];
  readonly schema?: z.ZodType;
  /** The entry of the schema in which the fields stand, where the schema is a map. */
  readonly entry?: string;
}

const vocabulary = (title: string, file: string, types: string, schema?: z.ZodType, entry?: string): Section => ({
  title,
  file: `src/vocabulary/${file}.ts`,
  types: types.split(" "),
  ...(schema && { schema }),
  ...(entry !== undefined && { entry }),
});

export const SECTIONS: readonly Section[] = [
  { title: "Catalog", file: "src/catalog/catalog-input.ts", types: ["CatalogInput"] },
  vocabulary("Tier", "tier", "TierInput", tierSchema),
  vocabulary("Throttle", "throttle", "Throttle", throttleSchema),
  vocabulary("Quota", "quota", "Quota", quotaSchema),
  vocabulary("Price", "price", "PriceInput", priceSchema),
  vocabulary("Base price", "price", "BasePrice"),
  vocabulary("Price of requests", "price", "RequestPrice"),
  vocabulary("Band of a price", "price", "PriceBand"),
  vocabulary("Price on a change", "price", "PriceOnChange"),
  vocabulary("Subscription", "subscription-input", "SubscriptionInput", subscriptionSchema),
  vocabulary("Key of a subscription", "subscription-key", "SubscriptionKeyInput"),
  vocabulary("Key value", "key-value", "KeyValueInput"),
  vocabulary("Negotiated limits", "negotiated-limits", "NegotiatedLimitsInput", negotiatedLimitsSchema),
  vocabulary("Trial", "subscription-dates", "TrialInput", trialSchema),
  vocabulary("Pending tier", "subscription-dates", "PendingTierInput", pendingTierSchema),
  vocabulary("Cohort", "cohort", "CohortInput", cohortSchema),
  vocabulary("Key store", "key-store", "KeyStoreInput", keyStoreSchema),
  vocabulary("Self-service", "self-service", "SelfServiceInput", selfServiceSchema),
  vocabulary("API", "api", "OwnApiInput", ownApiSchema),
  vocabulary("Existing API", "existing-api", "ExistingApiInput", existingApiSchema),
  vocabulary("Authorizer", "authorizer", "AuthorizerInput", authorizerSchema),
  vocabulary("CORS", "cors", "CorsInput", corsSchema),
  vocabulary("Gateway response", "gateway-response", "GatewayResponseInput", gatewayResponsesSchema, "THROTTLED"),
  vocabulary("Route", "route", "RouteInput", routeSchema),
  vocabulary("Authorization of a route", "authorization", "AuthorizationInput"),
  vocabulary("Integration", "integration", "IntegrationInput", routeSchema),
  vocabulary("Integration settings", "integration-settings", "IntegrationSettingsInput", integrationSettingsSchema),
  vocabulary("Integration response", "integration-settings", "IntegrationResponseInput"),
  vocabulary("VPC link", "vpc-link", "VpcLinkInput"),
  vocabulary("Mock answer", "integration", "MockAnswer"),
  vocabulary("Handler", "handler", "HandlerOptions", handlerSchema),
  vocabulary("Policy statement", "handler", "PolicyStatement"),
  vocabulary("Request", "request", "RequestInput", requestSchema),
  vocabulary("JSON Schema", "json-schema", "JsonSchema"),
  vocabulary("Stage", "stage", "StageInput", stageSchema),
  vocabulary("Access log", "access-log", "AccessLogInput", accessLogSchema),
  vocabulary("Stage settings", "stage-settings", "StageSettingsInput", stageSettingsSchema),
  vocabulary("Cache of methods", "method-cache", "MethodCacheInput", methodCacheSchema),
  vocabulary("Canary", "canary", "CanaryInput", canarySchema),
  vocabulary("Alarms", "alarms", "AlarmsInput", alarmsSchema),
  vocabulary("Alarm of a share", "alarms", "ShareAlarmInput", shareAlarmSchema),
  vocabulary("Alarm of latency", "alarms", "LatencyAlarmInput", latencyAlarmSchema),
  vocabulary("Alarm of the account's rate", "alarms", "AccountRateAlarmInput", accountRateAlarmSchema),
  vocabulary("Domain name of a stage", "stage-domain", "StageDomainInput", stageDomainSchema),
  vocabulary("Domain name", "domain-name", "DomainNameInput", domainNameSchema),
  vocabulary("Mutual TLS", "mutual-tls", "MutualTlsInput", mutualTlsSchema),
];

/** Types in plain words, where the declared type is made to find misspelled names and says little to its reader. */
export const PLAIN_TYPES: Readonly<Record<string, string>> = {
  "Catalog: apis": "object of [APIs](#api) and [existing APIs](#existing-api), by id",
  "Catalog: tiers": "object of [tiers](#tier), by id",
  "Catalog: cohorts": "object of [cohorts](#cohort), by id",
  "Catalog: domainNames": "object of [domain names](#domain-name), by name",
  "Self-service: tiers": "list of tiers, the lowest first",
  "Stage: domains": "list of [domain names of a stage](#domain-name-of-a-stage)",
  "Catalog: subscriptions": "object of [subscriptions](#subscription), by id",
  "Catalog: subscriptionFiles": "list of what `subscriptionsFromFile(path)` returns",
  "Tier: access": '`"*"` or a list of stages, by API',
  "Tier: methodThrottle": "object of [throttles](#throttle), by API and route",
  "Subscription: keys": "object of [keys](#key-of-a-subscription), or `true` or `false`, by name",
  "Negotiated limits: throttle": "[throttle](#throttle), or `false` for none",
  "Negotiated limits: quota": "[quota](#quota), or `false` for none",
  "Negotiated limits: methodThrottle": "object of [throttles](#throttle), or `false` for none, by API and route",
  "Price: weights": "object of whole numbers, by API and route",
  "API: stages": "object of [stages](#stage), by name",
  "API: routes": "object of [routes](#route), by method and path",
  "API: gatewayResponses": "object of [gateway responses](#gateway-response), by type",
  "Route: source": "what `routesFromOpenApi` adds, not written by hand",
  "Existing API: stages": "object of `{}`, by name",
};

/** The reference of the catalog: every field with its type, its default, its unit and what is allowed. */
export function catalogPage(): string {
  return `${HEAD}
# Fields of the catalog

What \`defineCatalog\` takes. A field without a default must be written. "Allowed" is what the check says at run time of a
value that does not fit, besides what the type says.

${SECTIONS.map(({ title }) => `- [${title}](#${anchor(title)})`).join("\n")}
${SECTIONS.map(section).join("")}`;
}

const anchor = (title: string): string => title.toLowerCase().replaceAll(" ", "-").replaceAll("'", "");

function section(part: Section): string {
  const documented = part.types.map((type) => documentedType(part.file, type));
  const rows = documented.flatMap(({ members }) => members.map((member) => row(part, member)));
  const head = documented.map(({ description }) => prose(description)).filter((text) => text !== "");
  const links = documented.flatMap(({ see }) => see.map(link));
  return `\n${[`## ${part.title}`, ...head, ...links, table(["Field", "Type", "Default", "Meaning", "Allowed"], rows).trimEnd()].join("\n\n")}\n`;
}

function row(part: Section, member: Member): string[] {
  const { name, type, isOptional, description, see } = member;
  const fallback = isOptional ? defaultText(member.default) : "required";
  const meaning = [description, ...see.map((each) => `${link(each)}.`)].filter((text) => text !== "").join(" ");
  const what = PLAIN_TYPES[`${part.title}: ${name}`] ?? typeText(type);
  return [
    code(name),
    member.unit === undefined ? what : `${what}, ${member.unit}`,
    fallback,
    meaning,
    allowed(part, name),
  ];
}

/** `- none` is a description, `"REGIONAL"` a value. */
function defaultText(text: string | undefined): string {
  if (text === undefined) return "none";
  if (text.startsWith("- ")) return text.slice(2);
  const [, value = text, rest = ""] = /^("[^"]*"|'[^']*'|\[[^\]]*\]|[^\s,]+)(.*)$/s.exec(text) ?? [];
  return `${code(value)}${rest}`;
}

const WHOLE_READONLY = /^Readonly<(.*)>$/s;

/** Types link to the section of their own. */
function typeText(type: string): string {
  const plain = type
    .replaceAll(/\s+/g, " ")
    .replaceAll(/\breadonly\s+/g, "")
    .replace(WHOLE_READONLY, "$1")
    .replaceAll(/\bNoInfer<(\w+)>/g, "$1")
    .replaceAll(/\(typeof (\w+)\)\[number\]/g, "$1");
  const linked = SECTIONS.find(({ types }) => types.some((name) => new RegExp(`\\b${name}\\b`).test(plain)));
  return linked ? `${code(plain)} ([${linked.title}](#${anchor(linked.title)}))` : code(plain);
}

/** No field takes a function, so each check says what it takes instead. */
const PROBE = () => {};

function allowed({ schema, entry }: Section, field: string): string {
  if (schema === undefined) return "";
  const written = { [field]: PROBE };
  const path = entry === undefined ? [field] : [entry, field];
  const { error } = schema.safeParse(entry === undefined ? written : { [entry]: written }, { reportInput: true });
  const issue = error?.issues.find((each) => path.every((name, index) => each.path[index] === name));
  return issue?.message.replace(/, got .*$/s, "").replace(/^must /, "Must ") ?? "";
}

/** A paragraph for each of the comment's. */
const prose = (text: string): string =>
  text
    .split(/\n\s*\n/)
    .map((paragraph) => paragraph.replaceAll(/\s*\n\s*/g, " ").trim())
    .join("\n\n");

function link(see: string): string {
  const [url = "", ...rest] = see.split(" ");
  const note = rest.join(" ").replace(/^—\s*/, "");
  return `[AWS's rule](${url})${note === "" ? "" : ` (${note})`}`;
}
