import { LogFormat } from "../../logs/log-format";
import type { GatewayModel } from "../../model/model";
import { ACCESS_LOG_FORMAT } from "../../vocabulary/access-log";
import type { LogContext } from "./count-routes";

/** The formats of the stages' access logs; this project's own where no stage has one. */
export function formatsIn(gateway: GatewayModel | undefined): LogFormat[] {
  const stages = [...(gateway?.apis ?? []), ...(gateway?.external.apis ?? [])].flatMap(({ stages }) => stages);
  const formats = new Set(stages.flatMap(({ accessLogFormat }) => accessLogFormat ?? []));
  return [...(formats.size === 0 ? [ACCESS_LOG_FORMAT] : formats)].map((format) => new LogFormat(format));
}

/** What states say of the ids in a log. */
export function contextIn(gateway: GatewayModel | undefined): LogContext {
  const { apis = [], plans = [], external } = gateway ?? {};
  const names = new Map([
    ...apis.flatMap(({ awsId, api, id }) => (awsId === undefined ? [] : [[awsId, api ?? id] as const])),
    ...(external?.apis ?? []).map(({ awsId, id }) => [awsId, id] as const),
  ]);
  const awsIds = new Map([
    ...apis.flatMap(({ id, awsId }) => (awsId === undefined ? [] : [[id, awsId] as const])),
    ...(external?.apis ?? []).map(({ id, awsId }) => [id, awsId] as const),
  ]);
  const ofKey = new Map<string, { readonly plan: string; readonly stages: ReadonlySet<string> }[]>();
  for (const { awsId: plan, keys, externalKeys, stages } of plans) {
    if (plan === undefined) continue;
    const covered = new Set(stages.map(({ api, stage }) => `${awsIds.get(api) ?? api} ${stage}`));
    for (const { awsId } of [...keys, ...externalKeys])
      if (awsId !== undefined) ofKey.set(awsId, [...(ofKey.get(awsId) ?? []), { plan, stages: covered }]);
  }
  return {
    apiName: (awsId) => names.get(awsId),
    planOf(key, api, stage) {
      // Of a key in one plan, the store knows in which it was on that day.
      const plansOfKey = ofKey.get(key) ?? [];
      const covering = plansOfKey.filter(({ stages }) => stages.has(`${api} ${stage}`));
      return plansOfKey.length > 1 && covering.length === 1 ? covering[0]?.plan : undefined;
    },
  };
}
