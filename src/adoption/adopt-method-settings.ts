import type * as sdk from "@aws-sdk/client-api-gateway";
import { methodSettingsAttributes } from "../aws/terraform-attributes";
import { decodeMethodSettings, encodeMethodSettings, METHOD_SETTINGS } from "../contract/method-settings";
import { byName } from "../text/order";
import type { ImportedStage } from "../vocabulary/imports";
import type { RouteKey } from "../vocabulary/route";
import type { StageInput } from "../vocabulary/stage";
import {
  type StageSettings,
  type StageSettingsInput,
  stageSettingsSchema,
  writtenSettings,
} from "../vocabulary/stage-settings";

export interface AdoptedSettings {
  readonly written: Pick<StageInput, "settings" | "methodSettings">;
  readonly imported: NonNullable<ImportedStage["methodSettings"]>;
  /** Methods whose settings stay as they are, as AWS calls them. */
  readonly left: readonly string[];
}

/** What AWS calls bodies in logs, which the catalog never writes. */
const TRACE = "settings[0].data_trace_enabled";

/** Settings of all methods of a stage, and of those of the routes that are adopted. */
export function adoptMethodSettings(stage: sdk.Stage, routes: readonly string[]): AdoptedSettings {
  const left: string[] = [];
  const imported: Record<string, { readonly keep?: readonly string[] }> = {};
  const found = Object.entries(stage.methodSettings ?? {}).flatMap(([path, setting]) => {
    const there = methodSettingsAttributes(path, setting);
    const { route, methodPath: _, ...settings } = decodeMethodSettings(there);
    const isKnown = route !== undefined && (route === "*" || routes.includes(route));
    const written = isKnown ? encodeMethodSettings(settings, route) : undefined;
    // Only under the path that the catalog writes does the provider find them.
    const isTaken = written?.method_path === path && stageSettingsSchema.safeParse(writtenSettings(settings)).success;
    if (!isKnown || !written || !isTaken) {
      left.push(path);
      return [];
    }
    const traced = { ...written, settings: { ...written.settings, data_trace_enabled: setting.dataTraceEnabled } };
    const differs = METHOD_SETTINGS.differing(traced, there).length > 0;
    const keep = differs ? ["settings"] : setting.dataTraceEnabled ? [TRACE] : [];
    return [{ route, settings, keep }];
  });
  const ofStage = found.find(({ route }) => route === "*");
  const settings = ofStage && writtenSettings(ofStage.settings);
  const isSaid = settings !== undefined && Object.keys(settings).length > 0;
  const methods = found
    .filter((each): each is typeof each & { readonly route: RouteKey } => each.route !== "*")
    .sort((a, b) => byName(a.route, b.route));
  for (const { route, keep } of [...(ofStage && isSaid ? [ofStage] : []), ...methods])
    imported[route] = keep.length > 0 ? { keep } : {};
  return {
    written: {
      ...(isSaid && { settings }),
      ...(methods.length > 0 && {
        methodSettings: Object.fromEntries(
          methods.map((each) => [each.route, ofMethod(each.settings, isSaid ? ofStage?.settings : undefined)]),
        ),
      }),
    },
    imported,
    left,
  };
}

/** A method that says nothing of its own has no settings in the catalog: one word keeps them. */
function ofMethod(settings: StageSettings, ofStage: StageSettings | undefined): StageSettingsInput {
  const written = writtenSettings(settings, ofStage);
  return Object.keys(written).length > 0 ? written : { metrics: settings.metrics };
}
