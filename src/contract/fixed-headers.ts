/**
 * Fixed headers as API Gateway maps them: the text between single quotes, under
 * `gatewayresponse.header.<name>` or `method.response.header.<name>`.
 */
export type HeaderTarget = "gatewayresponse" | "method.response";

/** `undefined` where there are none. */
export function encodeHeaders(
  target: HeaderTarget,
  headers: Readonly<Record<string, string>>,
): Record<string, string> | undefined {
  const parameters = Object.entries(headers).map(([name, value]) => [`${target}.header.${name}`, `'${value}'`]);
  return parameters.length > 0 ? Object.fromEntries(parameters) : undefined;
}

export interface DecodedHeaders {
  readonly headers: Record<string, string>;
  /** Parameters that are not fixed headers, with their values. */
  readonly mapped: Record<string, string>;
}

export function decodeHeaders(target: HeaderTarget, parameters: Readonly<Record<string, string>>): DecodedHeaders {
  const prefix = `${target}.header.`;
  const headers: [string, string][] = [];
  const mapped: [string, string][] = [];
  for (const [name, value] of Object.entries(parameters)) {
    const [, fixed] = /^'(.*)'$/s.exec(value) ?? [];
    if (fixed === undefined || !name.startsWith(prefix)) mapped.push([name, value]);
    else headers.push([name.slice(prefix.length), fixed]);
  }
  return { headers: Object.fromEntries(headers), mapped: Object.fromEntries(mapped) };
}
