import { INTEGRATION } from "../contract/integration";
import { INTEGRATION_RESPONSE } from "../contract/mock";
import { HTTP_METHODS, type HttpMethod } from "../vocabulary/route";
import { fixedHeaders } from "./fixed-headers";
import { cannotCall, functionCalledBy } from "./functions";
import type { IntegrationModel, MockResponse } from "./model";
import type { ResourceIndex } from "./resource-index";
import { isKnown, readable, type TerraformResource } from "./terraform-resource";
import type { UnsupportedCall } from "./unsupported";

/** What is behind a method. */
export function integrationOf(
  method: TerraformResource,
  [resource]: readonly TerraformResource[],
  answers: readonly TerraformResource[],
  index: ResourceIndex,
): IntegrationModel {
  const other = (at: TerraformResource, because: UnsupportedCall): IntegrationModel => {
    index.leaveOut(at, { kind: "integration", because });
    return cannotCall(because);
  };
  if (!resource) return other(method, { kind: "no-integration" });
  const integration = INTEGRATION.read(resource.attributes);
  const { type, uri: url = "", timeout_milliseconds: timeoutMilliseconds } = integration;
  switch (type) {
    case "MOCK":
      return {
        type: "mock",
        requestTemplates: integration.request_templates,
        passthroughBehavior: passthroughOf(integration.passthrough_behavior),
        responses: answers.map((each) => mockResponse(each, index)),
      };
    case "HTTP_PROXY":
      if (integration.connection_type === "VPC_LINK") return other(resource, { kind: "vpc-link" });
      if (!isKnown(url)) return other(resource, { kind: "unknown-url", url: readable(url) });
      return {
        type: "http",
        url,
        method: httpMethodOf(integration.integration_http_method),
        requestParameters: integration.request_parameters,
        timeoutMilliseconds,
      };
    case "AWS_PROXY": {
      const called = functionCalledBy(url, index);
      if ("because" in called) return other(resource, called.because);
      return { type: "lambda", function: called, timeoutMilliseconds };
    }
    default:
      return other(resource, { kind: "integration-type", type });
  }
}

const passthroughOf = (value: string) => (value === "NEVER" || value === "WHEN_NO_TEMPLATES" ? value : "WHEN_NO_MATCH");

const httpMethodOf = (value: string | undefined): HttpMethod | undefined =>
  HTTP_METHODS.find((known) => known === value && known !== "ANY");

function mockResponse(resource: TerraformResource, index: ResourceIndex): MockResponse {
  const answer = INTEGRATION_RESPONSE.read(resource.attributes);
  return {
    statusCode: Number(answer.status_code),
    selectionPattern: answer.selection_pattern,
    headers: fixedHeaders("method.response", answer.response_parameters, resource, index),
    templates: answer.response_templates,
  };
}
