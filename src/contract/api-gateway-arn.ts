/** The Region of `arn:aws:apigateway:eu-west-1::/usageplans/a1b2c3`; `undefined` for an ARN of another service. */
export const regionOfApiGatewayArn = (arn: string): string | undefined =>
  /^arn:[^:]*:apigateway:([a-z0-9-]+):/.exec(arn)?.[1];
