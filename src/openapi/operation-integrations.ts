import type { DocumentNode } from "../document/document";
import { EXTENSIONS } from "../document/extensions";
import { unknownName } from "../vocabulary/identifier";
import type { IntegrationInput } from "../vocabulary/integration";
import { parametersInText } from "../vocabulary/path-parameters";
import { at, readEntry } from "../vocabulary/read-entry";
import { routeSchema, toRoute } from "../vocabulary/route";
import { writtenIntegration } from "../vocabulary/written-route";
import { NoWord, type ReadAnswerer, readIntegration } from "./integration-extension";
import type { LeftOpen } from "./left-open";
import type { OpenApiOptions, OperationIntegration } from "./open-api-options";
import type { WrittenOperation } from "./operations";
import type { Remarks } from "./remarks";
import type { WordReader } from "./word-reader";

/** Who answers an operation: as the options say it, or as the document does. */
export type OperationAnswerer = { readonly given: IntegrationInput } | ReadAnswerer;

/** Who answers which operation: what the caller says, or else the extension of the document. */
export class OperationIntegrations {
  private readonly chosen = new Map<string, OperationIntegration | undefined>();

  constructor(
    private readonly root: DocumentNode,
    private readonly written: NonNullable<OpenApiOptions["integrations"]>,
    private readonly readers: { readonly words: WordReader; readonly leftOpen: LeftOpen },
    private readonly remarks: Remarks,
  ) {}

  /** @param ownHeaders whether fixed headers of a mock are its own, and not those of the API's CORS */
  of(operation: WrittenOperation, ownHeaders: boolean): OperationAnswerer | undefined {
    const chosen = this.chosenFor(operation);
    if (chosen !== undefined) return { given: typeof chosen === "string" ? { handler: chosen } : chosen };
    const { key, operationId, node } = operation;
    const extension = this.remarks.reading(() => node.at(EXTENSIONS.integration));
    const named = operationId ?? key;
    if (!extension) {
      this.remarks.error(node, withoutIntegration, {
        kind: "integration",
        subject: named,
        remedy: { integrations: [named] },
      });
      return undefined;
    }
    const before = this.remarks.errorCount;
    this.readWords(extension);
    // A word that is refused, or left open, would be the reason for what follows.
    if (this.remarks.errorCount > before || this.readers.leftOpen.isIn(extension)) return undefined;
    try {
      const answerer = readIntegration(extension, operation, ownHeaders);
      if (answerer.dropped.length > 0)
        this.remarks.warning(
          extension,
          `has ${answerer.dropped.join(", ")}, which API Gateway does not use for ${answerer.integration.type}; left out`,
        );
      this.tellUnmapped(extension, answerer);
      this.check(extension, operation, answerer);
      return answerer;
    } catch (cause) {
      if (!(cause instanceof NoWord)) throw cause;
      this.remarks.error(cause.at, (all) => `${cause.message}; ${byOptions(all)}`, {
        kind: `integration ${cause.message}`,
        subject: named,
        remedy: { integrations: [named] },
      });
      return undefined;
    }
  }

  refuseUnused(operations: readonly WrittenOperation[]): void {
    if (typeof this.written === "function") return;
    const known = operations.flatMap(({ operationId, key }) => [
      ...(operationId === undefined ? [] : [operationId]),
      key,
    ]);
    for (const name of Object.keys(this.written))
      if (!known.includes(name))
        this.remarks.error(this.root, `integrations: ${unknownName(name, "operation", known, `"${name}"`)}`);
  }

  private readWords(extension: DocumentNode): void {
    const { words, leftOpen } = this.readers;
    words.read(extension, "integration");
    words.read(extension.child("tlsConfig"), "tls");
    for (const response of extension.child("responses")?.children() ?? []) words.read(response, "integrationResponse");
    for (const each of EXPRESSIONS) leftOpen.refuse(extension.child(each));
  }

  /** A backend's URL with a parameter that nothing maps is called with the route's own, as a team means it. */
  private tellUnmapped(extension: DocumentNode, { integration }: ReadAnswerer): void {
    if (integration.type !== "http") return;
    for (const name of parametersInText(integration.url)) {
      const mapping = `integration.request.path.${name}`;
      if (extension.child("requestParameters")?.child(mapping) === undefined)
        this.remarks.notice(
          extension,
          `has {${name}} in its uri and no ${mapping}, which says its value; the parameter of the route's path is passed on`,
        );
    }
  }

  /** What the catalog would refuse of it, so that the message names the place in the document. */
  private check(
    extension: DocumentNode,
    { key, method }: WrittenOperation,
    { integration, connectionId }: ReadAnswerer,
  ): void {
    const written = { ...writtenIntegration(integration), apiKeyRequired: method !== "OPTIONS" };
    const { value, findings } = readEntry(routeSchema, written, at(""));
    for (const { message } of findings) this.remarks.error(extension, message);
    if (value === undefined || findings.length > 0) return;
    const nobody = { authorizers: [], byDefault: { type: "NONE" } } as const;
    const route = toRoute(key, value, nobody);
    if (connectionId === undefined && "problems" in route)
      for (const problem of route.problems) this.remarks.error(extension, problem);
  }

  private chosenFor({ operationId, key, method, path, tags }: WrittenOperation): OperationIntegration | undefined {
    const { written, chosen } = this;
    if (typeof written === "function") {
      // Each operation is asked about once, whatever the function does.
      if (!chosen.has(key)) chosen.set(key, written({ operationId, key, method, path, tags }));
      return chosen.get(key);
    }
    const own = (name: string) => (Object.hasOwn(written, name) ? written[name] : undefined);
    return own(operationId ?? key) ?? own(key);
  }
}

/** Parts of an integration that say who is called; its templates are text of its own language. */
const EXPRESSIONS = [
  ...["uri", "credentials", "connectionId", "requestParameters", "cacheKeyParameters", "httpMethod", "type"],
  ...["contentHandling", "passthroughBehavior", "timeoutInMillis"],
];

function withoutIntegration(names: readonly string[]): string {
  const [first = "", ...others] = names;
  const have = others.length === 0 ? `${JSON.stringify(first)} has` : `${names.length} operations have`;
  return `${have} no integration; ${byOptions(names)}, or by ${EXTENSIONS.integration}`;
}

const byOptions = ([first = "", ...others]: readonly string[]) =>
  others.length === 0
    ? `say who answers by integrations: { ${JSON.stringify(first)}: "handler" }`
    : "say who answers by integrations: ({ path }) => ({ http: `https://backend.example.com${path}` })";
