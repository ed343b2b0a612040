import { outputNames } from "../../contract/output-names";
import type { OwnApi } from "../../vocabulary/api";
import type { ApiDefinition } from "../constructs/api-definition";
import type { ApiRelease } from "../constructs/api-release";
import type { TierStack } from "./tier-stack";

/** What the releases and `access` read of a definition; all of it, so that a new stage needs no deploy of the definition. */
export function shareDefinition(stack: TierStack, api: OwnApi, { restApi, functions }: ApiDefinition): void {
  stack.share(outputNames.restApiId, restApi, "id", `REST API of API ${api.id}.`);
  stack.share(outputNames.executionArn, restApi, "execution_arn", "Begins the ARNs of the API's methods.");
  for (const [handler, { function: published }] of functions)
    stack.share(outputNames.functionVersion(handler), published, "version", `Last version of handler ${handler}.`);
}

/** What is needed outside of a release: where it answers, and where logs are. */
export function shareRelease(stack: TierStack, { stage, accessLog }: ApiRelease, answers: string): void {
  stack.share(outputNames.invokeUrl, stage, "invoke_url", answers);
  const logGroup = accessLog?.logGroup;
  if (logGroup)
    stack.share(outputNames.accessLogGroup, logGroup, "name", "Log group with a line of JSON for each request.");
}
