import { show } from "../text/show";
import { isObject } from "../vocabulary/objects";
import type { DocumentNode } from "./document";

/** Versions that are read: Swagger 2.0 is what API Gateway exports by default. */
export type DocumentVersion = "2.0" | "3.0" | "3.1";

/** A body that an operation takes. */
export interface DocumentBody {
  readonly node: DocumentNode;
  readonly required: boolean;
  readonly kinds: readonly {
    readonly mediaType: string;
    readonly node: DocumentNode;
    readonly schema: DocumentNode | undefined;
  }[];
}

/** Where a version has what they all have. */
const PLACES = {
  "2.0": { schemas: ["definitions"], schemes: ["securityDefinitions"] },
  "3.0": {
    schemas: ["components", "schemas"],
    schemes: ["components", "securitySchemes"],
  },
  "3.1": {
    schemas: ["components", "schemas"],
    schemes: ["components", "securitySchemes"],
  },
} as const satisfies Record<DocumentVersion, Record<string, readonly string[]>>;

/** An OpenAPI document of any version, in one form. Whatever it gives may throw `BrokenReference`. */
export class ApiDocument {
  private constructor(
    readonly root: DocumentNode,
    readonly version: DocumentVersion,
  ) {}

  /** The document, or why it is none. */
  static of(root: DocumentNode): ApiDocument | { readonly problem: string; readonly version?: string } {
    const { openapi, swagger } = isObject(root.value) ? root.value : {};
    if (swagger !== undefined)
      return String(swagger) === "2.0" || swagger === 2
        ? new ApiDocument(root, "2.0")
        : {
            problem: `is Swagger ${show(swagger)}, and 2.0 is read; write it in 2.0 or OpenAPI 3`,
            version: `Swagger ${String(swagger)}`,
          };
    if (openapi === undefined)
      return {
        problem: 'is not an OpenAPI document: it has neither "openapi" nor "swagger"; it begins with "openapi: 3.1.0"',
        version: "OpenAPI ",
      };
    const [, minor] = /^3\.([01])(\.|$)/.exec(String(openapi)) ?? [];
    if (minor === undefined)
      return {
        problem: `is of OpenAPI ${show(openapi)}, and 3.0 and 3.1 are read, and Swagger 2.0; write it in one of them, in quotes`,
        version: `OpenAPI ${String(openapi)}`,
      };
    return new ApiDocument(root, minor === "0" ? "3.0" : "3.1");
  }

  /** `components.securitySchemes`, as messages name it. */
  get schemesName(): string {
    return PLACES[this.version].schemes.join(".");
  }

  /** Security schemes as they are written, by name. */
  schemes(): DocumentNode[] {
    return this.root.at(...PLACES[this.version].schemes)?.children() ?? [];
  }

  /** Named schemas as they are written. */
  schemas(): DocumentNode[] {
    return this.root.at(...PLACES[this.version].schemas)?.children() ?? [];
  }

  /** The name of the schema that a reference of the document leads to; `undefined` where it leads elsewhere. */
  schemaName(reference: string | undefined): string | undefined {
    const prefix = `#/${PLACES[this.version].schemas.join("/")}/`;
    const name = reference?.startsWith(prefix) ? reference.slice(prefix.length) : "";
    return name === "" || name.includes("/") ? undefined : name;
  }

  /** The parameters of an operation or a path item, as far as they are none of its body; references are followed. */
  parametersAt(node: DocumentNode): DocumentNode[] {
    const all = this.allParameters(node);
    return this.version === "2.0" ? all.filter((each) => !isInBody(each)) : all;
  }

  /**
   * The body that an operation takes.
   *
   * @param items of its path: in Swagger 2.0, the body may be a parameter of each
   */
  bodyOf(operation: DocumentNode, items: readonly DocumentNode[]): DocumentBody | undefined {
    return this.version === "2.0" ? this.bodyParameter(operation, items) : requestBody(operation);
  }

  private allParameters(node: DocumentNode): DocumentNode[] {
    return (node.child("parameters")?.children() ?? []).map((each) => each.followed());
  }

  private bodyParameter(operation: DocumentNode, items: readonly DocumentNode[]): DocumentBody | undefined {
    const node = [operation, ...items].flatMap((each) => this.allParameters(each)).find(isInBody);
    if (!node || !isObject(node.value)) return undefined;
    const isForm = node.value.in === "formData";
    const consumes = operation.child("consumes") ?? this.root.child("consumes");
    const written = Array.isArray(consumes?.value) ? consumes.value.map(String) : [];
    const types = written.length > 0 ? written : [isForm ? "application/x-www-form-urlencoded" : "application/json"];
    return {
      node,
      required: node.value.required === true,
      kinds: types.map((mediaType) => ({ mediaType, node, schema: isForm ? undefined : node.child("schema") })),
    };
  }
}

const isInBody = ({ value }: DocumentNode) => isObject(value) && (value.in === "body" || value.in === "formData");

function requestBody(operation: DocumentNode): DocumentBody | undefined {
  const node = operation.at("requestBody");
  if (!node || !isObject(node.value)) return undefined;
  const kinds = (node.at("content")?.children() ?? []).map((kind) => ({
    mediaType: kind.name,
    node: kind,
    schema: kind.followed().child("schema"),
  }));
  return { node, required: node.value.required === true, kinds };
}
