/** Origins of the pages that may read what functions answer: those of the catalog's `cors`. */
const ORIGINS = (process.env.CORS_ALLOW_ORIGINS ?? "").split(",");

/** Headers by which a browser lets its page read an answer: API Gateway adds none to what a function answers. */
export function headersForPages(sent: Readonly<Record<string, string | undefined>> | null): Record<string, string> {
  // Browsers write "origin" with HTTP/2, and "Origin" before.
  const origin = sent?.origin ?? sent?.Origin ?? "";
  return { Vary: "Origin", ...(ORIGINS.includes(origin) && { "Access-Control-Allow-Origin": origin }) };
}
