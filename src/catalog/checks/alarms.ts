import { error, type Finding, warning } from "../../text/finding";
import { tooManyRequestsPattern } from "../../vocabulary/access-log-format";
import type { OwnApi } from "../../vocabulary/api";
import type { Stage } from "../../vocabulary/stage";
import { type Catalog, isOwnApi } from "../catalog";

interface Placed {
  readonly place: string;
  readonly api: OwnApi;
  readonly stage: Stage;
}

/** Alarms that could never go off as they are meant. */
export function checkAlarms({ apis }: Catalog): Finding[] {
  const live = apis.filter(isOwnApi).filter(({ retired }) => !retired);
  const watched = live.flatMap((api): Placed[] =>
    api.stages
      .filter(({ alarms, dashboard, retired }) => (alarms || dashboard) && !retired)
      .map((stage) => ({ place: `api "${api.id}": stage "${stage.name}"`, api, stage })),
  );
  return [...watched.flatMap(countsRefusals), ...accountIsWatchedOnce(watched), ...namesAreOnesOwn(watched, live)];
}

/** API Gateway has no metric for 429. */
function countsRefusals({ place, stage: { alarms, accessLog } }: Placed): Finding[] {
  if (!alarms?.tooManyRequests) return [];
  if (accessLog?.kind !== "own")
    return [
      error(
        place,
        `alarms.tooManyRequests counts lines of the stage's own access log, and ${accessLog ? "accessLog.destinationArn is another's" : "it has none"}; ` +
          "write accessLog: true, or leave the alarm out",
      ),
    ];
  if (tooManyRequestsPattern(accessLog.format) !== undefined) return [];
  return [
    error(
      place,
      'alarms.tooManyRequests counts lines by their status, which accessLog.format does not have as a field; add status: "$context.status" ' +
        "to an object by field, or leave the alarm out",
    ),
  ];
}

function accountIsWatchedOnce(watched: readonly Placed[]): Finding[] {
  const [first, ...others] = watched.filter(({ stage }) => stage.alarms?.accountRate);
  return others.map(({ place }) =>
    warning(
      place,
      `alarms.accountRate is of the whole account, as that of ${first?.place} is; leave it out here, unless the stages are deployed to ` +
        "other accounts or Regions",
    ),
  );
}

/** The metrics of API Gateway know an API by its name alone. */
function namesAreOnesOwn(watched: readonly Placed[], live: readonly OwnApi[]): Finding[] {
  return watched.flatMap(({ place, api, stage }) => {
    const same = live.find(
      (other) => other !== api && other.name === api.name && other.stages.some(({ name }) => name === stage.name),
    );
    if (!same) return [];
    return [
      warning(
        place,
        `alarms and dashboard count api "${same.id}" too: metrics know an API by its name, and both are called "${api.name}" and have a ` +
          `stage "${stage.name}"; give one of them another name`,
      ),
    ];
  });
}
