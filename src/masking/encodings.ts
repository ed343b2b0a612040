/** The shortest value that is looked for in any text. A shorter one is a part of many words. */
export const SHORTEST = 6;

/**
 * The forms in which a text may show a value, as byte strings (one character a byte): as it is, escaped in JSON as Go and
 * JavaScript do, URL-encoded, and in base64 at each position in a longer value. Each line of a value of several lines
 * counts as a value, because Terraform indents them.
 */
export function formsOf(value: string): string[] {
  const lines = value.includes("\n") ? [value, ...value.split("\n")] : [value];
  const forms = lines
    .map((line) => line.trim())
    .filter((line) => line.length >= SHORTEST)
    .flatMap((line) => [...escapedForms(line), ...base64Forms(line)]);
  return [...new Set(forms.map(bytes))];
}

/** A string with one character for each byte of the value in UTF-8. */
export const bytes = (text: string): string => Buffer.from(text, "utf8").toString("latin1");

/** What is written alike in JSON and in a URL: so are most keys. */
const NEVER_ESCAPED = /^[\w.~-]*$/;

function escapedForms(line: string): string[] {
  if (NEVER_ESCAPED.test(line)) return [line];
  const json = JSON.stringify(line).slice(1, -1);
  const go = json.replace(/[<>&\u2028\u2029]/g, (character) => unicode(character));
  const nested = [json, go].map((escaped) => JSON.stringify(escaped).slice(1, -1));
  return [line, json, go, ...nested, encodeUri(line), encodeUri(line).replaceAll("%20", "+")];
}

const unicode = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;

/** A lone half of a surrogate pair has no URL encoding. */
const encodeUri = (line: string): string => encodeURIComponent(line.replace(/\p{Cs}/gu, "\uFFFD"));

/**
 * In base64, three bytes become four characters. So a value begins at one of three positions within these, and the
 * characters at both ends depend on its neighbors: they are left out.
 */
function base64Forms(line: string): string[] {
  const value = Buffer.from(line, "utf8");
  return [0, 1, 2].flatMap((offset) => {
    const encoded = Buffer.concat([Buffer.alloc(offset), value])
      .toString("base64")
      .replace(/=+$/, "");
    const bits = (offset + value.length) * 8;
    const form = encoded.slice(Math.ceil((offset * 8) / 6), Math.floor(bits / 6));
    const url = form.replaceAll("+", "-").replaceAll("/", "_");
    // The ends of a value that stands alone belong to it.
    const whole = offset === 0 ? [value.toString("base64"), value.toString("base64url")] : [];
    return [...whole, form, url].filter((each) => each.length >= SHORTEST);
  });
}
