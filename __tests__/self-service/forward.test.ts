import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { handler } from "../../src/self-service";
import { awsAt } from "../support/aws-at";

/** Lambda as the SDK calls it: what was invoked, and what it answers. */
let lambda: Server;
let invoked: { readonly path: string; readonly payload: unknown }[] = [];
let answer: { readonly payload: string; readonly error?: string };
const environment = process.env;

beforeEach(async () => {
  invoked = [];
  lambda = createServer((request, response) => {
    const body: Buffer[] = [];
    request.on("data", (part) => body.push(part));
    request.on("end", () => {
      invoked.push({ path: request.url ?? "", payload: JSON.parse(Buffer.concat(body).toString()) });
      response.writeHead(200, answer.error === undefined ? {} : { "X-Amz-Function-Error": answer.error });
      response.end(answer.payload);
    });
  });
  await new Promise<void>((listening) => lambda.listen(0, "127.0.0.1", listening));
  process.env = {
    ...environment,
    ...awsAt((lambda.address() as AddressInfo).port),
    SELF_SERVICE_FUNCTION: "api-tiers-self-service",
  };
});
afterEach(async () => {
  process.env = environment;
  await new Promise((closed) => lambda.close(closed));
});

const request = {
  httpMethod: "PUT",
  path: "/subscriptions/acme",
  pathParameters: { subscription: "acme" },
  headers: { "Idempotency-Key": "r1" },
  body: '{"tier":"free","customer":"Acme Inc"}',
  isBase64Encoded: false,
};

test("the function of an API passes a request on to the service, and answers what the service answers", async () => {
  const given = { statusCode: 200, headers: { "Cache-Control": "no-store" }, body: '{"tier":"free"}' };
  answer = { payload: JSON.stringify(given) };
  // What else API Gateway adds, such as the caller's credentials, does not leave the function.
  expect(await handler({ ...request, requestContext: { identity: { apiKey: "seen-by-nobody" } } } as never)).toEqual(
    given,
  );
  expect(invoked).toEqual([{ path: "/2015-03-31/functions/api-tiers-self-service/invocations", payload: request }]);
});

test("what the service throws is in its own log, and not in the answer", async () => {
  answer = { payload: '{"errorMessage":"of the service alone"}', error: "Unhandled" };
  await expect(handler(request as never)).rejects.toThrow("the function api-tiers-self-service failed; see its log");
});
