import { possibleRefusals } from "../gateway/authorizers/possible-refusals";
import type { GatewayError } from "../gateway/gateway-responses";
import type { CalledDomain } from "../gateway/request";
import type { PolicyDecision } from "../gateway/resource-policy";
import type { ServedStage } from "../gateway/served-stage";
import type { RouteModel } from "../model/model";
import { ask, type Call } from "./ask";
import { ownValue, type Target } from "./target";

/** A circumstance in which a call is refused that otherwise may pass. */
export interface Circumstance {
  /** Whose decision it is: the caller's mistake, or that of something beside the tier. */
  readonly by: "caller" | "others";
  readonly refusal: GatewayError;
  /** One sentence without a full stop. */
  readonly because: string;
  readonly next: string;
}

/** The call as the customer makes it if all is well: everything that the tier does not decide lets it pass, if it can. */
export function bestCall(target: Target & { readonly served: ServedStage }, at: number): Call {
  const { served, method, path, key } = target;
  const possible = served.entrance.possibleDecisions({ stage: served.stage.name, method, path });
  const policy = BEST_FIRST.find((decision) => possible.includes(decision));
  return {
    served,
    method,
    path,
    at,
    key: key && ownValue(key),
    supposed: { ...(policy && { policy }), isBlocked: isAlwaysBlocked(served) },
    ...(served.api.disableExecuteApiEndpoint && { domain: customDomain(served) }),
  };
}

const BEST_FIRST: readonly PolicyDecision[] = ["allow", "implicit-deny", "explicit-deny"];

const isAlwaysBlocked = ({ stage: { webAcl } }: ServedStage) => webAcl?.defaultAction === "block" && webAcl.rules === 0;

const isSometimesBlocked = ({ stage: { webAcl } }: ServedStage) =>
  webAcl !== undefined && (webAcl.defaultAction === undefined || webAcl.rules > 0);

function customDomain({ stage }: ServedStage): CalledDomain {
  const [url] = stage.customUrls;
  return { name: url !== undefined && URL.canParse(url) ? new URL(url).hostname : "", basePath: "" };
}

/** All circumstances in which the gateway refuses the call before its limits. */
export function circumstancesOf(
  target: Target & { readonly served: ServedStage },
  best: Call,
  route: RouteModel | undefined,
): Circumstance[] {
  const { served } = target;
  const found: Circumstance[] = [];
  const add = (by: Circumstance["by"], because: string, next: string, change: Partial<Call>) => {
    const asked = ask({ ...best, ...change });
    if (!("type" in asked) || found.some(({ refusal }) => isSame(refusal, asked))) return;
    found.push({ by, refusal: asked, because, next });
  };
  addMistakes(target, best, route, add);
  const { api, stage } = served;
  if (api.disableExecuteApiEndpoint) {
    const { domain: _own, ...own } = best;
    const asked = ask(own);
    if ("type" in asked)
      found.push({
        by: "others",
        refusal: asked,
        because: "the call came by the API's own URL, which is switched off (disable_execute_api_endpoint)",
        next: `let the customer call ${stage.customUrls.join(" or ") || "the API's custom domain name"}`,
      });
  }
  if (isSometimesBlocked(served))
    add(
      "others",
      `the web ACL ${stage.webAcl?.address} blocked the call`,
      "look at the sampled requests of the web ACL",
      {
        supposed: { ...best.supposed, isBlocked: true },
      },
    );
  for (const policy of served.entrance.possibleDecisions({ stage: stage.name, method: best.method, path: best.path }))
    if (policy !== best.supposed?.policy)
      add(
        "others",
        `the resource policy ${policy === "explicit-deny" ? "denied" : "did not allow"} the call, by what it asks of the caller`,
        `compare the caller's address (and what else its conditions name) with the policy of ${api.policy?.address ?? api.address}`,
        { supposed: { ...best.supposed, policy } },
      );
  for (const refusal of route ? possibleRefusals(route) : [])
    add("others", refusal.reason, nextOfAuthorizer(refusal), { authorizer: refusal });
  return found;
}

type Add = (by: Circumstance["by"], because: string, next: string, change: Partial<Call>) => void;

/** What callers do wrong. */
function addMistakes(
  { served, siblings, method }: Target & { readonly served: ServedStage },
  best: Call,
  route: RouteModel | undefined,
  add: Add,
): void {
  const inHeader = served.api.keySource === "HEADER";
  const key = inHeader ? "in the header x-api-key" : "from the authorizer (usageIdentifierKey)";
  if (route?.apiKeyRequired !== false) {
    add("caller", `the call came without a key ${key}`, "let the customer send one request with curl -v", {
      key: undefined,
    });
    add(
      "caller",
      `the call came with a value ${key} that no key of this account and Region has: it was cut off or replaced, belongs to another account, or was created minutes ago`,
      '"api-tiers key" says where the right value is',
      { key: NOBODYS_KEY },
    );
  }
  const others = siblings.filter((each) => each !== served && "type" in ask({ ...best, served: each }));
  const [other] = others;
  if (other)
    add(
      "caller",
      `the call went to another stage, which the tier does not cover: ${others.map(({ stage }) => stage.name).join(", ")}`,
      "compare the URL that the customer calls",
      { served: other },
    );
  add("caller", "the call went to a stage that does not exist", "compare the URL that the customer calls", {
    served: undefined,
    named: { api: served.api.slug, stage: "(another)" },
  });
  const nowhere = `/${"-".repeat(3)}/${"-".repeat(3)}`;
  add(
    "caller",
    `the call had another path or method than ${route?.key ?? method}: one slash or letter is enough`,
    "compare method and path, without the stage, with the routes of the API",
    { path: nowhere },
  );
}

/** Ids of keys have no control characters. */
const NOBODYS_KEY = "\u0000";

const isSame = (a: GatewayError, b: GatewayError) =>
  a.type === b.type && a.reason === b.reason && a.message === b.message;

function nextOfAuthorizer({ type }: GatewayError): string {
  switch (type) {
    case "UNAUTHORIZED":
      return "look at what the customer sends as the authorizer's identity source; AWS does not ask it without one";
    case "AUTHORIZER_CONFIGURATION_ERROR":
      return "look at the log of the authorizer's function";
    case "ACCESS_DENIED":
      return "look at the policy that the authorizer answered; a cached one may be for another method";
    default:
      return "let the customer sign the request again";
  }
}
