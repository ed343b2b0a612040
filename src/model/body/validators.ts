import { stringOf } from "../../contract/attributes";
import { REQUEST_VALIDATOR } from "../../contract/request-validator";
import type { DocumentNode } from "../../document/document";
import { EXTENSIONS, requestValidatorAttributes } from "../../document/extensions";
import { isObject } from "../../vocabulary/objects";
import type { PartFactory } from "./part-factory";
import { type Problems, placeIn } from "./problems";

/** Adds the request validators of a document, and says which one checks an operation. */
export class BodyValidators {
  private readonly ids: ReadonlyMap<string, string>;
  private readonly common: DocumentNode | undefined;

  constructor(
    root: DocumentNode,
    parts: PartFactory,
    private readonly problems: Problems,
  ) {
    const written = root.child(EXTENSIONS.requestValidators)?.children() ?? [];
    this.ids = new Map(
      written.map(({ name, value }) => [
        name,
        parts.add(
          REQUEST_VALIDATOR.type,
          `request validator ${name}`,
          requestValidatorAttributes(name, isObject(value) ? value : {}),
        ),
      ]),
    );
    this.common = root.child(EXTENSIONS.requestValidator);
  }

  of(operation: DocumentNode): string | undefined {
    const named = operation.child(EXTENSIONS.requestValidator) ?? this.common;
    if (!named) return undefined;
    const name = stringOf(named.value);
    const id = this.ids.get(name);
    if (id === undefined) this.problems.add({ kind: "validator", place: placeIn(named), name });
    return id;
  }
}
