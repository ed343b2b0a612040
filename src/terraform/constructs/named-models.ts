import { ApiGatewayModel } from "@cdktf/provider-aws/lib/api-gateway-model";
import { Construct } from "constructs";
import { BODY_MODEL, encodeNamedModel } from "../../contract/body-model";
import { ModelSchemas } from "../../contract/model-schemas";
import type { JsonSchema } from "../../vocabulary/json-schema";
import type { NamedModel } from "../../vocabulary/named-models";
import { config } from "./config";
import { idOf, named } from "./named";

export interface NamedModelsProps {
  readonly restApiId: string;
  /** Those of one API, all that refer to each other. */
  readonly models: readonly NamedModel[];
}

/** The models of an API that have names. */
export class NamedModels extends Construct {
  /** Schemas of the API as AWS takes them. */
  readonly schemas: ModelSchemas;
  /** The resources by name; one that refers to others is created after them. */
  readonly byName: ReadonlyMap<string, ApiGatewayModel>;

  constructor(scope: Construct, id: string, { restApiId, models }: NamedModelsProps) {
    super(scope, id);
    this.schemas = new ModelSchemas(models, restApiId);
    const byName = new Map<string, ApiGatewayModel>();
    this.byName = byName;
    // A model needs all that one needs to which it refers, and that one too: it comes after it.
    const needs = new Map(models.map((model) => [model, this.schemas.referredBy(model.schema).length]));
    const inOrder = [...models].sort((a, b) => (needs.get(a) ?? 0) - (needs.get(b) ?? 0));
    for (const model of inOrder) {
      const others = this.referredBy(model.schema);
      const created = named(ApiGatewayModel, this, idOf("model", model.name), {
        restApiId,
        ...config(BODY_MODEL, encodeNamedModel(model, this.schemas), ["description", "schema"]),
        ...(others.length > 0 && { dependsOn: others }),
        // What refers to a model lets go of it before it is deleted; AWS refuses the other order.
        lifecycle: { createBeforeDestroy: true },
      });
      byName.set(model.name, created);
    }
  }

  /**
   * The models that must exist for a schema, also by way of others.
   *
   * @throws Error for one that refers to a model that is not there
   */
  neededBy(schema: JsonSchema): ApiGatewayModel[] {
    return this.schemas.referredBy(schema).map((name) => this.model(name));
  }

  /** Those of them to which it refers itself: it is created after these, and so after all. */
  referredBy(schema: JsonSchema): ApiGatewayModel[] {
    return this.schemas.directlyReferredBy(schema).map((name) => this.model(name));
  }

  /** @throws Error for a model that is not there */
  model(name: string): ApiGatewayModel {
    const model = this.byName.get(name);
    if (model) return model;
    throw new Error(`unknown model "${name}" of this API; add it to models`);
  }
}
