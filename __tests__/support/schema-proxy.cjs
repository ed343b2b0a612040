// Stands between Terraform and the AWS provider, and leaves out of the provider's schema what no test uses: the whole schema, of
// 1,700 types of resources, takes each command of Terraform seconds to read. All other calls pass as they come. A test that
// uses a type that is not named here fails with "The provider hashicorp/aws does not support resource type".
//
// node schema-proxy.cjs <socket of the provider> <socket to listen at>
const http2 = require("node:http2");
const { connect } = require("node:net");

const [upstream, own] = process.argv.slice(2);
const USED =
  /^aws_(api_gateway_|lambda_|iam_|cloudwatch_|ssm_parameter|secretsmanager_|s3_|acm_|route53_|wafv2_web_acl_association|sqs_|sns_|sfn_|dynamodb_|scheduler_|cognito_|kms_|caller_identity|region|partition|vpc|subnet|security_group|lb|instance|default_tags)/;
const SCHEMA = "/tfplugin5.Provider/GetSchema";

const provider = http2.connect("http://provider", {
  createConnection: () => connect(upstream),
  settings: { maxFrameSize: 2 ** 24 - 1, initialWindowSize: 2 ** 30 },
});
provider.on("error", () => process.exit());
provider.on("close", () => process.exit());

/** The answer to `SCHEMA` as a gRPC message; asked for once. */
let schema;

const server = http2.createServer({ settings: { initialWindowSize: 2 ** 30 } });
server.on("session", (session) => session.on("error", () => {}));
server.on("stream", (stream, headers) => {
  stream.on("error", () => {});
  if (headers[":path"] === SCHEMA) return answerSchema(stream, headers);
  const request = forward(headers);
  stream.pipe(request);
  stream.on("close", () => request.close());
  let trailers = {};
  stream.on("wantTrailers", () => stream.sendTrailers(trailers));
  request.on("response", (answer, flags) => {
    // An error of gRPC comes without a body: its headers are its trailers.
    const ends = (flags & http2.constants.NGHTTP2_FLAG_END_STREAM) !== 0;
    stream.respond(withoutPseudo(answer), ends ? { endStream: true } : { waitForTrailers: true });
    if (!ends) request.pipe(stream);
  });
  request.on("trailers", (given) => {
    trailers = withoutPseudo(given);
  });
});
server.listen(own);

function forward(headers) {
  const request = provider.request({ ...withoutPseudo(headers), ":method": "POST", ":path": headers[":path"] });
  request.on("error", () => {});
  return request;
}

const withoutPseudo = (headers) =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !name.startsWith(":") || name === ":status"));

async function answerSchema(stream, headers) {
  stream.resume();
  schema ??= fetchSchema(headers);
  const message = await schema;
  stream.on("wantTrailers", () => stream.sendTrailers({ "grpc-status": "0" }));
  stream.respond({ ":status": 200, "content-type": "application/grpc" }, { waitForTrailers: true });
  stream.end(message);
}

function fetchSchema(headers) {
  const request = forward(headers);
  request.end(Buffer.alloc(5));
  const chunks = [];
  request.on("data", (chunk) => chunks.push(chunk));
  return new Promise((resolve) => request.on("end", () => resolve(framed(filtered(messageOf(Buffer.concat(chunks)))))));
}

/** The message of an answer. One that failed has none, and must not become an empty schema. */
function messageOf(answer) {
  const isWhole = answer.length > 5 && answer[0] === 0 && answer.readUInt32BE(1) === answer.length - 5;
  if (!isWhole) throw new Error("the provider gave no schema that can be read");
  return answer.subarray(5);
}

/** A message as gRPC sends it: a byte that says it is not compressed, and its length. */
function framed(message) {
  const head = Buffer.alloc(5);
  head.writeUInt32BE(message.length, 1);
  return Buffer.concat([head, message]);
}

/** The message without the entries of maps (fields of entries whose first field is a name) that are not used. */
function filtered(message) {
  const kept = [];
  for (let at = 0; at < message.length; ) {
    const start = at;
    const [tag, afterTag] = varint(message, at);
    if ((tag & 7) !== 2) throw new Error(`a field of wire type ${tag & 7} in the provider's schema`);
    const [length, body] = varint(message, afterTag);
    at = body + length;
    const name = entryName(message.subarray(body, at));
    if (name === undefined || !name.startsWith("aws_") || USED.test(name)) kept.push(message.subarray(start, at));
  }
  return Buffer.concat(kept);
}

function entryName(entry) {
  if (entry[0] !== 0x0a) return undefined;
  const [length, start] = varint(entry, 1);
  return entry.subarray(start, start + length).toString("latin1");
}

function varint(bytes, from) {
  let value = 0;
  for (let at = from, shift = 0; ; at += 1, shift += 7) {
    value += (bytes[at] & 0x7f) * 2 ** shift;
    if ((bytes[at] & 0x80) === 0) return [value, at + 1];
  }
}
