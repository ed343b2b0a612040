import { BODY_MODEL } from "../../contract/body-model";
import type { ApiDocument } from "../../document/api-document";
import type { DocumentNode } from "../../document/document";
import { canonicalJson } from "../../text/canonical-json";
import { DRAFT_4 } from "../../vocabulary/json-schema";
import { isObject } from "../../vocabulary/objects";
import { mapStrings } from "../terraform-resource";
import type { PartFactory } from "./part-factory";
import type { Problems } from "./problems";

/** Adds the schemas of a document, of which API Gateway makes models. */
export class BodyModels {
  constructor(
    private readonly document: ApiDocument,
    private readonly parts: PartFactory,
    private readonly problems: Problems,
  ) {
    for (const schema of this.schemas()) this.add(schema.name, schema.value);
  }

  /** The models of an operation's bodies, by media type. */
  of(operation: DocumentNode, items: readonly DocumentNode[], key: string): Record<string, string> {
    const kinds = this.problems.reading(() => this.document.bodyOf(operation, items))?.kinds ?? [];
    return Object.fromEntries(
      kinds.flatMap(({ mediaType, schema }): [string, string][] => {
        if (!schema) return [];
        const named = this.document.schemaName(schema.reference);
        return [[mediaType, named ?? this.add(`${key} ${mediaType}`, schema.value)]];
      }),
    );
  }

  private schemas(): DocumentNode[] {
    return this.problems.reading(() => this.document.schemas()) ?? [];
  }

  private add(name: string, schema: unknown): string {
    const alone = { $schema: DRAFT_4, ...(isObject(schema) ? schema : {}) };
    const text = canonicalJson(withDefinitions(alone, this.document));
    this.parts.add(BODY_MODEL.type, `model ${name}`, { name, content_type: "application/json", schema: text });
    return name;
  }
}

/** A schema that brings with it what it refers to. */
function withDefinitions(schema: Record<string, unknown>, document: ApiDocument): unknown {
  const definitions: Record<string, unknown> = {};
  const moved = (value: unknown): unknown =>
    mapStrings(value, (text) => {
      const name = document.schemaName(text);
      if (name === undefined) return text;
      if (!(name in definitions)) {
        definitions[name] = {};
        definitions[name] = moved(document.schemas().find((each) => each.name === name)?.value ?? {});
      }
      return `#/definitions/${name}`;
    });
  const own = moved(schema) as Record<string, unknown>;
  return Object.keys(definitions).length > 0 ? { ...own, definitions } : own;
}
