import { selfServiceTiers } from "../../contract/self-service";
import { stackNames } from "../../contract/stack-names";
import { counted, type Facts, type Rule } from "../finding";

export const selfServiceTierWithdrawn: Rule = {
  id: "self-service-tier-withdrawn",
  severity: "decision",
  title: (count) => counted(count, "tier leaves the self-service", "tiers leave the self-service"),
  holds: "A tier stays in the self-service as long as customers are on it, or are about to move to it.",
  why: "The function may not touch the plan of a tier that is not listed: who is on it can neither move, rotate keys nor be verified.",
  remedy:
    "Write closed: true for the tier, so that nobody new comes to it; drop it from selfService.tiers once nobody is on it.",
  find: (facts) =>
    facts.changes
      .filter(({ stack, type }) => stack === stackNames.selfService && type === "aws_lambda_function")
      .flatMap((change) => {
        const { before, after } = change;
        // Without the function, its table goes too, of which another rule speaks.
        if (before === undefined || after === undefined) return [];
        const was = selfServiceTiers(before);
        const is = selfServiceTiers(after);
        const explains = [{ change, attributes: ["environment"] }];
        if (was === undefined || is === undefined)
          return [
            {
              about: "settings",
              subject: "the self-service",
              what: `which tiers it has ${was === undefined ? "before" : "after"} the change cannot be read from the plan`,
              explains,
            },
          ];
        return was.tiers
          .filter((tier) => !is.tiers.includes(is.formerTiers[tier] ?? tier))
          .map((tier) => ({ about: tier, subject: `tier ${tier}`, what: customersOn(tier, facts), explains }));
      }),
};

function customersOn(tier: string, { before }: Facts): string {
  const keys = before.gateway.keys.filter(({ stack }) => stack === stackNames.selfService);
  if (keys.length === 0)
    return "customers who signed up by themselves are not known here; review with --self-service-export to count those on it";
  const on = before.gateway.plans.filter((plan) => plan.tier === tier).flatMap((plan) => plan.keys);
  const subscriptions = new Set(on.filter((key) => keys.includes(key)).map((key) => key.subscription));
  return `${counted(subscriptions.size, "customer is", "customers are")} on it by the export`;
}
