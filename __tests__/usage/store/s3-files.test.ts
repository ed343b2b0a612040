import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { S3Files } from "../../../src/usage/store/s3-files";
import { awsAt } from "../../support/aws-at";

/** A bucket that answers all requests alike. */
let server: Server;
let answer: { readonly status: number; readonly code: string };
const asked: string[] = [];
const before = { ...process.env };

beforeAll(async () => {
  server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url?.split("?")[0]} ${request.headers["if-match"] ?? "-"}`);
    request.resume().on("end", () => {
      response.writeHead(answer.status, { "content-type": "application/xml" });
      response.end(answer.code && `<Error><Code>${answer.code}</Code><Message>no</Message></Error>`);
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  Object.assign(process.env, awsAt((server.address() as AddressInfo).port), { AWS_MAX_ATTEMPTS: "1" });
});
afterAll(async () => {
  process.env = before;
  server.closeAllConnections();
  server.close();
  await once(server, "close");
});

const bucket = () => S3Files.connect({ bucket: "b", prefix: "usage/" }, "s3://b/usage/");

test.each([
  [200, "", true],
  [404, "NoSuchKey", false],
  [409, "ConditionalRequestConflict", false],
  [412, "PreconditionFailed", false],
])("a file is written unless another write was first: AWS's answer %i %s", async (status, code, isWritten) => {
  answer = { status, code };
  await expect((await bucket()).write("day.json", "{}", '"1"')).resolves.toBe(isWritten);
  expect(asked.at(-1)).toBe('PUT /b/usage/day.json "1"');
});

test.each([
  [403, "AccessDenied", /allow s3:GetObject, s3:PutObject and s3:ListBucket/],
  [410, "Gone", /see what AWS says/],
])("any other refusal is an error that says what to do: %i %s", async (status, code, remedy) => {
  answer = { status, code };
  const files = await bucket();
  await expect(files.write("day.json", "{}", '"1"')).rejects.toThrow(remedy);
  await expect(files.read("day.json")).rejects.toThrow(/^s3:\/\/b\/usage\/day\.json cannot be read: /);
});

test("a file that is not there is none", async () => {
  answer = { status: 404, code: "NoSuchKey" };
  await expect((await bucket()).read("day.json")).resolves.toBeUndefined();
});
