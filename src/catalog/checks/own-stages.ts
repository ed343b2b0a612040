import type { OwnApi } from "../../vocabulary/api";
import type { Stage } from "../../vocabulary/stage";
import { type Catalog, isOwnApi } from "../catalog";

/** A stage of an API that the catalog defines, and what messages call it. */
export interface PlacedStage extends Pick<OwnApi, "endpointType" | "disableExecuteApiEndpoint" | "routes"> {
  readonly place: string;
  readonly api: string;
  readonly stage: Stage;
}

/** The stages of the catalog's own APIs, those that are retired with them. */
export function ownStages({ apis }: Catalog): PlacedStage[] {
  return apis.filter(isOwnApi).flatMap(({ id, endpointType, disableExecuteApiEndpoint, routes, stages }) =>
    stages.map((stage) => ({
      place: `api "${id}": stage "${stage.name}"`,
      endpointType,
      disableExecuteApiEndpoint,
      routes,
      api: id,
      stage,
    })),
  );
}
