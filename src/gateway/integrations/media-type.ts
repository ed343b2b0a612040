/**
 * Whether a media type is one of an API's binary ones. These may have a star for their second part, or for both.
 * Parameters such as `charset` do not count.
 *
 * @param mediaType `undefined` where none was sent: API Gateway takes that for `application/json`
 */
export function isBinary(mediaType: string | undefined, binaryMediaTypes: readonly string[]): boolean {
  const [type = ""] = (mediaType ?? "application/json").split(";", 1);
  const actual = type.trim().toLowerCase();
  return binaryMediaTypes.some((written) => {
    const binary = written.toLowerCase();
    if (binary === "*/*" || binary === actual) return true;
    return binary.endsWith("/*") && actual.startsWith(binary.slice(0, -1));
  });
}
