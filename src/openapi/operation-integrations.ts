import type { DocumentNode } from "../document/document";
import { EXTENSIONS } from "../document/extensions";
import { unknownName } from "../vocabulary/identifier";
import type { IntegrationInput } from "../vocabulary/integration";
import { NoWord, readIntegration } from "./integration-extension";
import type { OpenApiOperation, WrittenOperation } from "./operations";
import type { Remarks } from "./remarks";

/** The name of a handler, or any integration of a route. */
export type OperationIntegration = string | IntegrationInput;

type IntegrationsByOperation = Readonly<Record<string, OperationIntegration | undefined>>;

/** Who answers which operation: what the caller says, or else the extension of the document. */
export class OperationIntegrations {
  constructor(
    private readonly root: DocumentNode,
    private readonly written:
      | IntegrationsByOperation
      | ((operation: OpenApiOperation) => OperationIntegration | undefined),
    private readonly remarks: Remarks,
  ) {}

  of(operation: WrittenOperation): IntegrationInput | undefined {
    const chosen = this.chosenFor(operation);
    if (chosen !== undefined) return typeof chosen === "string" ? { handler: chosen } : chosen;
    const { key, operationId, node } = operation;
    const extension = this.remarks.reading(() => node.at(EXTENSIONS.integration));
    const named = JSON.stringify(operationId ?? key);
    if (!extension) {
      const id = operationId === undefined ? "has no operationId and" : `(operationId ${named}) has`;
      this.remarks.error(
        node,
        `"${key}" ${id} no integration; say who answers by integrations: { ${named}: "handler" }, or by ${EXTENSIONS.integration}`,
      );
      return undefined;
    }
    try {
      return readIntegration(extension, operation);
    } catch (cause) {
      if (!(cause instanceof NoWord)) throw cause;
      this.remarks.error(cause.at, `${cause.message}; say who answers by integrations: { ${named}: … }`);
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

  private chosenFor({ operationId, key, method, path, tags }: WrittenOperation): OperationIntegration | undefined {
    const { written } = this;
    if (typeof written === "function") return written({ operationId, key, method, path, tags });
    const own = (name: string) => (Object.hasOwn(written, name) ? written[name] : undefined);
    return own(operationId ?? key) ?? own(key);
  }
}
