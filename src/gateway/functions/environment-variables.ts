import { randomUUID } from "node:crypto";
import { devNull } from "node:os";
import type { FunctionModel } from "../../model/model";

/**
 * All environment variables of an execution environment: those that the function is configured with, and those that
 * Lambda sets. Nothing of the developer's own comes along but `PATH`, and what Windows needs to start a process.
 *
 * @param root folder with the function's code
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime
 */
export function environmentVariables(
  { name, handler, runtime, memorySize, environment }: FunctionModel,
  root: string,
  region: string,
): Record<string, string> {
  const { PATH = "", SystemRoot } = process.env;
  return {
    PATH,
    ...(SystemRoot === undefined ? {} : { SystemRoot }),
    LANG: "en_US.UTF-8",
    // The SDK must not find the developer's credentials in files, nor wait for those of a machine on AWS.
    AWS_CONFIG_FILE: devNull,
    AWS_SHARED_CREDENTIALS_FILE: devNull,
    AWS_EC2_METADATA_DISABLED: "true",
    ...environment,
    _HANDLER: handler,
    AWS_DEFAULT_REGION: region,
    AWS_EXECUTION_ENV: `AWS_Lambda_${runtime}`,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memorySize),
    AWS_LAMBDA_FUNCTION_NAME: name,
    AWS_LAMBDA_FUNCTION_VERSION: "$LATEST",
    AWS_LAMBDA_INITIALIZATION_TYPE: "on-demand",
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${name}`,
    AWS_LAMBDA_LOG_STREAM_NAME: `[$LATEST]${randomUUID().replaceAll("-", "")}`,
    AWS_REGION: region,
    LAMBDA_TASK_ROOT: root,
    TZ: ":UTC",
  };
}
