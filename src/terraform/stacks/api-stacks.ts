import { type Catalog, isOwnApi } from "../../catalog/catalog";
import { stackNames } from "../../contract/stack-names";
import type { OwnApi } from "../../vocabulary/api";
import type { Imports } from "../../vocabulary/imports";
import { ownEntry } from "../../vocabulary/objects";
import { ApiDefinition, type KeyLookup } from "../constructs/api-definition";
import { ApiRelease } from "../constructs/api-release";
import type { HandlerFolder } from "../constructs/handler-folder";
import { keyReadStatements } from "../constructs/key-read-statements";
import { idOf } from "../constructs/named";
import { formerAddresses } from "./domain-stack";
import { importedDefinition, importedRelease } from "./imported-api";
import { type LiveStage, liveStages, needsAccountLogging } from "./release-order";
import { shareDefinition, shareRelease } from "./shared-outputs";
import type { TierStack } from "./tier-stack";

/** Adds a stack to the app, to be deployed after others. */
export type AddStack = (name: string, after: readonly TierStack[]) => TierStack;

export interface ApiStacksProps {
  readonly catalog: Catalog;
  readonly handlers: HandlerFolder;
  readonly imports: Imports;
  /** The stack that gives the account its role for logging, if there is one. */
  readonly account: readonly TierStack[];
}

/** The stacks of the APIs that the catalog defines: a definition for each that is not retired, and a release for each stage. */
export class ApiStacks {
  readonly definitions: readonly TierStack[];
  /** In the order in which they are deployed. */
  readonly releases: readonly TierStack[];
  private readonly definitionsById = new Map<string, ApiDefinition>();
  private readonly releasesByName = new Map<string, ApiRelease>();

  constructor(
    private readonly addStack: AddStack,
    private readonly props: ApiStacksProps,
  ) {
    const live = props.catalog.apis.filter(isOwnApi).filter((api) => !api.retired);
    this.definitions = live.map((api) => this.addDefinition(api));
    this.releases = liveStages(live).map((stage) => this.addRelease(stage));
  }

  /** Ids of the REST APIs by the ids of their APIs. */
  get restApiIds(): readonly (readonly [api: string, restApiId: string])[] {
    // What is imported is known before the first deploy of its own stack, by which a stack finds the others.
    return [...this.definitionsById].map(([id, { restApiId }]) => [
      id,
      this.props.imports.apis?.[id]?.restApiId ?? restApiId,
    ]);
  }

  /** @throws Error for an API that the catalog does not define, or that is retired */
  definition(api: string): ApiDefinition {
    return found(this.definitionsById, api, "definition of API");
  }

  /** @throws Error for a stage that is not there, or that is retired */
  release(api: string, stage: string): ApiRelease {
    return found(this.releasesByName, `${api}/${stage}`, "release");
  }

  private addDefinition(api: OwnApi): TierStack {
    const { handlers, imports } = this.props;
    const stack = this.addStack(stackNames.definition(api.id), []);
    const imported = imports.apis?.[api.id];
    const keyLookup = this.keyLookup();
    const definition = new ApiDefinition(stack, idOf("api", api.id), { api, handlers, keyLookup, imported });
    this.definitionsById.set(api.id, definition);
    if (imported) stack.import(importedDefinition(definition, imported));
    shareDefinition(stack, api, definition);
    return stack;
  }

  /** What a handler needs to find keys where the catalog hands them over. */
  private keyLookup(): KeyLookup {
    const { catalog } = this.props;
    const { type, prefix } = catalog.keyStore;
    return {
      environment: { KEY_PREFIX: prefix, ...(type === undefined ? {} : { KEY_STORE: type }) },
      statements: keyReadStatements(catalog),
    };
  }

  private addRelease({ api, stage }: LiveStage): TierStack {
    const definition = this.definition(api.id);
    const importedApi = this.props.imports.apis?.[api.id];
    const imported = importedApi && {
      restApiId: importedApi.restApiId,
      stage: ownEntry(importedApi.stages, stage.name),
    };
    const stack = this.addStack(stackNames.release(api.id, stage.name), [
      definition.node.scope as TierStack,
      ...(needsAccountLogging(stage) ? this.props.account : []),
    ]);
    const release = new ApiRelease(stack, idOf("release", api.id, stage.name), { definition, stage, imported });
    if (imported?.stage) stack.import(importedRelease(release, stage.name, imported.restApiId, imported.stage));
    stack.forget(formerAddresses(this.props.catalog.domainNames ?? [], api.id, stage));
    this.releasesByName.set(`${api.id}/${stage.name}`, release);
    shareRelease(stack, release, `Where stage ${stage.name} of API ${api.id} answers.`);
    return stack;
  }
}

function found<Value>(map: ReadonlyMap<string, Value>, name: string, kind: string): Value {
  const value = map.get(name);
  if (value === undefined) throw new Error(`there is no ${kind} "${name}"; there are ${[...map.keys()].join(", ")}`);
  return value;
}
