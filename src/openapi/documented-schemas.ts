import { bodyModelName } from "../contract/body-model";
import { MODELS_URL } from "../model/body-models";
import type { ApiModel, RouteModel } from "../model/model";
import { canonicalJson } from "../text/canonical-json";
import { byName } from "../text/order";
import { isObject } from "../vocabulary/objects";
import { documentedSchema } from "./documented-schema";
import type { OpenApiSchema } from "./openapi-document";

/** Schemas of bodies for `components.schemas`: what has a name at API Gateway, or within a schema there, keeps it. */
export class DocumentedSchemas {
  private readonly schemas = new Map<string, OpenApiSchema>();
  /** References by the name and the text of what they refer to. */
  private readonly references = new Map<string, { readonly $ref: string }>();
  /** Models that have a name, by their schemas. */
  private readonly named: ReadonlyMap<string, string>;

  constructor(private readonly api: ApiModel) {
    const ofBodies = new Set(api.routes.map(({ key }) => bodyModelName(key)));
    this.named = new Map(
      [...api.models].flatMap(([name, schema]) => (ofBodies.has(name) || BUILT_IN.has(name) ? [] : [[schema, name]])),
    );
  }

  /** The schemas that bodies refer to, sorted by name. */
  get all(): Readonly<Record<string, OpenApiSchema>> {
    return Object.fromEntries([...this.schemas].sort(([a], [b]) => byName(a, b)));
  }

  /** The schema of a body: a reference, where its model has a name. */
  ofBody(route: RouteModel, json: string): OpenApiSchema {
    const name = this.named.get(json);
    if (name !== undefined) return this.referTo(name);
    const { definitions, ...schema } = objectOf(json);
    // What refers to itself needs a name.
    if (/"\$ref":"#(?!\/definitions\/)/.test(json)) return this.add(bodyModelName(route.key), schema, definitions);
    return this.documented(schema, definitions, "");
  }

  private referTo(name: string): OpenApiSchema {
    const json = this.api.models.get(name);
    // A model that someone else manages may hold anything.
    if (json === undefined) return {};
    const { definitions, ...schema } = objectOf(json);
    return this.add(name, schema, definitions);
  }

  /** @param own name of what the schema itself refers to by `#` */
  private documented(schema: unknown, definitions: unknown, own: string): OpenApiSchema {
    return documentedSchema(schema, (reference) => {
      if (reference.startsWith(MODELS_URL)) return this.referTo(reference.slice(MODELS_URL.length));
      const [, name, rest = ""] = /^#\/definitions\/([^/]+)(.*)$/.exec(reference) ?? [];
      if (name === undefined) return { $ref: `${COMPONENTS}${own}${reference.slice(1)}` };
      const { $ref } = this.add(name, isObject(definitions) ? definitions[name] : {}, definitions);
      return { $ref: `${$ref}${rest}` };
    });
  }

  /** Adds a schema under a name that no other schema has. */
  private add(name: string, schema: unknown, definitions: unknown): { readonly $ref: string } {
    // Within a schema, the same models are called definitions.
    const { $schema: _, ...words } = isObject(schema) ? schema : {};
    const id = `${name}\n${canonicalJson(words)}`.replaceAll(MODELS_URL, "#/definitions/");
    const known = this.references.get(id);
    if (known) return known;
    const free = freeName(name, this.schemas);
    const reference = { $ref: COMPONENTS + free };
    // Schemas that refer to each other find it before it is there.
    this.references.set(id, reference);
    this.schemas.set(free, {});
    this.schemas.set(free, this.documented(schema, definitions, free));
    return reference;
  }
}

const COMPONENTS = "#/components/schemas/";

function freeName(name: string, taken: ReadonlyMap<string, unknown>): string {
  let count = 1;
  while (taken.has(count === 1 ? name : `${name}${count}`)) count += 1;
  return count === 1 ? name : `${name}${count}`;
}

function objectOf(json: string): Readonly<Record<string, unknown>> {
  const written: unknown = JSON.parse(json);
  return isObject(written) ? written : {};
}

/** Models that every API has, which say nothing of a body. */
const BUILT_IN = new Set(["Empty", "Error"]);
