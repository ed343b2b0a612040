import { enumerate, type Finding, notice, warning } from "../../text/finding";
import { liveStages, needsAccountLogging } from "./release-order";
import type { TierStacks } from "./tier-stacks";

/**
 * What to know of stages that write logs where no stack gives the account a role for it. Without a role AWS answers
 * "CloudWatch Logs role ARN must be set in account settings to enable logging", in the middle of a deploy.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html
 */
export function accountLoggingFindings({ catalog, accountLogging }: TierStacks): Finding[] {
  if (accountLogging === true) return [];
  const logging = liveStages(catalog.apis).filter(({ stage }) => needsAccountLogging(stage));
  if (logging.length === 0) return [];
  const names = enumerate(logging.map(({ api, stage }) => `${api.id}-${stage.name}`));
  const stages = `${names} ${logging.length === 1 ? "writes" : "write"}`;
  if (accountLogging === "retired")
    return [
      warning(
        "accountLogging",
        `is retired, but ${stages} logs to CloudWatch by its role, and would log no more; take accessLog and logLevel out of ` +
          "the stages first, or keep accountLogging: true",
      ),
    ];
  return [
    notice(
      "accountLogging",
      `is not set, but ${stages} logs to CloudWatch, which AWS refuses where the account has no role for it in this ` +
        "Region; give TierStacks accountLogging: true, unless something else sets that role",
    ),
  ];
}
