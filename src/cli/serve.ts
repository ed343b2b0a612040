import { relative } from "node:path";
import { watch } from "chokidar";
import { type Command, InvalidArgumentError, Option } from "commander";
import { Integrations } from "../gateway/integrations";
import { LocalGateway } from "../gateway/local-gateway";
import { GatewayServer } from "../gateway/server";
import { tiersPage } from "../gateway/tiers-pages";
import type { SynthesizedGateway } from "../synthesized/model";
import { readGateway } from "../synthesized/read-gateway";
import { describeRequest, describeServing } from "./serve-report";

interface ServeOptions {
  readonly port: number;
  readonly host: string;
  readonly stage?: string;
  readonly seed?: string;
  readonly backend: Readonly<Record<string, string>>;
}

/** Files that are written together are read together. */
const QUIET_MILLISECONDS = 200;

export function addServeCommand(program: Command): void {
  program
    .command("serve")
    .description("Runs what was synthesized on this machine, with keys, throttles and quotas enforced.")
    .argument(
      "[path]",
      'cdktf\'s output folder, or what "terraform show -json" printed of a plan or a state',
      "cdktf.out",
    )
    .addOption(new Option("--port <number>", "port to listen on, 0 for any that is free").default(8080).argParser(port))
    .option(
      "--host <address>",
      "address to listen on; others than this machine can then use the local keys",
      "127.0.0.1",
    )
    .option("--stage <name>", "serve the stages of this name only")
    .option("--seed <text>", "make the same local keys each time")
    .addOption(
      new Option("--backend <origin=url>", "call another backend than the one that is written, repeatable")
        .default({})
        .argParser(backend),
    )
    .action((path: string, options: ServeOptions) => serve(path, options));
}

function port(text: string): number {
  const number = Number(text);
  if (!/^\d+$/.test(text) || number > 65_535) throw new InvalidArgumentError("It must be a number from 0 to 65535.");
  return number;
}

function backend(text: string, others: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const [, from, to] = /^(https?:\/\/[^/=]+)\/?=(https?:\/\/.+)$/.exec(text) ?? [];
  if (from === undefined || to === undefined || !URL.canParse(from) || !URL.canParse(to))
    throw new InvalidArgumentError("Write it as https://backend.example.com=http://127.0.0.1:3000.");
  return { ...others, [new URL(from).origin]: to };
}

async function serve(path: string, options: ServeOptions): Promise<void> {
  const read = () => onlyStage(readGateway(path), options.stage);
  const local = new LocalGateway(read(), {
    behind: new Integrations({ backends: options.backend }),
    onAnswer: (trace) => console.log(describeRequest(trace)),
    ...(options.seed !== undefined && { seed: options.seed }),
  });
  const now = () => Date.now();
  const server = new GatewayServer({
    gateway: () => local.gateway,
    elsewhere: (where, query) => tiersPage(local, where, query, now()),
    now,
  });
  const url = await server.listen(options.port, options.host);
  const report = () => describeServing(local, { url, path: relative("", path) || "." });
  let shown = report();
  console.log(shown);

  let timer: NodeJS.Timeout | undefined;
  const reload = () => {
    try {
      local.replace(read());
    } catch (error) {
      console.error(`not reloaded, what was read before goes on: ${(error as Error).message}`);
      return;
    }
    const changed = report();
    console.log(changed === shown ? "reloaded; customers and routes are as before" : `reloaded\n\n${changed}`);
    shown = changed;
  };
  const watcher = watch(path, { ignoreInitial: true }).on("all", () => {
    clearTimeout(timer);
    timer = setTimeout(reload, QUIET_MILLISECONDS);
  });

  await new Promise<void>((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => resolve());
  });
  clearTimeout(timer);
  await Promise.all([watcher.close(), server.close()]);
  await local.close();
}

function onlyStage(model: SynthesizedGateway, name: string | undefined): SynthesizedGateway {
  const all = [...new Set(model.apis.flatMap(({ stages }) => stages.map((stage) => stage.name)))];
  if (all.length === 0) throw new Error("there is no stage of an API to serve here; is it the right path?");
  if (name === undefined) return model;
  if (!all.includes(name)) throw new Error(`there is no stage "${name}" here; there are ${all.join(", ")}`);
  const apis = model.apis.map((api) => ({ ...api, stages: api.stages.filter((stage) => stage.name === name) }));
  return { ...model, apis: apis.filter(({ stages }) => stages.length > 0) };
}
