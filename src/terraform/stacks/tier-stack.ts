import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import {
  TerraformBackend,
  TerraformOutput,
  type TerraformRemoteState,
  type TerraformResource,
  TerraformStack,
} from "cdktf";
import type { Construct } from "constructs";
import { type Deployment, deployedStackName } from "../../contract/state-names";
import { MANAGED_BY } from "../../contract/tags";
import { terraformName } from "../../contract/terraform-name";
import { error } from "../../text/finding";
import { CatalogError } from "../../vocabulary/catalog-error";
import { OWN_TAG_PREFIX, type Tags } from "../../vocabulary/tags";
import { ImportBlocks, type ImportedResource } from "../constructs/import-blocks";
import { RemovedBlocks } from "../constructs/removed-blocks";
import { prepareInPass, synthesizeInPass } from "../constructs/stack-pass";
import { type DeploymentProps, deploymentOf, providerAccount } from "./deployment";
import { placeState, type StateLocation } from "./state-location";

export interface TierStackProps extends DeploymentProps {
  /** @default "local" */
  readonly state?: StateLocation;
  /**
   * Tags of everything that is deployed, besides `managed-by`.
   * @default - none
   */
  readonly tags?: Tags;
}

/** A stack with a provider and a place for its state. */
export class TierStack extends TerraformStack {
  private readonly aws: AwsProvider;
  /** Where it is deployed, as far as the code says it. */
  readonly deployment: Deployment;
  readonly state: StateLocation;
  /** By what they give: `aws_api_gateway_rest_api.pets.id`. */
  private readonly outputs = new Map<string, TerraformOutput>();
  /** By the paths of the stacks whose states they read. */
  private readonly states = new Map<string, TerraformRemoteState>();

  /**
   * @param name what the stack is called wherever it is deployed: `access`
   * @param retired whether the stack stays empty so that Terraform destroys what its state holds
   * @throws CatalogError for a Region, an account, a role or an environment that AWS would not know, and for a name that
   *   the app has already
   */
  constructor(
    scope: Construct,
    readonly name: string,
    props: TierStackProps,
    readonly retired = false,
  ) {
    const deployment = deploymentOf(props);
    super(scope, freeName(scope, deployedStackName(deployment, name)));
    const { state = "local", region, tags, assumeRole } = props;
    this.deployment = deployment;
    this.state = state;
    // CDK Terrain takes the oldest Terraform for granted unless told, and refuses what that did not have: states that S3
    // locks by itself, and write-only values.
    if (this.node.tryGetContext("targetVersions") === undefined)
      this.node.setContext("targetVersions", { terraform: ">=1.11.0", opentofu: ">=1.11.0" });
    placeState(this, name, deployment, state);
    this.aws = new AwsProvider(this, "aws", {
      region,
      ...providerAccount(deployment, assumeRole),
      defaultTags: [{ tags: { [MANAGED_BY.name]: MANAGED_BY.value, ...tags } }],
    });
  }

  override prepareStack(): void {
    prepareInPass(this, () => super.prepareStack());
  }

  override toTerraform() {
    return synthesizeInPass(this, () => super.toTerraform());
  }

  /** cdktf looks for it among all constructs, several times; all of its backends have this id. */
  override ensureBackendExists(): TerraformBackend {
    const backend = this.node.tryFindChild("backend");
    return TerraformBackend.isBackend(backend) ? backend : super.ensureBackendExists();
  }

  /**
   * Makes an attribute known to other stacks, and to people, under a name that stays. A stack that refers to the
   * attribute reads this output.
   */
  share(name: string, resource: TerraformResource, attribute: string, description: string): void {
    const reference = `${resource.terraformResourceType}.${resource.friendlyUniqueId}.${attribute}`;
    this.outputs.set(reference, new TerraformOutput(this, name, { description, value: `\${${reference}}` }));
  }

  /** What another stack reads of this one: an output that is shared, or one that is called like what it gives. */
  override registerOutgoingCrossStackReference(reference: string): TerraformOutput {
    const known = this.outputs.get(reference);
    if (known) return known;
    if (!/^(data\.)?\w+\.[\w-]+\.\w+$/.test(reference)) return super.registerOutgoingCrossStackReference(reference);
    const output = new TerraformOutput(this, reference.replaceAll(".", "-"), {
      // Whose team did not say that it may be shown.
      sensitive: true,
      value: `\${${reference}}`,
    });
    this.outputs.set(reference, output);
    return output;
  }

  /** Where this stack reads another's outputs: `data.terraform_remote_state.<stack>`. */
  override registerIncomingCrossStackReference(stack: TerraformStack): TerraformRemoteState {
    const { path } = stack.node;
    const known = this.states.get(path);
    if (known) return known;
    const state = stack.ensureBackendExists().getRemoteStateDataSource(this, `state:${path}`, path);
    const neighbor = stack instanceof TierStack && stack.node.id === deployedStackName(this.deployment, stack.name);
    state.overrideLogicalId(terraformName(neighbor ? stack.name : path));
    this.states.set(path, state);
    return state;
  }

  /**
   * Imports what is in the account already. As long as there is something to import, the stack writes none of this
   * project's own tags, and takes none away: the tags of what is imported stay as they are.
   */
  import(resources: readonly ImportedResource[]): void {
    if (resources.length === 0) return;
    new ImportBlocks(this, "imports", resources);
    this.aws.ignoreTags = [{ keys: [MANAGED_BY.name], keyPrefixes: [OWN_TAG_PREFIX] }];
  }

  /** Lets go of what another stack takes over, without deleting it. */
  forget(addresses: readonly string[]): void {
    if (addresses.length > 0) new RemovedBlocks(this, "removed", addresses);
  }
}

/** Two catalogs in one app, or one catalog twice, would have stacks of one name. */
function freeName(scope: Construct, name: string): string {
  if (scope.node.tryFindChild(name) === undefined) return name;
  const message =
    "is in this app already; give each TierStacks an environment, or a Region in its environment, of its own";
  throw new CatalogError([error(`stack "${name}"`, message)]);
}
