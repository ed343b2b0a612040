import type { DocumentNode } from "../../document/document";
import { EXTENSIONS } from "../../document/extensions";
import { isObject } from "../../vocabulary/objects";
import { idOf, KEY, placesIn, SIGNATURE } from "../security-schemes";

/** A security scheme of a document. */
export interface DocumentScheme {
  readonly name: string;
  /** What it tells callers to send, as ids of proofs. */
  readonly proofs: readonly string[];
  /** Whether API Gateway asks for it, and no backend: it is wrong where API Gateway does not. */
  readonly isOfGateway: boolean;
}

/** The schemes of a document, and the place where there may be more. */
export const schemesNode = (root: DocumentNode): DocumentNode | undefined =>
  root.at("components", "securitySchemes") ?? root.at("securityDefinitions");

export function documentSchemes(root: DocumentNode): DocumentScheme[] {
  return (schemesNode(root)?.children() ?? []).map((node) => ({
    name: node.name,
    ...meaningOf(node.followed().value),
  }));
}

function meaningOf(scheme: unknown): Pick<DocumentScheme, "proofs" | "isOfGateway"> {
  if (!isObject(scheme)) return { proofs: [], isOfGateway: false };
  const authorizer = scheme[EXTENSIONS.authorizer];
  const authorizerType = scheme[EXTENSIONS.authorizerType];
  if (String(authorizerType).toLowerCase() === "awssigv4") return { proofs: [SIGNATURE], isOfGateway: true };
  const isOfGateway = isObject(authorizer) || authorizerType !== undefined;
  const source = isObject(authorizer) ? authorizer.identitySource : undefined;
  const sources = typeof source === "string" ? placesIn(source).map(idOf) : [];
  if (sources.length > 0) return { proofs: sources, isOfGateway };
  const { type, in: place, name } = scheme;
  // Whatever a token is called, it is sent there.
  if (type !== "apiKey") return { proofs: [AUTHORIZATION], isOfGateway };
  const id = idOf({ in: place === "query" ? "query" : "header", name: String(name) });
  return id === X_API_KEY && !isOfGateway ? { proofs: [KEY], isOfGateway: true } : { proofs: [id], isOfGateway };
}

const AUTHORIZATION = idOf({ in: "header", name: "Authorization" });
const X_API_KEY = idOf({ in: "header", name: "x-api-key" });
