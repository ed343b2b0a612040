import { existsSync, writeFileSync } from "node:fs";
import { connectControlPlane } from "../aws/control-plane";
import { handOverPlaces } from "../aws/hand-over-places";
import { pacedUnless } from "../aws/request-pace";
import { COMPARING } from "../drift/account-reading";
import { type Compared, compareAccount } from "../drift/compare-account";
import { comparePlans } from "../drift/compare-plans";
import type { ManagedElsewhere } from "../drift/elsewhere";
import { renderDriftMarkdown } from "../drift/render-markdown";
import { renderDriftText } from "../drift/render-text";
import type { DriftReport } from "../drift/report";
import { reported } from "../drift/reported";
import { readStackFiles } from "../model/stack-files";
import { readPlanFiles } from "../review/plan-file";
import { statesOfStacks } from "../states/read-states";
import { show } from "../text/show";
import { CatalogPlaces } from "../why/catalog-places";
import { catalogSource } from "./catalog-lines";
import { Progress } from "./progress";
import type { FORMATS } from "./review-options";

export interface DriftOptions {
  readonly against?: string;
  readonly catalog?: string;
  readonly elsewhere: readonly string[];
  readonly region?: string;
  readonly profile?: string;
  readonly unpaced: boolean;
  readonly format: (typeof FORMATS)[number];
  readonly output?: string;
  readonly color: boolean;
}

const OUTPUT = "cdktf.out";

/** Looks for drift, prints or writes what was found, and gives the answer. */
export async function findDrift(plans: readonly string[], options: DriftOptions): Promise<DriftReport["verdict"]> {
  const { against, output } = options;
  if (against !== undefined && !existsSync(against))
    throw new Error(`--against ${show(against)} does not exist; name cdktf's output folder, such as cdktf.out`);
  const folder = against ?? (plans.length === 0 || existsSync(OUTPUT) ? OUTPUT : undefined);
  const source = catalogSource(folder, options.catalog);
  const places = source && new CatalogPlaces(source);
  const compared =
    plans.length > 0 ? comparePlans(readPlanFiles(plans), folder) : await withAccount(folder ?? OUTPUT, options);
  const report = reported(compared, (path) => places?.entry(path));
  const text = rendered(report, options);
  if (output === undefined) process.stdout.write(text);
  else writeFileSync(output, text);
  return report.verdict;
}

async function withAccount(folder: string, options: DriftOptions): Promise<Compared> {
  const { region: otherwise, profile, unpaced } = options;
  const files = readStackFiles(folder);
  const progress = new Progress();
  const tell = (what: string, done: number, total?: number) => progress.tell(what, done, total);
  try {
    let stacks = 0;
    const states = await statesOfStacks(files, () => tell("states of stacks", ++stacks, files.length));
    return await compareAccount({
      states,
      folder,
      files,
      elsewhere: options.elsewhere.map(elsewhereOf),
      onProgress: tell,
      placesIn: (region = otherwise) => handOverPlaces({ region, profile }),
      controlPlaneIn: (region = otherwise) =>
        connectControlPlane(COMPARING, { pace: pacedUnless(unpaced), region, profile }),
    });
  } finally {
    progress.end();
  }
}

function elsewhereOf(text: string): ManagedElsewhere {
  const [, tag = text, value] = /^([^=]+)=(.*)$/s.exec(text) ?? [];
  return { tag, value, owner: `the owner of the tag ${text}` };
}

function rendered(report: DriftReport, { format, output, color: wanted }: DriftOptions): string {
  switch (format) {
    case "json":
      return `${JSON.stringify(report, undefined, 2)}\n`;
    case "markdown":
      return renderDriftMarkdown(report);
    case "text": {
      const terminal = output === undefined && process.stdout.isTTY === true;
      return renderDriftText(report, { color: terminal && wanted && !process.env.NO_COLOR });
    }
  }
}
