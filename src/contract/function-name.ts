/** Name in AWS of the function of an API's handler; its log group and its role are named after it. */
export const functionName = (api: string, handler: string): string => `${api}-${handler}`;
