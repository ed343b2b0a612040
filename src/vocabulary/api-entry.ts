import type { EndpointType } from "./endpoint";
import { withoutDefaults } from "./left-out";
import type { Tags } from "./tags";

/** What an API says of itself alone, checked: without its name and what belongs to it. */
export interface ApiEntry {
  readonly description: string;
  readonly endpointType: EndpointType;
  /** Sorted; `undefined` for those that the API has in AWS. */
  readonly vpcEndpointIds: readonly string[] | undefined;
  readonly keySource: "HEADER" | "AUTHORIZER";
  /** `undefined` for those that the API has in AWS. */
  readonly binaryMediaTypes: readonly string[] | undefined;
  /** Bytes; `undefined` for what the API has in AWS. */
  readonly minimumCompressionSize: number | undefined;
  /** `undefined` for what the API has in AWS. */
  readonly disableExecuteApiEndpoint: boolean | undefined;
  readonly policy: Readonly<Record<string, unknown>> | undefined;
  readonly tags: Tags;
}

/** What stands in the place of what is left out. */
export const API_DEFAULTS: ApiEntry = {
  description: "",
  endpointType: "REGIONAL",
  vpcEndpointIds: undefined,
  keySource: "HEADER",
  binaryMediaTypes: undefined,
  minimumCompressionSize: undefined,
  disableExecuteApiEndpoint: undefined,
  policy: undefined,
  tags: {},
};

/** What an API says of itself as a person writes it: what is left out means the same. */
export const writtenApi = (entry: ApiEntry): Partial<ApiEntry> => withoutDefaults(entry, API_DEFAULTS);
