import { enumerate, type Finding, notice, warning } from "../../text/finding";
import { show } from "../../text/show";
import type { OwnApi } from "../../vocabulary/api";
import { ORIGINS_VARIABLE } from "../../vocabulary/cors";
import { type Catalog, isOwnApi } from "../catalog";

/** What AWS accepts of CORS and gateway responses, though clients would not understand the answer. */
export function checkAnswers(catalog: Catalog): Finding[] {
  return catalog.apis
    .filter(isOwnApi)
    .filter((api) => !api.retired)
    .flatMap((api) => {
      const place = `api "${api.id}"`;
      return [
        ...preflightsPass(api, place),
        ...backendsChooseTheOrigin(api, place),
        ...errorsNameOneOrigin(api, place),
        ...defaultsKeepTheStatus(api, place),
        ...templatesAreJson(api, place),
      ];
    });
}

/** A browser sends no key with a preflight, so a route that wants one must leave `OPTIONS` to another. */
function preflightsPass(api: OwnApi, place: string): Finding[] {
  if (!api.cors) return [];
  const paths = new Set(api.routes.filter(({ method }) => method === "OPTIONS").map(({ path }) => path));
  return api.routes
    .filter((route) => route.method === "ANY" && route.apiKeyRequired && !paths.has(route.path))
    .map((route) =>
      warning(
        `${place}: route "${route.key}"`,
        "answers CORS preflights too, but needs a key, and a browser sends none with them; " +
          `add a route "OPTIONS ${route.path}" with mock: 204`,
      ),
    );
}

/** API Gateway passes the answers of proxies on as they are. */
function backendsChooseTheOrigin({ cors, routes }: OwnApi, place: string): Finding[] {
  if (!cors || cors.allowOrigins.length === 1) return [];
  const behind = routes.filter(({ integration }) => integration.type !== "mock" || integration.settings?.responses);
  if (behind.length === 0) return [];
  const hasHandlers = behind.some(({ integration }) => integration.type === "handler");
  return [
    notice(
      place,
      `cors.allowOrigin has several origins, and ${enumerate(behind.map(({ key }) => key))} must answer ` +
        'Access-Control-Allow-Origin with the one that the request comes from, and "Vary: Origin": API Gateway adds neither to the ' +
        `answers of backends and functions${hasHandlers ? `; handlers find the list in ${ORIGINS_VARIABLE}` : ""}`,
    ),
  ];
}

function errorsNameOneOrigin({ cors }: OwnApi, place: string): Finding[] {
  if (!cors?.allowCredentials || cors.allowOrigins.length === 1) return [];
  return [
    warning(
      place,
      `cors.allowOrigin has several origins with allowCredentials, but what API Gateway answers by itself, such as a 403 or a 429, ` +
        `can name one alone: pages of ${show(cors.errorOrigin)} can read it, and those of the others see a failed request; write ` +
        "that origin first whose pages need it most, or leave allowCredentials out where no page sends cookies",
    ),
  ];
}

function defaultsKeepTheStatus({ gatewayResponses }: OwnApi, place: string): Finding[] {
  return gatewayResponses
    .filter(({ type, statusCode }) => type.startsWith("DEFAULT_") && statusCode !== undefined)
    .map(({ type, statusCode }) =>
      warning(
        place,
        `gatewayResponses.${type}.statusCode ${statusCode} is the status of every type that is not given, so clients ` +
          "cannot tell them apart; give it to the types that are meant",
      ),
    );
}

/** Of a mapping template, a gateway response takes variables alone, as whole values or within texts. */
function templatesAreJson({ gatewayResponses }: OwnApi, place: string): Finding[] {
  return gatewayResponses
    .filter(({ template }) => !isJson(template.replace(/\$[A-Za-z][\w.]*(\([^()]*\))?/g, "0")))
    .map(({ type }) =>
      warning(
        place,
        `gatewayResponses.${type}.template is not JSON once its variables are filled in, and is sent as JSON; ` +
          'write it like {"message":$context.error.messageString,"requestId":"$context.requestId"}',
      ),
    );
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
