import type { ExternalApi, GatewayModel, RouteModel, StageModel } from "../model/model";
import type { LogIdentities } from "./log-identities";
import type { CallKind } from "./traffic";
import { SEVERAL_APIS, UNKNOWN_API } from "./unknown-calls";

/** A route on a stage, as a line of a log names it. */
export interface FoundRoute {
  readonly route: RouteModel;
  readonly stage: StageModel;
  /** The API's id in the model, by which plans name it. */
  readonly api: string;
}

type Api = GatewayModel["apis"][number] | ExternalApi;

/** Finds what lines of a log name, in a model that may not say any id of AWS. */
export class RouteFinder {
  private readonly apis: readonly Api[];
  private readonly found = new Map<string, Api | undefined>();

  /** @param logged ids of all APIs in the logs */
  constructor(
    model: GatewayModel,
    private readonly identities: LogIdentities,
    private readonly logged: ReadonlySet<string>,
  ) {
    this.apis = [...model.apis, ...model.external.apis];
  }

  /** @returns what is not there, as the end of a sentence that begins with `calls` */
  find({ api: awsId, stage: name, method, path }: CallKind): FoundRoute | string {
    const api = this.apiOf(awsId);
    if (!api) return this.isSeveral(awsId) ? SEVERAL_APIS : UNKNOWN_API;
    if (path === undefined) return "found no route";
    const stage = api.stages.find((each) => each.name === name);
    const route =
      api.routes.find((each) => each.path === path && each.method === method) ??
      api.routes.find((each) => each.path === path && each.method === "ANY");
    if (!stage) return "are of a stage that is not in the stacks";
    return route ? { route, stage, api: api.id } : "are of a route that is not in the stacks";
  }

  /** Whether an API is known only because there is one in the logs and one in the stacks. */
  isAssumed(awsId: string): boolean {
    const api = this.apiOf(awsId);
    return api !== undefined && !this.isNamed(api, awsId);
  }

  private isSeveral(awsId: string): boolean {
    return this.apis.filter((api) => this.isNamed(api, awsId)).length > 1;
  }

  private apiOf(awsId: string): Api | undefined {
    if (!this.found.has(awsId)) this.found.set(awsId, this.search(awsId));
    return this.found.get(awsId);
  }

  private search(awsId: string): Api | undefined {
    const [named, ...others] = this.apis.filter((api) => this.isNamed(api, awsId));
    if (named) return others.length === 0 ? named : undefined;
    const [only, ...more] = this.apis;
    const isOnly = more.length === 0 && this.logged.size === 1 && !this.identities.apis.has(awsId);
    return isOnly && only?.awsId === undefined ? only : undefined;
  }

  private isNamed(api: Api, awsId: string): boolean {
    if (api.awsId !== undefined) return api.awsId === awsId;
    const name = this.identities.apis.get(awsId);
    return name !== undefined && (("api" in api ? api.api : undefined) ?? api.id) === name;
  }
}
