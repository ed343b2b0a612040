import { isKnownLater } from "../vocabulary/schema";
import { RELEASE_VARIABLE } from "../vocabulary/stage-variables";

/** What the `uri` of an integration or an authorizer ends with where it calls a function. */
export const INVOCATIONS = "/invocations";

/** The same where it calls the alias that the stage variable names. */
export const INVOCATIONS_OF_RELEASE = `:\${stageVariables.${RELEASE_VARIABLE}}${INVOCATIONS}`;

const FUNCTIONS = "lambda:path/2015-03-31/functions/";

/**
 * The `uri` by which API Gateway calls a function.
 *
 * @param functionArn ARN of the function, with or without a version or alias; or a Terraform expression that gives it
 * @see https://docs.aws.amazon.com/apigateway/latest/api/API_PutIntegration.html — `uri` of an AWS_PROXY integration
 */
export function encodeFunctionUri(functionArn: string): string {
  // API Gateway puts stage variables in; Terraform knows the rest.
  const [, partition = "aws", , region = ""] = isKnownLater(functionArn.replaceAll(/\$\{stageVariables\.\w+\}/g, ""))
    ? ["", partOfExpression(functionArn, 1), "", partOfExpression(functionArn, 3)]
    : functionArn.split(":");
  return `arn:${partition}:apigateway:${region}:${FUNCTIONS}${functionArn}${INVOCATIONS}`;
}

const partOfExpression = (functionArn: string, position: number) =>
  `\${element(split(":", "${functionArn}"), ${position})}`;

const URI = /^arn:[a-z-]+:apigateway:[a-z0-9-]+:lambda:path\/[0-9-]+\/functions\/(.+)\/invocations$/;

/**
 * The function that API Gateway calls by a `uri`: its ARN, in which `${stageVariables.…}` may stand; `undefined` where the
 * `uri` names no function.
 */
export function decodeFunctionUri(uri: string): string | undefined {
  return URI.exec(uri)?.[1];
}

/** Whether a `uri` calls a function, of which a part may be known only after a deploy. */
export const callsFunction = (uri: string): boolean => uri.includes(":lambda:path/");

/** The name of a function in its ARN, or in anything that ends with its ARN or is its name; `undefined` where there is none. */
export function functionNameIn(text: string): string | undefined {
  return /:function:([\w-]+)/.exec(text)?.[1] ?? /^[\w-]+$/.exec(text)?.[0];
}
