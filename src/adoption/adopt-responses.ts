import type { AccountDefinition } from "../aws/definition";
import { gatewayResponseAttributes } from "../aws/terraform-attributes";
import { decodeGatewayResponse, encodeGatewayResponse, GATEWAY_RESPONSE } from "../contract/gateway-response";
import { type Finding, warning } from "../text/finding";
import { type GatewayResponse, gatewayResponsesSchema, writtenResponse } from "../vocabulary/gateway-response";

export interface AdoptedResponses {
  readonly responses: readonly GatewayResponse[];
  /** What is kept of each, by type. */
  readonly imported: Readonly<Record<string, { readonly keep?: readonly string[] }>>;
  readonly findings: readonly Finding[];
}

export function adoptResponses(place: string, { gatewayResponses }: AccountDefinition): AdoptedResponses {
  const responses: GatewayResponse[] = [];
  const imported: Record<string, { keep?: readonly string[] }> = {};
  const findings: Finding[] = [];
  for (const response of gatewayResponses) {
    const there = gatewayResponseAttributes(response);
    const { entry } = decodeGatewayResponse(GATEWAY_RESPONSE.read(there));
    if (!entry || !gatewayResponsesSchema.safeParse({ [entry.type]: writtenResponse(entry) }).success) {
      const message = "is not supported by the catalog; it stays as it is in AWS";
      findings.push(warning(`${place}: gateway response ${response.responseType}`, message));
      continue;
    }
    const keep = GATEWAY_RESPONSE.differing(encodeGatewayResponse(entry), there);
    responses.push(entry);
    imported[entry.type] = keep.length > 0 ? { keep } : {};
  }
  return { responses, imported, findings };
}
