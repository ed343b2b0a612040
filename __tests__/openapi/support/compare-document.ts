import type { Json } from "../../support/synthesize";
import { type DescribedApi, plain } from "./described-api";
import { documentAsImported, type SaidBeside } from "./document-as-imported";
import { synthesizedApi } from "./synthesized-api";

/** A document against what was synthesized of it. */
export interface Comparison {
  /** Differences of which nothing is said. */
  readonly differences: readonly string[];
  /** Differences that a finding of the import reports. */
  readonly told: readonly string[];
  /** Routes that ask less of a caller than the document does. */
  readonly opened: readonly string[];
  readonly routes: number;
}

/** Where they may differ, and what the import must say of it for that; nothing is passed over in silence. */
const TOLD: readonly (readonly [path: RegExp, finding: RegExp])[] = [
  [/\.parameters\./, /spread over several parameters|has a name that API Gateway does not take|may be empty, and/],
  [/^routes\.(GET|HEAD|OPTIONS) [^.]*\.body$/, /with which clients send no body/],
  [/\.body(\.|$)/, /refers to itself, which a model cannot|is more than \d+ bytes/],
  [/\.integration\.requestParameters/, /which API Gateway does not use for/],
  [/\.integration\.requestParameters/, /in its uri and no integration\.request\.path\./],
  [/^settings\.policy/, /execute-api:/],
  [/^settings\.gatewayResponses\.[A-Z0-9_]+\.(parameters|templates)\./, /header is left out|it is left out/],
  [/^routes\.OPTIONS .*\.(apiKeyRequired|authorization|authorizer)$/, /CORS preflights/],
];

/** What the catalog gives an API of which the document does not say it. */
const OF_CATALOG = {
  name: "api",
  types: ["REGIONAL"],
};

/**
 * Compares what API Gateway would import with what was synthesized.
 *
 * @param stack the stack of the API, as JSON
 * @param findings what the import said of the document
 */
export function compareDocument(path: string, stack: Json, said: SaidBeside, findings: readonly string[]): Comparison {
  const document = documentAsImported(path, said);
  const synthesized = synthesizedApi(stack);
  const expected = { ...document, settings: plain({ ...OF_CATALOG, ...document.settings }) };
  const all = differing(expected, synthesized, "");
  const isTold = ([at]: Difference) =>
    TOLD.some(([place, finding]) => place.test(at) && findings.some((each) => finding.test(each)));
  const inWords = ([at, a, b]: Difference) => `${at}: the document has ${show(a)}, synthesized is ${show(b)}`;
  return {
    differences: all.filter((each) => !isTold(each)).map(inWords),
    told: all.filter(isTold).map(inWords),
    // Nothing is called by a preflight that is a mock, and the import says that it is open.
    opened: openedRoutes(document, synthesized).filter((each) => {
      const [, key = ""] = /^(OPTIONS [^:]+): /.exec(each) ?? [];
      const isMock = synthesized.routes[key]?.integration?.type === "MOCK";
      return !isMock || !findings.some((finding) => finding.includes("CORS preflights") && finding.includes(key));
    }),
    routes: Object.keys(document.routes).length,
  };
}

const show = (value: Json) => (value === undefined ? "nothing" : JSON.stringify(value).slice(0, 200));

/** Routes that ask less than the document does: no key, another or no authorizer; and routes of which it says nothing. */
export function openedRoutes(document: DescribedApi, synthesized: DescribedApi): string[] {
  return Object.entries(synthesized.routes).flatMap(([key, route]) => {
    const wanted = document.routes[key];
    if (!wanted)
      return route.apiKeyRequired || route.authorization !== "NONE" || key.startsWith("OPTIONS ")
        ? []
        : [`${key}: is not in the document`];
    const lost = [
      ...(wanted.apiKeyRequired && !route.apiKeyRequired ? ["a key"] : []),
      ...(wanted.authorization !== "NONE" && wanted.authorization !== route.authorization
        ? [wanted.authorization]
        : []),
      ...(wanted.authorizer && differing(wanted.authorizer, route.authorizer, "").length > 0 ? ["its authorizer"] : []),
      ...wanted.scopes.filter((scope) => !route.scopes.includes(scope)).map((scope) => `the scope ${scope}`),
    ];
    return lost.length > 0 ? [`${key}: does not ask for ${lost.join(" and ")}`] : [];
  });
}

type Difference = readonly [path: string, a: Json, b: Json];

function differing(a: Json, b: Json, path: string): Difference[] {
  const isMap = (value: Json) => typeof value === "object" && value !== null && !Array.isArray(value);
  if (!isMap(a) || !isMap(b)) return JSON.stringify(a) === JSON.stringify(b) ? [] : [[path, a, b]];
  const names = [...new Set([...Object.keys(a), ...Object.keys(b)])];
  return names.flatMap((name) => differing(a[name], b[name], path === "" ? name : `${path}.${name}`));
}
