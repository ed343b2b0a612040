import { isObject } from "../vocabulary/objects";
import { matches } from "./authorizers/policy";
import { type Condition, type ConditionKeys, readCondition } from "./policy-conditions";

/** What a resource policy says of a call. */
export type PolicyDecision = "allow" | "explicit-deny" | "implicit-deny";

interface Statement {
  readonly effect: "Allow" | "Deny";
  /** Patterns of which one must match, or, with `not`, none. */
  readonly actions: Patterns;
  readonly resources: Patterns;
  readonly condition: Condition;
  /** Whether it applies to all callers, to none, or to some of them. */
  readonly appliesTo: "all" | "none" | "some";
}

interface Patterns {
  readonly patterns: readonly string[];
  readonly not: boolean;
}

/**
 * A resource policy of an API, for callers that AWS does not know: nothing here is signed.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-resource-policies.html
 */
export class ResourcePolicy {
  /** What of the policy is not evaluated, one sentence each. */
  readonly problems: readonly string[];
  private readonly statements: readonly Statement[];

  constructor(document: Readonly<Record<string, unknown>>) {
    const problems: string[] = [];
    this.statements = [document.Statement].flat().flatMap((written) => statementOf(written, problems));
    this.problems = [...new Set(problems)];
  }

  /** @param resource `prod/GET/pets`: what follows the API's execution ARN */
  decide(resource: string, keys: ConditionKeys): PolicyDecision {
    return decisionOf(this.about(resource).filter(({ condition }) => condition(keys)));
  }

  /** All that it can decide, depending on who calls. */
  possibleDecisions(resource: string): readonly PolicyDecision[] {
    const about = this.about(resource).filter(({ appliesTo }) => appliesTo !== "none");
    const always = about.filter(({ appliesTo }) => appliesTo === "all");
    const sometimes = about.filter(({ appliesTo }) => appliesTo === "some");
    const certain = decisionOf(always);
    const others = sometimes.map((each) => decisionOf([...always, each]));
    return [...new Set([certain, ...others])];
  }

  private about(resource: string): readonly Statement[] {
    return this.statements.filter(
      ({ actions, resources }) => isAmong(actions, "execute-api:invoke") && isAmong(resources, resource),
    );
  }
}

function decisionOf(statements: readonly Statement[]): PolicyDecision {
  const effects = statements.map(({ effect }) => effect);
  if (effects.includes("Deny")) return "explicit-deny";
  return effects.includes("Allow") ? "allow" : "implicit-deny";
}

const isAmong = ({ patterns, not }: Patterns, text: string) =>
  patterns.some((pattern) => matches(pattern, text)) !== not;

function statementOf(written: unknown, problems: string[]): Statement[] {
  if (!isObject(written)) return [];
  const { Effect, Action, NotAction, Resource, NotResource, Principal, NotPrincipal, Condition: condition } = written;
  if (Effect !== "Allow" && Effect !== "Deny") return [];
  // A signed caller would be known by it; a caller without one is another.
  if (NotPrincipal !== undefined || !isEveryone(Principal)) {
    problems.push("has statements for certain principals, whose signatures are not checked here");
    if (NotPrincipal === undefined) return [];
  }
  return [
    {
      effect: Effect,
      actions: patternsOf(Action, NotAction, (text) => text.toLowerCase()),
      resources: patternsOf(Resource, NotResource, (text) =>
        text.replace(/^execute-api:\//, "").replace(/^execute-api:$/, "*"),
      ),
      condition: readCondition(condition, problems),
      appliesTo: NotPrincipal === undefined ? whoseCondition(condition) : "some",
    },
  ];
}

/** What is so of every call that API Gateway takes. */
const OF_EVERY_CALL: ConditionKeys = { "aws:securetransport": "true" };

function whoseCondition(written: unknown): Statement["appliesTo"] {
  const keys = Object.values(isObject(written) ? written : {}).flatMap((each) =>
    isObject(each) ? Object.keys(each) : [],
  );
  if (!keys.every((key) => Object.hasOwn(OF_EVERY_CALL, key.toLowerCase()))) return "some";
  return readCondition(written, [])(OF_EVERY_CALL) ? "all" : "none";
}

const isEveryone = (principal: unknown): boolean =>
  principal === "*" || (isObject(principal) && [principal.AWS].flat().includes("*"));

function patternsOf(wanted: unknown, unwanted: unknown, written: (text: string) => string): Patterns {
  const not = wanted === undefined && unwanted !== undefined;
  const texts = [not ? unwanted : wanted].flat().filter((each) => typeof each === "string");
  return { patterns: texts.map(written), not };
}
