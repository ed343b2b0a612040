import { ApiGatewayBasePathMapping } from "@cdktf/provider-aws/lib/api-gateway-base-path-mapping";
import { ApiGatewayDomainName } from "@cdktf/provider-aws/lib/api-gateway-domain-name";
import type { ApiGatewayStage } from "@cdktf/provider-aws/lib/api-gateway-stage";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { TerraformStack, Token } from "cdktf";
import { Construct } from "constructs";
import { regionOfArn, type StageDomain } from "../../vocabulary/stage-domain";
import { named } from "./named";

export interface StageDomainNameProps {
  readonly stage: ApiGatewayStage;
  readonly endpointType: "REGIONAL" | "EDGE";
  readonly domain: StageDomain;
}

/** A domain name under which a stage answers: the name itself, where it is created here, and the path that leads on. */
export class StageDomainName extends Construct {
  /** Only where the name is created here. */
  readonly domainName: ApiGatewayDomainName | undefined;
  readonly mapping: ApiGatewayBasePathMapping;
  private readonly edge: boolean;

  constructor(scope: Construct, id: string, { stage, endpointType, domain }: StageDomainNameProps) {
    super(scope, id);
    this.edge = endpointType === "EDGE";
    const { name, certificateArn, basePath } = domain;
    this.domainName = certificateArn === undefined ? undefined : this.addName(domain, certificateArn);
    this.mapping = named(ApiGatewayBasePathMapping, this, "mapping", {
      domainName: this.domainName?.domainName ?? name,
      basePath,
      apiId: stage.restApiId,
      // The reference: a stage that is replaced gets the mapping before the old one goes, which AWS refuses to delete
      // while a mapping leads to it.
      stageName: stage.stageName,
      // Only another name replaces it, and the new name should answer before the old one is gone. Then nothing collides.
      lifecycle: { createBeforeDestroy: true },
    });
  }

  /** Where the name's DNS record must lead; only where the name is created here. */
  get target(): { readonly name: string; readonly hostedZoneId: string } | undefined {
    if (!this.domainName) return undefined;
    return this.edge
      ? { name: this.domainName.cloudfrontDomainName, hostedZoneId: this.domainName.cloudfrontZoneId }
      : { name: this.domainName.regionalDomainName, hostedZoneId: this.domainName.regionalZoneId };
  }

  private addName({ name, securityPolicy }: StageDomain, certificateArn: string): ApiGatewayDomainName {
    if (!this.edge) this.node.addValidation({ validate: () => this.problemsOfRegion(certificateArn) });
    return named(ApiGatewayDomainName, this, "domain-name", {
      domainName: name,
      endpointConfiguration: { types: [this.edge ? "EDGE" : "REGIONAL"] },
      ...(this.edge ? { certificateArn } : { regionalCertificateArn: certificateArn }),
      securityPolicy: securityPolicy ?? "TLS_1_2",
      lifecycle: { createBeforeDestroy: true },
    });
  }

  /** AWS takes a certificate of the API's own Region alone; that Region is known here only if the stack says it. */
  private problemsOfRegion(certificateArn: string): string[] {
    const providers = TerraformStack.of(this)
      .node.findAll()
      .filter((construct): construct is AwsProvider => construct instanceof AwsProvider);
    const here = providers.length === 1 ? providers[0]?.region : undefined;
    const there = regionOfArn(certificateArn);
    if (here === undefined || Token.isUnresolved(here) || there === undefined || there === here) return [];
    return [`the certificate is in ${there}, but the stage is in ${here}; request one there`];
  }
}
