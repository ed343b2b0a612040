import { BODY_MODEL } from "../../contract/body-model";
import type { DocumentNode } from "../../document/document";
import { canonicalJson } from "../../text/canonical-json";
import { DRAFT_4 } from "../../vocabulary/json-schema";
import { isObject } from "../../vocabulary/objects";
import { mapStrings } from "../terraform-resource";
import type { PartFactory } from "./part-factory";
import type { Problems } from "./problems";

const SCHEMA = /^#\/components\/schemas\/([^/]+)$/;

/** Adds the schemas of a document, of which API Gateway makes models. */
export class BodyModels {
  constructor(
    private readonly root: DocumentNode,
    private readonly parts: PartFactory,
    private readonly problems: Problems,
  ) {
    for (const schema of this.schemas()) this.add(schema.name, schema.value);
  }

  /** The models of an operation's bodies, by media type. */
  of(operation: DocumentNode, key: string): Record<string, string> {
    const content = this.problems.reading(() => operation.at("requestBody", "content"))?.children() ?? [];
    return Object.fromEntries(
      content.flatMap((kind): [string, string][] => {
        const schema = this.problems.reading(() => kind.followed())?.child("schema");
        if (!schema) return [];
        const [, named] = SCHEMA.exec(schema.reference ?? "") ?? [];
        return [[kind.name, named ?? this.add(`${key} ${kind.name}`, schema.value)]];
      }),
    );
  }

  private schemas(): DocumentNode[] {
    return this.problems.reading(() => this.root.at("components", "schemas"))?.children() ?? [];
  }

  private add(name: string, schema: unknown): string {
    const alone = { $schema: DRAFT_4, ...(isObject(schema) ? schema : {}) };
    const text = canonicalJson(withDefinitions(alone, this.root));
    this.parts.add(BODY_MODEL.type, `model ${name}`, { name, content_type: "application/json", schema: text });
    return name;
  }
}

/** A schema that brings with it what it refers to. */
function withDefinitions(schema: Record<string, unknown>, root: DocumentNode): unknown {
  const definitions: Record<string, unknown> = {};
  const moved = (value: unknown): unknown =>
    mapStrings(value, (text) => {
      const [, name] = SCHEMA.exec(text) ?? [];
      if (name === undefined) return text;
      if (!(name in definitions)) {
        definitions[name] = {};
        definitions[name] = moved(root.child("components")?.child("schemas")?.child(name)?.value ?? {});
      }
      return `#/definitions/${name}`;
    });
  const own = moved(schema) as Record<string, unknown>;
  return Object.keys(definitions).length > 0 ? { ...own, definitions } : own;
}
