import { INVOCATIONS } from "../contract/function-uri";
import { derivedFrom, isKnown, unevaluated } from "./terraform-resource";

/** What names stand for: `aws_lambda_function.hello` with `["arn"]`, `var` with `["region"]`. */
export type Lookup = (path: readonly (string | number)[]) => unknown;

/**
 * Evaluates a text in Terraform's JSON syntax: `"${aws_lambda_function.hello.arn}"`.
 *
 * Its fields are references, templates, literals and the few functions that CDKTF's own tokens need. Anything else of
 * Terraform's language becomes a text that says so.
 *
 * @see https://developer.hashicorp.com/terraform/language/syntax/json#expression-mapping
 */
export function evaluateTemplate(text: string, lookup: Lookup): unknown {
  if (!text.includes("${") && !text.includes("%{")) return text;
  const parser = new Parser(text, lookup);
  try {
    return parser.template();
  } catch (error) {
    if (!(error instanceof NotEvaluatedError)) throw error;
    return unevaluated(text);
  }
}

class NotEvaluatedError extends Error {}

class Parser {
  private at = 0;

  constructor(
    private readonly text: string,
    private readonly lookup: Lookup,
  ) {}

  /** To the end of the text; to the closing quote where the template stands in an expression. */
  template(quoted = false): unknown {
    const parts: unknown[] = [];
    let literal = "";
    const flush = () => {
      if (literal !== "") parts.push(literal);
      literal = "";
    };
    while (this.at < this.text.length) {
      if (quoted && this.text[this.at] === '"') break;
      if (this.take("$${")) literal += "${";
      else if (this.take("%%{")) literal += "%{";
      else if (this.take("%{")) throw new NotEvaluatedError();
      else if (this.take("${")) {
        flush();
        parts.push(this.expression());
        this.expect("}");
      } else if (quoted && this.text[this.at] === "\\") literal += this.escape();
      else literal += this.text[this.at++];
    }
    flush();
    // A single interpolation keeps its type, as in Terraform.
    return parts.length === 1 ? parts[0] : parts.map(toText).join("");
  }

  private expression(): unknown {
    this.space();
    let value: unknown;
    if (this.take('"')) {
      value = this.template(true) ?? "";
      this.expect('"');
    } else if (this.take("(")) {
      value = this.expression();
      this.expect(")");
    } else if (this.take("[")) value = this.list("]");
    else if (this.take("{")) value = this.object();
    else if (/^null\b/.test(this.text.slice(this.at, this.at + 5))) {
      this.at += "null".length;
      value = null;
    } else value = this.literal() ?? this.name();
    this.space();
    return value;
  }

  private literal(): unknown {
    const [match] = /^-?\d+(\.\d+)?(?![\w.])|^(true|false)\b/.exec(this.text.slice(this.at)) ?? [];
    if (match === undefined) return undefined;
    this.at += match.length;
    return JSON.parse(match);
  }

  private name(): unknown {
    const first = this.identifier();
    if (this.take("(")) return this.call(first);
    const path: (string | number)[] = [first];
    for (;;) {
      if (this.take(".")) path.push(this.identifier());
      else if (this.take("[")) {
        const index = this.expression();
        if (typeof index !== "string" && typeof index !== "number") throw new NotEvaluatedError();
        path.push(index);
        this.expect("]");
      } else return this.lookup(path);
    }
  }

  private call(name: string): unknown {
    const run = FUNCTIONS[name];
    const args = this.list(")");
    if (name === "jsonencode" && args.length === 1) return jsonencode(args[0]);
    if (!run) throw new NotEvaluatedError();
    const texts = args.flatMap((arg) => (Array.isArray(arg) ? arg : [arg])).map(toText);
    // What it will be is not known, but whose it is.
    if (!texts.every(isKnown)) return name === "replace" ? withAlias(texts) : derivedFrom(texts);
    return run(args);
  }

  private list(end: string): unknown[] {
    const items: unknown[] = [];
    this.space();
    while (!this.take(end)) {
      items.push(this.expression());
      if (!this.take(",") && this.text[this.at] !== end) throw new NotEvaluatedError();
      this.space();
    }
    return items;
  }

  /** Its attributes are written `name = value`, `"name" : value` or `(name) = value`, with commas or without. */
  private object(): Readonly<Record<string, unknown>> {
    const entries: [string, unknown][] = [];
    this.space();
    while (!this.take("}")) {
      const name = toText(/[\w-]/.test(this.text[this.at] ?? "") ? this.identifier() : this.expression());
      this.space();
      if (!this.take("=") && !this.take(":")) throw new NotEvaluatedError();
      entries.push([name, this.expression()]);
      this.take(",");
      this.space();
    }
    return Object.fromEntries(entries);
  }

  private identifier(): string {
    const [match] = /^[\w-]+/.exec(this.text.slice(this.at)) ?? [];
    if (match === undefined) throw new NotEvaluatedError();
    this.at += match.length;
    return match;
  }

  private escape(): string {
    const [match] = /^\\(?:u[0-9a-fA-F]{4}|["\\nrt])/.exec(this.text.slice(this.at)) ?? [];
    if (match === undefined) throw new NotEvaluatedError();
    this.at += match.length;
    return JSON.parse(`"${match}"`);
  }

  private space(): void {
    while (/\s/.test(this.text[this.at] ?? "")) this.at++;
  }

  private take(token: string): boolean {
    if (!this.text.startsWith(token, this.at)) return false;
    this.at += token.length;
    return true;
  }

  private expect(token: string): void {
    if (!this.take(token)) throw new NotEvaluatedError();
  }
}

/** As Terraform writes JSON. What is known only after a deploy stays in it, as a reference. */
const jsonencode = (value: unknown) =>
  JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (each) => `\\u${each.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );

/** The alias in the place of the end of a function's `invoke_arn`, which always ends so, is known even before the ARN is. */
function withAlias([text = "", search = "", replacement = ""]: readonly string[]): string {
  const isAlias = search === INVOCATIONS && isKnown(replacement);
  return isAlias ? derivedFrom([text]) + replacement : derivedFrom([text, search, replacement]);
}

const FUNCTIONS: Readonly<Record<string, (args: readonly unknown[]) => unknown>> = {
  replace: ([text, search, replacement]) => {
    const pattern = toText(search);
    // Between slashes it is a regular expression, of another dialect than ours.
    if (pattern.length > 1 && pattern.startsWith("/") && pattern.endsWith("/")) throw new NotEvaluatedError();
    return toText(text).replaceAll(pattern, () => toText(replacement));
  },
  split: ([separator, text]) => toText(text).split(toText(separator)),
  join: ([separator, list]) => (Array.isArray(list) ? list.map(toText).join(toText(separator)) : toText(list)),
  element: ([list, index]) => {
    if (!Array.isArray(list) || typeof index !== "number" || list.length === 0) throw new NotEvaluatedError();
    return list[index % list.length];
  },
  tostring: ([value]) => toText(value),
  lower: ([text]) => toText(text).toLowerCase(),
  upper: ([text]) => toText(text).toUpperCase(),
};

function toText(value: unknown): string {
  if (typeof value === "string") return value;
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  throw new NotEvaluatedError();
}
