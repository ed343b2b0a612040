import type { Action, ResourceChange } from "../../src/model/resource-changes";
import { applySeconds } from "../../src/review/apply-duration";

const changes = (count: number, action: Action, type: string, stack = "access"): ResourceChange[] =>
  Array.from({ length: count }, (_, index) => ({
    stack,
    address: `${type}.${index}`,
    previousAddress: undefined,
    type,
    action,
    replacedFor: [],
    imported: false,
    before: action === "create" ? undefined : {},
    after: action === "delete" ? undefined : {},
    changedAttributes: [],
    unknownAttributes: [],
    sensitiveAttributes: [],
  }));

/** @see https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html */
test.each<[string, ResourceChange[], number]>([
  ["nothing to apply takes no time", changes(5_000, "none", "aws_api_gateway_api_key"), 0],
  ["1,000 keys at 5 a second", changes(1_000, "create", "aws_api_gateway_api_key"), 200],
  ["3 changed usage plans, one in 20 seconds", changes(3, "update", "aws_api_gateway_usage_plan"), 60],
  ["1,000 plan keys at 10 requests a second", changes(1_000, "create", "aws_api_gateway_usage_plan_key"), 100],
  ["a replaced plan key is looked at, deleted and made", changes(10, "replace", "aws_api_gateway_usage_plan_key"), 3],
  [
    "one change in a state of 4,000 is a look at each",
    [...changes(4_000, "none", "aws_api_gateway_api_key"), ...changes(1, "delete", "aws_api_gateway_usage_plan_key")],
    401,
  ],
  [
    "two stacks, one after the other",
    [
      ...changes(2, "create", "aws_api_gateway_deployment", "pets-prod"),
      ...changes(1, "create", "aws_api_gateway_deployment", "pets-test"),
    ],
    15,
  ],
  ["other services are not counted", changes(500, "create", "aws_ssm_parameter"), 0],
])("%s", (_, planned, seconds) => {
  expect(applySeconds(planned)).toBe(seconds);
});
