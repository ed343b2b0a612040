import { booleanOf } from "../contract/attributes";
import type { ApiDocument } from "../document/api-document";
import type { DocumentNode } from "../document/document";
import { EXTENSIONS } from "../document/extensions";
import { show } from "../text/show";
import { unknownName } from "../vocabulary/identifier";
import { isObject } from "../vocabulary/objects";
import type { Remarks } from "./remarks";
import type { WordReader } from "./word-reader";

/** What API Gateway checks of a request. */
export interface Checks {
  readonly body: boolean;
  readonly parameters: boolean;
}

export const EVERYTHING: Checks = { body: true, parameters: true };
export const NOTHING: Checks = { body: false, parameters: false };

/** What of which operation is checked, as the validators of a document say it. */
export class RequestValidators {
  private readonly validators: ReadonlyMap<string, Checks>;
  private readonly common: DocumentNode | undefined;

  constructor(
    { root }: ApiDocument,
    words: WordReader,
    private readonly remarks: Remarks,
  ) {
    const written = root.child(EXTENSIONS.requestValidators)?.children() ?? [];
    this.validators = new Map(
      written.map((node) => {
        words.read(node, "validator");
        if (!isObject(node.value)) remarks.error(node, `must be an object, got ${show(node.value)}`);
        return [
          node.name,
          { body: isTrue(node, "validateRequestBody"), parameters: isTrue(node, "validateRequestParameters") },
        ];
      }),
    );
    this.common = root.child(EXTENSIONS.requestValidator);
  }

  of(operation: DocumentNode): Checks {
    const named = operation.child(EXTENSIONS.requestValidator) ?? this.common;
    if (!named) return NOTHING;
    const name = String(named.value);
    const found = this.validators.get(name);
    if (!found)
      this.remarks.error(
        named,
        `${unknownName(name, "request validator", [...this.validators.keys()], `"${name}"`)}; define it in ${EXTENSIONS.requestValidators}`,
      );
    return found ?? NOTHING;
  }
}

const isTrue = (validator: DocumentNode, word: string) => booleanOf(validator.child(word)?.value);
