/** A header's name and value, as they are written. */
export type Header = readonly [name: string, value: string];

/** A request as it came over the wire. */
export interface PlainRequest {
  readonly method: string;
  /** Beginning with `/`, percent-encoded as it came, without the query. */
  readonly path: string;
  /** Without `?`, percent-encoded as it came; empty for none. */
  readonly query: string;
  /** As they came, in their order, repeated ones too. */
  readonly headers: readonly Header[];
  readonly body: Uint8Array;
  readonly sourceIp: string;
  /** `HTTP/1.1`. */
  readonly protocol: string;
}

/** A request to a stage; its path is relative to that. */
export interface GatewayRequest extends PlainRequest {
  /** The API's slug. */
  readonly api: string;
  readonly stage: string;
  /** The custom domain name by which it came. @default - none: it came by the API's own */
  readonly domain?: CalledDomain;
}

/** A custom domain name, and the base path that leads to the stage: `v1`, or empty. */
export interface CalledDomain {
  readonly name: string;
  readonly basePath: string;
}

/** What a client gets. */
export interface GatewayAnswer {
  readonly status: number;
  readonly headers: readonly Header[];
  /** A text is sent as UTF-8. */
  readonly body: Uint8Array | string;
}

/** An answer that goes on until the client leaves: server-sent events. */
export interface StreamedAnswer {
  readonly headers: readonly Header[];
  /** Begins to write; what it returns ends that. */
  readonly begin: (write: (text: string) => void) => () => void;
}

/** The value of a header, whatever the case of its name; the last one of several, as AWS takes it. */
export function headerValue(headers: readonly Header[], name: string): string | undefined {
  const lowerCase = name.toLowerCase();
  for (let position = headers.length - 1; position >= 0; position--) {
    const [other, value] = headers[position] as Header;
    // Few names have the same length, so few are made lower-case.
    if (other.length === name.length && other.toLowerCase() === lowerCase) return value;
  }
  return undefined;
}

/** All values of a header, whatever the case of its name. */
export function headerValues(headers: readonly Header[], name: string): string[] {
  const lowerCase = name.toLowerCase();
  return headers.filter(([other]) => other.toLowerCase() === lowerCase).map(([, value]) => value);
}
