import { z } from "zod";
import { isKnownLater, wrong } from "./schema";

const ENDPOINT_TYPES = ["REGIONAL", "EDGE", "PRIVATE"] as const;

/** From where clients reach an API. */
export type EndpointType = (typeof ENDPOINT_TYPES)[number];

export const endpointType = z.enum(ENDPOINT_TYPES, { error: wrong("must be REGIONAL, EDGE or PRIVATE") });

const WRONG_ID = { error: wrong("must be the id of a VPC endpoint, such as vpce-0123456789abcdef0") };
const WRONG_LIST = { error: wrong("must be a list of VPC endpoints, at least one", "leave it out for none") };

export const vpcEndpointIds = z
  .array(
    z.string(WRONG_ID).refine((id) => isKnownLater(id) || /^vpce-[0-9a-f]{8,17}$/.test(id), WRONG_ID),
    WRONG_LIST,
  )
  .min(1, WRONG_LIST)
  .refine((ids) => new Set(ids).size === ids.length, { error: wrong("must name each endpoint once") });
