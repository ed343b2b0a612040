import type { ApiDocument } from "../document/api-document";
import type { DocumentNode } from "../document/document";
import { EXTENSIONS } from "../document/extensions";
import { AWS_IAM } from "../vocabulary/authorization";
import type { AuthorizerInput } from "../vocabulary/authorizer";
import { unknownName } from "../vocabulary/identifier";
import { isObject } from "../vocabulary/objects";
import { type DocumentAuthorizers, instead } from "./document-authorizers";
import type { SchemeUse } from "./open-api-options";
import type { Remarks } from "./remarks";
import type { WordReader } from "./word-reader";

/** What a scheme asks of a caller. */
export type Ask =
  | { readonly kind: "key" }
  | { readonly kind: "iam" }
  | { readonly kind: "authorizer"; readonly id: string; readonly takesScopes: boolean }
  /** The authorizer that the catalog gives the API. */
  | { readonly kind: "api-authorizer" }
  /** Nothing: the integration checks it. */
  | { readonly kind: "backend" }
  | { readonly kind: "unread" };

/** The security schemes of a document. */
export class SecuritySchemes {
  /** Authorizers that operations ask, by name. */
  readonly authorizers = new Map<string, AuthorizerInput>();
  private readonly asks = new Map<string, Ask>();
  private readonly schemes: ReadonlyMap<string, DocumentNode>;

  constructor(
    private readonly document: ApiDocument,
    private readonly uses: Readonly<Record<string, SchemeUse>>,
    private readonly readers: { readonly authorizers: DocumentAuthorizers; readonly words: WordReader },
    private readonly remarks: Remarks,
  ) {
    const written = remarks.reading(() => document.schemes()) ?? [];
    this.schemes = new Map(
      written.flatMap((each) => {
        const scheme = remarks.reading(() => each.followed());
        return scheme ? [[each.name, scheme]] : [];
      }),
    );
    for (const scheme of this.schemes.values()) readers.words.read(scheme, "scheme");
    const known = [...this.schemes.keys()];
    for (const name of Object.keys(uses))
      if (!known.includes(name))
        remarks.error(document.root, `securitySchemes: ${unknownName(name, "security scheme", known, `"${name}"`)}`);
  }

  /** What the scheme asks that a requirement names. */
  askOf(requirement: DocumentNode): Ask {
    const { name } = requirement;
    const known = this.asks.get(name);
    if (known) return known;
    const scheme = this.schemes.get(name);
    // What SAM writes where no authorizer is meant.
    const isNone = scheme === undefined && name === "NONE";
    const ask: Ask = isNone
      ? { kind: "backend" }
      : scheme
        ? this.askOfScheme(name, scheme)
        : this.unknownScheme(requirement);
    this.asks.set(name, ask);
    return ask;
  }

  private askOfScheme(name: string, scheme: DocumentNode): Ask {
    const { uses } = this;
    const use: SchemeUse | undefined = Object.hasOwn(uses, name) ? uses[name] : undefined;
    if (use === "API_KEY") return { kind: "key" };
    if (use === "BACKEND") return { kind: "backend" };
    if (use === AWS_IAM) return { kind: "iam" };
    const { authorizers } = this.readers;
    if (use !== undefined) {
      const { id, written } = authorizers.given(name, use);
      this.authorizers.set(id, written);
      return { kind: "authorizer", id, takesScopes: use.userPools !== undefined };
    }
    const value = isObject(scheme.value) ? scheme.value : {};
    // AWS's words first: a scheme in the header x-api-key may be an authorizer.
    if (value[EXTENSIONS.authorizer] !== undefined) {
      const read = authorizers.read(name, scheme);
      if (!read) return { kind: "unread" };
      this.authorizers.set(read.id, read.written);
      return { kind: "authorizer", id: read.id, takesScopes: read.written.userPools !== undefined };
    }
    const { type, in: where, name: header, scheme: http } = value;
    const authType = value[EXTENSIONS.authorizerType];
    if (typeof authType === "string" && /^aws/i.test(authType)) return { kind: "iam" };
    if (authType === "custom") return { kind: "api-authorizer" };
    if (
      authType === undefined &&
      type === "apiKey" &&
      where === "header" &&
      String(header).toLowerCase() === "x-api-key"
    )
      return { kind: "key" };
    const what =
      authType !== undefined
        ? `of the ${EXTENSIONS.authorizerType} ${JSON.stringify(authType)} without ${EXTENSIONS.authorizer}, so API Gateway asks no authorizer`
        : type === "apiKey"
          ? `the ${String(where)} parameter "${String(header)}", and API Gateway takes keys from the header x-api-key alone`
          : `of type ${[type, http].filter(Boolean).join(" ")}, which API Gateway does not ask for by itself`;
    this.remarks.error(scheme, `is ${what}; ${instead(name)}`, {
      remedy: { securitySchemes: { [name]: "API_KEY" } },
    });
    return { kind: "unread" };
  }

  private unknownScheme(requirement: DocumentNode): Ask {
    const known = [...this.schemes.keys()];
    this.remarks.error(
      requirement,
      `${unknownName(requirement.name, "security scheme", known, `"${requirement.name}"`)}; define it in ${this.document.schemesName}`,
    );
    return { kind: "unread" };
  }
}
