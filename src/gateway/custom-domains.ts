import type { GatewayModel } from "../model/model";
import type { GatewayRequest, PlainRequest } from "./request";

interface BasePath {
  /** Without slashes around it; empty for all paths of the domain name. */
  readonly basePath: string;
  readonly api: string;
  readonly stage: string;
}

/** Which stage answers under a custom domain name and a base path. */
export class CustomDomains {
  private readonly byName = new Map<string, BasePath[]>();

  constructor({ apis }: GatewayModel) {
    for (const api of apis)
      for (const stage of api.stages)
        for (const url of stage.customUrls) {
          if (!URL.canParse(url)) continue;
          const { hostname, pathname } = new URL(url);
          const paths = this.byName.get(hostname) ?? [];
          paths.push({ basePath: pathname.replace(/^\/|\/$/g, ""), api: api.slug, stage: stage.name });
          // The longest base path that fits is the one that is meant.
          paths.sort((a, b) => b.basePath.length - a.basePath.length);
          this.byName.set(hostname, paths);
        }
  }

  /** @param host with or without a port */
  has(host: string): boolean {
    return this.byName.size > 0 && this.byName.has(nameOf(host));
  }

  /** The request to the stage; `undefined` for a domain name or a base path that leads to none. */
  directed(host: string, request: PlainRequest): GatewayRequest | undefined {
    const name = nameOf(host);
    const { path } = request;
    const found = this.byName.get(name)?.find(({ basePath }) => {
      return basePath === "" || path === `/${basePath}` || path.startsWith(`/${basePath}/`);
    });
    if (!found) return undefined;
    const { api, stage, basePath } = found;
    const below = basePath === "" ? path : path.slice(basePath.length + 1) || "/";
    return { ...request, api, stage, path: below, domain: { name, basePath } };
  }
}

const nameOf = (host: string) => host.replace(/:\d*$/, "").toLowerCase();
