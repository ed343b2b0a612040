import type { DomainNameEntry } from "../vocabulary/domain-name";
import { type Attributes, stringOf } from "./attributes";
import {
  block,
  type Field,
  kept,
  list,
  optionalText,
  ResourceType,
  strings,
  text,
  type Written,
} from "./resource-type";
import { withoutReservedTags } from "./tags";

/** A custom domain name. */
export const DOMAIN_NAME = new ResourceType("aws_api_gateway_domain_name", {
  domain_name: text(),
  certificate_arn: optionalText,
  certificate_name: optionalText,
  regional_certificate_arn: optionalText,
  regional_certificate_name: optionalText,
  endpoint_configuration: block({ types: list, ip_address_type: kept(optionalText) }),
  security_policy: kept(optionalText),
  mutual_tls_authentication: block({ truststore_uri: text(), truststore_version: optionalText }),
  ownership_verification_certificate_arn: kept(optionalText),
  policy: optionalText,
  tags: strings,
});

export interface NamedDomain extends DomainNameEntry {
  readonly name: string;
}

export function encodeDomainName({ name, mutualTls, ...entry }: NamedDomain) {
  const { certificateArn, endpointType, securityPolicy, tags } = entry;
  return {
    domain_name: name,
    ...(endpointType === "EDGE" ? { certificate_arn: certificateArn } : { regional_certificate_arn: certificateArn }),
    endpoint_configuration: { types: [endpointType as string] },
    security_policy: securityPolicy as string,
    mutual_tls_authentication: mutualTls && {
      truststore_uri: mutualTls.truststoreUri,
      truststore_version: mutualTls.truststoreVersion,
    },
    ownership_verification_certificate_arn: mutualTls?.ownershipVerificationCertificateArn,
    tags: Object.keys(tags).length > 0 ? { ...tags } : undefined,
  } satisfies Written<typeof DOMAIN_NAME.fields>;
}

/** A domain name in the catalog's words; `undefined` for what the catalog does not create, such as a private name. */
export function decodeDomainName(attributes: Attributes): NamedDomain | undefined {
  const read = DOMAIN_NAME.read(attributes);
  // AWS's default.
  const { types = ["EDGE"] } = read.endpoint_configuration ?? {};
  const [endpointType] = types;
  const certificateArn = endpointType === "EDGE" ? read.certificate_arn : read.regional_certificate_arn;
  const { security_policy: securityPolicy = "TLS_1_0", mutual_tls_authentication: asked } = read;
  if (types.length !== 1 || (endpointType !== "EDGE" && endpointType !== "REGIONAL")) return undefined;
  if (certificateArn === undefined || (securityPolicy !== "TLS_1_0" && securityPolicy !== "TLS_1_2")) return undefined;
  return {
    name: read.domain_name,
    certificateArn,
    endpointType,
    securityPolicy,
    mutualTls: asked && {
      truststoreUri: asked.truststore_uri,
      truststoreVersion: asked.truststore_version,
      ownershipVerificationCertificateArn: read.ownership_verification_certificate_arn,
    },
    tags: withoutReservedTags(read.tags),
  };
}

/** The provider writes an empty base path, AWS its word for none. */
const basePath: Field<string | undefined> = {
  read: (value) => (stringOf(value) === "(none)" ? undefined : stringOf(value) || undefined),
};

/** Which stage answers under a base path of a domain name. */
export const BASE_PATH_MAPPING = new ResourceType("aws_api_gateway_base_path_mapping", {
  domain_name: text(),
  domain_name_id: optionalText,
  base_path: basePath,
  api_id: text(),
  /** Without one, the stage is the next part of the path. */
  stage_name: optionalText,
});
