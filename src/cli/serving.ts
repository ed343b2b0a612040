import { readFileSync } from "node:fs";
import { basename, relative } from "node:path";
import { watch } from "chokidar";
import type { SigningKeys } from "../gateway/authorizers/signed-tokens";
import { withExternalKeys } from "../gateway/external-keys";
import { Integrations } from "../gateway/integrations";
import { LocalGateway } from "../gateway/local-gateway";
import { keyStoreEnvironment } from "../gateway/local-key-store";
import { givenKeys } from "../gateway/local-keys";
import { LocalPages } from "../gateway/page/local-pages";
import { GatewayServer } from "../gateway/server";
import type { GatewayModel, KeyModel } from "../model/model";
import { readGateway } from "../model/read-gateway";
import { printable } from "../text/printable";
import { show } from "../text/show";
import { standardOutput } from "./line-printer";
import { environmentOf, keysOf } from "./named-values";
import { describeLog, describeRequest, describeServing } from "./serve-report";
import { ServedSelfService } from "./served-self-service";

export interface ServeOptions {
  readonly port: number;
  readonly host: string;
  readonly allowedHost: readonly string[];
  readonly stage?: string;
  readonly seed?: string;
  readonly jwks: readonly string[];
  readonly backend: Readonly<Record<string, string>>;
  readonly key: readonly string[];
  readonly keys?: string;
  readonly env: readonly string[];
  readonly selfService?: string;
}

/** Files that are written together are read together. */
const QUIET_MILLISECONDS = 200;

/** Serves until a signal ends it. */
export async function serve(path: string, options: ServeOptions): Promise<void> {
  const service = options.selfService === undefined ? undefined : new ServedSelfService(options.selfService);
  await service?.read();
  const read = () => {
    const model = withExternalKeys(onlyStage(readGateway(path), options.stage));
    return service === undefined ? model : service.added(model);
  };
  const environment = environmentOf(options.env);
  const named = keysOf(options.key, options.keys);
  const first = read();
  const given = (keys: readonly KeyModel[]) =>
    new Map([...givenKeys(keys, named, process.env), ...(service?.given() ?? [])]);
  // What is wrong with them is said before anything is served.
  given(first.keys);
  const now = () => Date.now();
  const { print } = standardOutput();
  let local: LocalGateway | undefined;
  const started = () => {
    if (!local) throw new Error("the gateway has not started yet");
    return local;
  };
  const pages = new LocalPages({ local: started, now });
  const server = new GatewayServer({
    gateway: () => started().gateway,
    elsewhere: (request) => pages.answer(request),
    now,
    allowedHosts: options.allowedHost,
  });
  const url = await server.listen(options.port, options.host);
  const behind = new Integrations({
    backends: options.backend,
    ...(process.env.AWS_ENDPOINT_URL && { awsEndpoint: process.env.AWS_ENDPOINT_URL }),
    ...(options.jwks.length > 0 && { jwks: signingKeysIn(options.jwks) }),
    environment: { ...keyStoreEnvironment(reachable(url)), ...environment },
    onLog: ({ name }, line) => print(describeLog(name, line)),
  });
  local = new LocalGateway(first, {
    behind,
    givenKeys: given,
    onAnswer: (trace) => {
      pages.record(trace);
      print(describeRequest(trace));
    },
    ...(options.seed !== undefined && { seed: options.seed }),
  });
  const report = () => describeServing(started(), { url, path: relative("", path) || "." });
  let shown = report();
  print(shown);

  let timer: NodeJS.Timeout | undefined;
  const reload = () => {
    try {
      started().replace(read());
    } catch (error) {
      console.error(`not reloaded, what was read before goes on: ${(error as Error).message}`);
      return;
    }
    const changed = report();
    print(changed === shown ? "reloaded; customers and routes are as before" : `reloaded\n\n${changed}`);
    shown = changed;
  };
  // Terraform's own folder holds its providers, and nothing to serve.
  const ignored = (file: string) => basename(file) === ".terraform";
  const watcher = watch(path, { ignoreInitial: true, ignored, followSymlinks: false })
    .on("all", () => {
      clearTimeout(timer);
      timer = setTimeout(reload, QUIET_MILLISECONDS);
    })
    .on("error", (error) => console.error(`not all of ${path} is watched: ${printable((error as Error).message)}`));

  service?.watch(reload, ({ message }) => console.error(printable(message)));

  await new Promise<void>((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => resolve());
    // The reader of what is printed has gone, as in "api-tiers serve | head".
    for (const stream of [process.stdout, process.stderr]) stream.on("error", () => resolve());
  });
  clearTimeout(timer);
  service?.stop();
  await Promise.all([watcher.close(), server.close()]);
  await local.close();
}

/** From this machine, also where the server listens on all of its addresses. */
const reachable = (url: string) => url.replace("//0.0.0.0:", "//127.0.0.1:").replace("//[::]:", "//[::1]:");

/** @throws Error for a file that holds no JSON Web Key Set */
function signingKeysIn(files: readonly string[]): SigningKeys {
  const keys = files.flatMap((file) => {
    try {
      const { keys: found } = JSON.parse(readFileSync(file, "utf8")) as { readonly keys?: unknown };
      if (Array.isArray(found)) return found;
    } catch (error) {
      throw new Error(`--jwks ${show(file)} cannot be read: ${(error as Error).message}`);
    }
    throw new Error(
      `--jwks ${show(file)} has no "keys"; save what https://…/.well-known/jwks.json of the user pool answers`,
    );
  });
  return { keys };
}

function onlyStage(model: GatewayModel, name: string | undefined): GatewayModel {
  const all = [...new Set(model.apis.flatMap(({ stages }) => stages.map((stage) => stage.name)))];
  if (all.length === 0) throw new Error("there is no stage of an API to serve here; is it the right path?");
  if (name === undefined) return model;
  if (!all.includes(name)) throw new Error(`there is no stage "${name}" here; there are ${all.join(", ")}`);
  const apis = model.apis.map((api) => ({ ...api, stages: api.stages.filter((stage) => stage.name === name) }));
  return { ...model, apis: apis.filter(({ stages }) => stages.length > 0) };
}
