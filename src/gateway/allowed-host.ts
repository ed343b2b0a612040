import { isIP } from "node:net";

/**
 * Whether a request's `Host` is one of this machine's. A page on the web can let its own name lead to 127.0.0.1 (DNS
 * rebinding), and its script could then read local keys; but its requests still carry its name. An IP address cannot be used in
 * this way.
 *
 * @param allowed further names; one that begins with "." stands for its subdomains too
 */
export function isAllowedHost(host: string | undefined, allowed: readonly string[]): boolean {
  // HTTP/1.0 clients send none, and browsers always do.
  if (host === undefined) return true;
  const name = host
    .replace(/:\d*$/, "")
    .replace(/^\[(.*)\]$/, "$1")
    .toLowerCase();
  if (isIP(name) !== 0 || name === "localhost" || name.endsWith(".localhost")) return true;
  return allowed.some((each) => {
    const other = each.toLowerCase();
    return other.startsWith(".") ? name === other.slice(1) || name.endsWith(other) : name === other;
  });
}
