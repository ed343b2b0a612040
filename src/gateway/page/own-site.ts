import { headerValue, type PlainRequest } from "../request";

/**
 * Whether a page of another site sent a request. Browsers say so, and scripts cannot change what they say. Somebody who
 * follows a link from there is welcome.
 *
 * @see https://developer.mozilla.org/en-US/docs/Web/HTTP/Reference/Headers/Sec-Fetch-Site
 */
export function isFromAnotherSite({ method, headers }: PlainRequest): boolean {
  const origin = headerValue(headers, "origin");
  const host = headerValue(headers, "host")?.toLowerCase();
  if (origin !== undefined && (!URL.canParse(origin) || new URL(origin).host !== host)) return true;
  const site = headerValue(headers, "sec-fetch-site") ?? "none";
  if (site === "same-origin" || site === "none") return false;
  const isLink =
    method === "GET" &&
    headerValue(headers, "sec-fetch-mode") === "navigate" &&
    headerValue(headers, "sec-fetch-dest") === "document";
  return !isLink;
}
