import { type Attributes, stringOf } from "../../contract/attributes";
import { GATEWAY_RESPONSE } from "../../contract/gateway-response";
import { REST_API } from "../../contract/rest-api";
import { DocumentFiles, type DocumentNode } from "../../document/document";
import { EXTENSIONS, gatewayResponseAttributes } from "../../document/extensions";
import { UnreadableFile } from "../../document/source-file";
import { canonicalJson } from "../../text/canonical-json";
import { isObject } from "../../vocabulary/objects";
import { isKnown, readable, type TerraformResource } from "../terraform-resource";
import { BodyModels } from "./models";
import { addOperations } from "./operations";
import { PartFactory } from "./part-factory";
import { type BodyProblem, Problems, placeIn } from "./problems";
import { BodySecurity } from "./security";
import { BodyValidators } from "./validators";

/** What the body of an API says. */
export interface ReadBody {
  /** Resources as Terraform would write them one by one; `undefined` where the body cannot be read at all. */
  readonly parts: readonly TerraformResource[] | undefined;
  /** Attributes of the API for which Terraform gives no value. */
  readonly attributes: Attributes;
  readonly problems: readonly BodyProblem[];
}

/**
 * Reads the body of a REST API, an OpenAPI document with AWS's extensions, into the parts that API Gateway makes of it.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/api/API_PutRestApi.html
 */
export function readBody(api: TerraformResource): ReadBody {
  const { body = "", parameters } = REST_API.read(api.attributes);
  if (!isKnown(body) && !/^\s*[{]|^\s*["']?openapi/.test(body))
    return unread({ kind: "unknown", value: readable(body) });
  let root: DocumentNode;
  try {
    root = new DocumentFiles().rootOfText(body, "body");
  } catch (cause) {
    if (!(cause instanceof UnreadableFile)) throw cause;
    return unread(isKnown(body) ? { kind: "unreadable", why: cause.message } : { kind: "unknown", value: "" });
  }
  const { openapi, swagger } = isObject(root.value) ? root.value : {};
  if (swagger !== undefined) return unread({ kind: "version", version: `Swagger ${stringOf(swagger)}` });
  if (!/^3\.[01](\.|$)/.test(stringOf(openapi)))
    return unread({ kind: "version", version: `OpenAPI ${stringOf(openapi)}` });
  const problems = new Problems();
  const { basepath = "ignore" } = parameters;
  if (basepath !== "ignore" && hasBasePath(root)) problems.add({ kind: "base-path", mode: basepath });
  for (const node of root.children())
    if (node.name.startsWith("x-amazon-apigateway-") && !READ.includes(node.name))
      problems.add({ kind: "extension", place: placeIn(node) });
  const parts = new PartFactory(api);
  const security = new BodySecurity(root, parts, problems);
  const validators = new BodyValidators(root, parts, problems);
  const models = new BodyModels(root, parts, problems);
  addOperations(root, parts, { security, validators, models }, problems);
  for (const { name, value } of root.child(EXTENSIONS.gatewayResponses)?.children() ?? [])
    parts.add(
      GATEWAY_RESPONSE.type,
      `gateway response ${name}`,
      gatewayResponseAttributes(name, isObject(value) ? value : {}),
    );
  return { parts: parts.parts, attributes: attributesOf(root), problems: distinct(problems.all) };
}

const unread = (problem: BodyProblem): ReadBody => ({ parts: undefined, attributes: {}, problems: [problem] });

const distinct = (problems: readonly BodyProblem[]): BodyProblem[] => [
  ...new Map(problems.map((each) => [canonicalJson(each), each])).values(),
];

/** Extensions at the root that are read, and those that only describe. */
const READ: readonly string[] = [
  EXTENSIONS.binaryMediaTypes,
  EXTENSIONS.endpointConfiguration,
  EXTENSIONS.gatewayResponses,
  EXTENSIONS.keySource,
  EXTENSIONS.minimumCompressionSize,
  EXTENSIONS.policy,
  EXTENSIONS.requestValidator,
  EXTENSIONS.requestValidators,
  "x-amazon-apigateway-documentation",
];

function hasBasePath(root: DocumentNode): boolean {
  return (root.child("servers")?.children() ?? []).some((server) => {
    const [, path] = /^(?:https?:\/\/[^/]*)?\/?(.*?)\/?$/.exec(stringOf(server.child("url")?.value)) ?? [];
    return path !== "";
  });
}

function attributesOf(root: DocumentNode): Attributes {
  const of = (name: string) => root.child(name)?.value;
  const info = root.child("info")?.value;
  const endpoint = of(EXTENSIONS.endpointConfiguration);
  const policy = of(EXTENSIONS.policy);
  const { disableExecuteApiEndpoint, vpcEndpointIds, types } = isObject(endpoint) ? endpoint : {};
  const { title, description } = isObject(info) ? info : {};
  return Object.fromEntries(
    Object.entries({
      name: title,
      description,
      api_key_source: of(EXTENSIONS.keySource),
      binary_media_types: of(EXTENSIONS.binaryMediaTypes),
      minimum_compression_size: of(EXTENSIONS.minimumCompressionSize),
      policy: policy === undefined ? undefined : JSON.stringify(policy),
      disable_execute_api_endpoint: disableExecuteApiEndpoint,
      endpoint_configuration:
        types === undefined && vpcEndpointIds === undefined ? undefined : [{ types, vpc_endpoint_ids: vpcEndpointIds }],
    }).filter(([, value]) => value !== undefined),
  );
}
