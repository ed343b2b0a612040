/**
 * A mapping template that sets a header of the answer to the one of several origins that the request's `Origin` is, and
 * to nothing for another. It never says back what a request says. Browsers write `origin` with HTTP/2 and `Origin` before,
 * and AWS looks names up as they are sent.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-override-request-response-parameters.html
 */
export function encodeOrigins(header: string, origins: readonly string[]): string {
  const branches = origins.map(
    (origin) =>
      `if($headers.get('origin') == '${origin}' || $headers.get('Origin') == '${origin}')` +
      `#set($context.responseOverride.header.${header} = '${origin}')`,
  );
  return `${BEGIN}#${branches.join("#else")}#end`;
}

const BEGIN = "#set($headers = $input.params().header)";

/** What such a template sets, and what follows it; `undefined` for another template. */
export function decodeOrigins(
  template: string,
): { readonly header: string; readonly origins: readonly string[]; readonly rest: string } | undefined {
  const end = template.indexOf("#end");
  if (!template.startsWith(BEGIN) || end < 0) return undefined;
  const written = template.slice(0, end + "#end".length);
  const set = [...written.matchAll(/responseOverride\.header\.([\w-]+) = '([^']*)'/g)];
  const header = set[0]?.[1] ?? "";
  const origins = set.map(([, , origin = ""]) => origin);
  if (written !== encodeOrigins(header, origins)) return undefined;
  return { header, origins, rest: template.slice(written.length) };
}
