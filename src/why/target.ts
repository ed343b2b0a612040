import { withExternalKeys } from "../gateway/external-keys";
import { singleSlash } from "../gateway/routed-request";
import { KeyRing, type ServedStage, servedStages } from "../gateway/served-stage";
import type { ExternalApi, GatewayModel, KeyModel, UsagePlanModel } from "../model/model";
import { findNamed } from "../model/names";
import { show } from "../text/show";
import { unknownName } from "../vocabulary/identifier";

/** Which call is asked about. */
export interface Question {
  /** The subscription's id; of a key that this project did not create, its name or address. @default - a caller without a key */
  readonly subscription?: string | undefined;
  /** `GET /pets/1`. */
  readonly request: string;
  /** The API's id in the catalog; of another, its name or address. @default - the one that is possible */
  readonly api?: string | undefined;
  /** @default - the one that is possible */
  readonly stage?: string | undefined;
}

/** What was read, ready to be asked about many calls. */
export class Calls {
  readonly model: GatewayModel;
  readonly stages: readonly ServedStage[];

  constructor(read: GatewayModel) {
    this.model = withExternalKeys(read);
    this.stages = [...servedStages(this.model, new KeyRing(this.model, ownValue), []).values()];
  }
}

/** A call that is found among what was read. */
export interface Target {
  readonly model: GatewayModel;
  readonly key: KeyModel | undefined;
  /** Plans that the key is in. */
  readonly plans: readonly UsagePlanModel[];
  readonly method: string;
  readonly path: string;
  readonly stage: string;
  /** The stage, ready to answer; `undefined` for one of an API that is managed elsewhere. */
  readonly served: ServedStage | undefined;
  /** All stages of its API. */
  readonly siblings: readonly ServedStage[];
  readonly external: ExternalApi | undefined;
  /** The API's id. */
  readonly api: string;
}

/** In a question, a key is known by its id, which stands for its value. */
export const ownValue = ({ id }: Pick<KeyModel, "id">): string => id;

type Place = Pick<Target, "api" | "stage" | "served" | "external">;

/**
 * Finds the call that a person means.
 *
 * @throws Error for what is not there, and for what could be several, with those that could be meant
 */
export function targetOf(calls: Calls, question: Question): Target {
  const { model } = calls;
  const { method, path } = requestOf(question.request);
  const key =
    question.subscription === undefined
      ? undefined
      : findNamed(question.subscription, model.keys, "subscription", ({ subscription }) => subscription);
  const plans = model.plans.filter((plan) => key && plan.keys.includes(key));
  const places = placesIn(calls, question);
  const covers = ({ api, stage }: Place) =>
    plans.some((plan) => plan.stages.some((each) => each.api === api && each.stage === stage));
  const takes = ({ served }: Place) => served?.router.match(method, singleSlash(path)) !== undefined;
  const left = [covers, takes].reduce((all, test) => (all.some(test) ? all.filter(test) : all), places);
  const [place, ...others] = left;
  if (!place) throw new Error("there is no stage of an API here; is it the right path?");
  if (others.length > 0) throw new Error(severalPlaces(left, question));
  const siblings = calls.stages.filter(({ api }) => api.id === place.api);
  return { model, key, plans, method, path, siblings, ...place };
}

function requestOf(written: string): { readonly method: string; readonly path: string } {
  const [, method, path] = /^([A-Z]+) (\/[^?#\s]*)(?:[?#]\S*)?$/.exec(written.trim()) ?? [];
  if (method === undefined || path === undefined)
    throw new Error(`${show(written)} is not a request; write method and path, as "GET /pets/1"`);
  return { method, path };
}

/** The stages that may be meant. */
function placesIn({ model, stages }: Calls, { api, stage }: Question): Place[] {
  const own = stages.map((served): Place => {
    return { api: served.api.id, stage: served.stage.name, served, external: undefined };
  });
  const covered = model.plans.flatMap((plan) => plan.stages);
  const elsewhere = model.external.apis.flatMap((external): Place[] => {
    const named = [
      ...external.stages.map(({ name }) => name),
      ...covered.flatMap((each) => (each.api === external.id ? [each.stage] : [])),
    ];
    return [...new Set(named)].map((name) => ({ api: external.id, stage: name, served: undefined, external }));
  });
  const all = [...own, ...elsewhere];
  const id = api === undefined ? undefined : idOfApi(model, api);
  const ofApi = all.filter((place) => id === undefined || place.api === id);
  if (stage === undefined) return ofApi;
  const names = [...new Set(ofApi.map((place) => place.stage))];
  if (!names.includes(stage))
    throw new Error(`${id === undefined ? "" : `API ${show(id)}: `}${unknownName(stage, "stage", names)}`);
  return ofApi.filter((place) => place.stage === stage);
}

function idOfApi({ apis, external }: GatewayModel, name: string): string {
  const elsewhere = external.apis.find(({ id }) => id === name);
  return elsewhere?.id ?? findNamed(name, apis, "API", ({ api }) => api).id;
}

function severalPlaces(places: readonly Place[], { request }: Question): string {
  const options = places.slice(0, 12).map(({ api, stage }) => `  --api ${api} --stage ${stage}`);
  const more = places.length > 12 ? [`  and ${places.length - 12} more`] : [];
  return [`${show(request)} may be a call of ${places.length} stages; add one of these:`, ...options, ...more].join(
    "\n",
  );
}
