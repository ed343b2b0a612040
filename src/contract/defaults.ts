import { DEFAULT_LIMITS } from "../vocabulary/aws-limits";

/**
 * What AWS, or its Terraform provider, takes where an attribute is left out. What a concept of the catalog fills in itself
 * (an authorizer's TTL, a gateway response's template) stands in the concept's file.
 */

/**
 * Milliseconds that API Gateway waits for an integration or an authorizer.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html
 */
export const INTEGRATION_TIMEOUT_MILLISECONDS = DEFAULT_LIMITS.integrationTimeoutMilliseconds;

/** What the provider sends as a description, of an API, a key, a usage plan or a model. */
export const DEFAULT_DESCRIPTION = "Managed by Terraform";

/**
 * What becomes of a body for which an integration has no mapping template.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/api/API_PutIntegration.html — `passthroughBehavior`
 */
export const DEFAULT_PASSTHROUGH_BEHAVIOR = "WHEN_NO_MATCH";

/**
 * Seconds after which a function is ended, and its memory in megabytes.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html — `Timeout`, `MemorySize`
 */
export const FUNCTION_DEFAULTS = { timeoutSeconds: 3, memorySize: 128 } as const;
