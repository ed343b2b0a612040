import type {
  APIGatewayEventIdentity,
  APIGatewayProxyEvent,
  APIGatewayRequestAuthorizerEvent,
  APIGatewayTokenAuthorizerEvent,
} from "aws-lambda";
import type { requestAuthorizerEvent, tokenEvent } from "../../src/gateway/authorizers/lambda-authorizers";
import type { lambdaProxyEvent } from "../../src/gateway/integrations/lambda-proxy";

/** AWS was recorded to leave these out where there is nothing to say, and the types want them. */
type Absent = "apiKey" | "apiKeyId" | "clientCert";
type WithoutAbsent<Event extends { requestContext: { identity: APIGatewayEventIdentity; authorizer: unknown } }> = Omit<
  Event,
  "requestContext"
> & {
  requestContext: Omit<Event["requestContext"], "identity" | "authorizer"> & {
    identity: Omit<APIGatewayEventIdentity, Absent> & Partial<Pick<APIGatewayEventIdentity, Absent>>;
    authorizer?: Event["requestContext"]["authorizer"];
  };
};

/** A handler can read what the types promise (`extends`), and no field has a name that the types do not have (`never`). */
type Fits<Made extends Expected, Expected> = Exclude<keyof Made, keyof Expected>;
const none = (_: never) => {};

test("events have the types of @types/aws-lambda, which the compiler checks", () => {
  const neverRun = (
    proxy: Fits<ReturnType<typeof lambdaProxyEvent>, WithoutAbsent<APIGatewayProxyEvent>>,
    request: Fits<ReturnType<typeof requestAuthorizerEvent>, WithoutAbsent<APIGatewayRequestAuthorizerEvent>>,
    token: Fits<ReturnType<typeof tokenEvent>, APIGatewayTokenAuthorizerEvent>,
  ) => {
    none(proxy);
    none(request);
    none(token);
  };
  expect(typeof neverRun).toBe("function");
});
