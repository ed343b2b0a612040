import { ApiGatewayBasePathMapping } from "@cdktf/provider-aws/lib/api-gateway-base-path-mapping";
import { ApiGatewayDomainName } from "@cdktf/provider-aws/lib/api-gateway-domain-name";
import { Construct } from "constructs";
import { DOMAIN_NAME, encodeDomainName } from "../../contract/domain-name";
import { regionOfArn } from "../../vocabulary/certificate";
import { type DomainName, isOwnDomainName, type OwnDomainName } from "../../vocabulary/domain-name";
import { addressOf, type StageDomain } from "../../vocabulary/stage-domain";
import { config } from "./config";
import { idOf, named } from "./named";
import { regionOfStack } from "./region-of-stack";

/** A base path of a domain name, and the stage that answers there. */
export interface BasePath extends StageDomain {
  readonly restApiId: string;
  /** A name, or `stage.stageName` where the stage stands in the same stack. */
  readonly stageName: string;
}

export interface DomainNamesProps {
  readonly domainNames: readonly DomainName[];
  readonly basePaths: readonly BasePath[];
}

/** Where the DNS record of a domain name must lead. */
export interface DomainTarget {
  readonly name: string;
  readonly hostedZoneId: string;
}

/**
 * Domain names, and the base paths under them. The address of a base path says where it is, not which stage answers
 * there: one that goes from a stage to another is updated in place, and answers at every moment.
 */
export class DomainNames extends Construct {
  /** Those that are created here, by name. */
  readonly domainNames: ReadonlyMap<string, ApiGatewayDomainName>;
  /** By name and path: `"api.example.com/v1"`, `"api.example.com"` for the root. */
  readonly basePaths: ReadonlyMap<string, ApiGatewayBasePathMapping>;
  /** Of those that are created here, by name. */
  readonly targets: ReadonlyMap<string, DomainTarget>;

  constructor(scope: Construct, id: string, { domainNames, basePaths }: DomainNamesProps) {
    super(scope, id);
    const own = domainNames.filter(isOwnDomainName);
    this.domainNames = new Map(own.map((each) => [each.name, this.addName(each)]));
    this.targets = new Map(
      own.flatMap(({ name, endpointType }) => {
        const resource = this.domainNames.get(name);
        return resource ? [[name, targetOf(resource, endpointType)] as const] : [];
      }),
    );
    this.basePaths = new Map(basePaths.map((each) => [addressOf(each), this.addBasePath(each)]));
  }

  private addName(domainName: OwnDomainName): ApiGatewayDomainName {
    if (domainName.endpointType === "REGIONAL")
      this.node.addValidation({ validate: () => this.problemsOfRegion(domainName) });
    return named(ApiGatewayDomainName, this, idOf("domain-name", domainName.name), {
      ...config(DOMAIN_NAME, encodeDomainName(domainName)),
    });
  }

  private addBasePath({ name, basePath, restApiId, stageName }: BasePath): ApiGatewayBasePathMapping {
    return named(ApiGatewayBasePathMapping, this, idOf("base-path", name, basePath ?? ""), {
      domainName: this.domainNames.get(name)?.domainName ?? name,
      basePath,
      apiId: restApiId,
      stageName,
    });
  }

  /** AWS takes a certificate of the APIs' own Region alone; that Region is known here only if the stack says it. */
  private problemsOfRegion({ name, certificateArn }: OwnDomainName): string[] {
    const here = regionOfStack(this);
    const there = regionOfArn(certificateArn);
    if (here === undefined || there === undefined || there === here) return [];
    return [`the certificate of "${name}" is in ${there}, but the name is in ${here}; request one there`];
  }
}

const targetOf = (name: ApiGatewayDomainName, endpointType: OwnDomainName["endpointType"]): DomainTarget =>
  endpointType === "EDGE"
    ? { name: name.cloudfrontDomainName, hostedZoneId: name.cloudfrontZoneId }
    : { name: name.regionalDomainName, hostedZoneId: name.regionalZoneId };
