import { decodeGatewayResponse, GATEWAY_RESPONSE } from "../contract/gateway-response";
import { decodeRestApi } from "../contract/rest-api";
import type { ApiDocument } from "../document/api-document";
import { apiAttributes, endpointNodes } from "../document/api-settings";
import type { DocumentNode } from "../document/document";
import { EXTENSIONS, gatewayResponseAttributes } from "../document/extensions";
import { show } from "../text/show";
import type { ApiSettings } from "../vocabulary/api";
import { type GatewayResponse, gatewayResponsesSchema, writtenResponse } from "../vocabulary/gateway-response";
import { isObject } from "../vocabulary/objects";
import { at, readEntry } from "../vocabulary/read-entry";
import type { LeftOpen } from "./left-open";
import type { Remarks } from "./remarks";
import { TIERS_HEADING } from "./tier-description";
import type { WordReader } from "./word-reader";

interface Readers {
  readonly words: WordReader;
  readonly leftOpen: LeftOpen;
}

/** What a document says of its API itself, without its routes and who is asked. */
export function settingsOf(document: ApiDocument, readers: Readers, remarks: Remarks) {
  const { root } = document;
  readers.words.read(root.child("info"), "info");
  for (const endpoint of endpointNodes(document)) {
    readers.words.read(endpoint, "endpoint");
    readers.leftOpen.refuse(endpoint);
  }
  readers.leftOpen.refuse(root.child(EXTENSIONS.binaryMediaTypes));
  const attributes = apiAttributes(document);
  const { entry, endpointTypes } = decodeRestApi(attributes);
  const [type, ...others] = endpointTypes;
  const isSaid = endpointNodes(document).some((node) => node.child("types") !== undefined);
  if (isSaid && (others.length > 0 || !["EDGE", "REGIONAL", "PRIVATE"].includes(type ?? "")))
    remarks.error(
      endpointNodes(document)[0] ?? root,
      `has the endpoint types ${show(endpointTypes)}, and an API has one of EDGE, REGIONAL and PRIVATE; write one`,
    );
  const { vpcEndpointIds, binaryMediaTypes, minimumCompressionSize, disableExecuteApiEndpoint } = entry;
  const policy = policyOf(root.child(EXTENSIONS.policy), readers.leftOpen, remarks);
  return defined({
    ...infoOf(root),
    endpointType: isSaid ? entry.endpointType : undefined,
    vpcEndpointIds,
    binaryMediaTypes,
    minimumCompressionSize,
    disableExecuteApiEndpoint,
    policy,
  } satisfies Partial<ApiSettings>);
}

const defined = <Values extends object>(values: Values): Values =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Values;

/** What the document calls the API. */
function infoOf(root: DocumentNode): { readonly name: string; readonly description: string | undefined } {
  const [title, about] = ["title", "description"].map((word) => root.child("info")?.child(word)?.value);
  // A document of our own says there what its tiers are.
  const [own = ""] = typeof about === "string" ? about.split(TIERS_HEADING) : [];
  return {
    name: typeof title === "string" && title !== "" ? title : "api",
    description: own.trim() === "" ? undefined : own.trim(),
  };
}

const OF_AN_API = /^arn:[^:]*:execute-api:[^:]*:[^:]*:([^/:*]+)(\/.*)?$/;

/** A policy names the API that it protects by its id, and the catalog's will have another: AWS's short form is for each. */
function policyOf(node: DocumentNode | undefined, leftOpen: LeftOpen, remarks: Remarks): ApiSettings["policy"] {
  if (!node) return undefined;
  leftOpen.refuseInPolicy(node);
  if (!isObject(node.value)) {
    remarks.error(node, `must be a policy document, got ${show(node.value)}`);
    return undefined;
  }
  const visit = (value: unknown, name: string): unknown => {
    if (Array.isArray(value)) return value.map((each) => visit(each, name));
    if (isObject(value)) return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, visit(each, key)]));
    const [, id, path = "/*"] = ["Resource", "NotResource"].includes(name) ? (OF_AN_API.exec(String(value)) ?? []) : [];
    if (id === undefined) return value;
    remarks.notice(
      node,
      `names the API ${show(id)}, and the catalog's API has another id; each such resource is taken as execute-api:/…, which AWS reads as its own API`,
    );
    return `execute-api:${path}`;
  };
  return visit(node.value, "") as Record<string, unknown>;
}

/** The answers that API Gateway gives by itself. */
export function gatewayResponsesOf(
  { root }: ApiDocument,
  { words, leftOpen }: Readers,
  remarks: Remarks,
): GatewayResponse[] {
  return (root.child(EXTENSIONS.gatewayResponses)?.children() ?? []).flatMap((node) => {
    if (!isObject(node.value)) {
      remarks.error(node, `must be an object, got ${show(node.value)}`);
      return [];
    }
    words.read(node, "gatewayResponse");
    leftOpen.refuse(node.child("responseParameters"));
    const { entry, unsupported } = decodeGatewayResponse(
      GATEWAY_RESPONSE.read(gatewayResponseAttributes(node.name, node.value)),
    );
    if (!entry) {
      remarks.error(node, `is ${show(node.name)}, which is not a type of gateway response; look at its spelling`);
      return [];
    }
    for (const { value } of unsupported)
      remarks.warning(node, `maps ${show(value)}, and the catalog has fixed headers alone; the header is left out`);
    for (const { name } of node.child("responseTemplates")?.children() ?? [])
      if (name !== "application/json")
        remarks.warning(
          node,
          `has a template for ${show(name)}, and the catalog has one for application/json; it is left out`,
        );
    const { findings } = readEntry(gatewayResponsesSchema, { [entry.type]: writtenResponse(entry) }, at(""));
    for (const { message } of findings) remarks.error(node, message);
    return [entry];
  });
}
