/** Something of a resource that the catalog does not support. */
export interface Unsupported {
  readonly kind: UnsupportedKind;
  /** Terraform's type and attribute, or the type alone. */
  readonly resource: string;
  readonly attribute: string | undefined;
  readonly value: unknown;
}

export type UnsupportedKind =
  /** The attribute is not what the catalog would write; everything else is. */
  | "attribute"
  /** A mapping template or a mapped header, where the catalog has fixed JSON and fixed headers. */
  | "mapping"
  | "no-integration"
  | "integration-type"
  /** The VPC link is none of the API's. */
  | "private-integration"
  | "function-by-stage-variable"
  | "no-function"
  | "not-a-url"
  /** A non-proxy integration has no answers, so AWS answers 500. */
  | "no-answers"
  /** The method declares no response of that status. */
  | "undeclared-status"
  | "authorizer-type"
  /** A method asks an authorizer that the catalog does not support; the entry says that it asks nobody. */
  | "authorization"
  | "response-type"
  | "policy";

/** What attributes say, in the catalog's words. */
export interface Decoded<Entry> {
  /** `undefined` where the catalog supports nothing of the kind. */
  readonly entry: Entry | undefined;
  readonly unsupported: readonly Unsupported[];
}

/** What cannot be decoded at all. */
export const refused = <Entry>(
  kind: UnsupportedKind,
  resource: string,
  attribute: string | undefined,
  value: unknown,
): Decoded<Entry> => ({ entry: undefined, unsupported: [{ kind, resource, attribute, value }] });
