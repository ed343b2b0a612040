import type { ApiDocument } from "../document/api-document";
import type { DocumentNode } from "../document/document";
import { EXTENSIONS } from "../document/extensions";
import { AWS_IAM } from "../vocabulary/authorization";
import type { AuthorizerInput } from "../vocabulary/authorizer";
import { isObject } from "../vocabulary/objects";
import type { DocumentAuthorizers } from "./document-authorizers";
import { type Ask, SecuritySchemes } from "./document-schemes";
import type { OpenApiOptions } from "./open-api-options";
import type { Remarks } from "./remarks";
import type { WordReader } from "./word-reader";

/** What a route asks of its callers, as a route of the catalog says it. */
export interface RouteSecurity {
  readonly apiKeyRequired?: boolean;
  readonly authorizer?: string;
  readonly authorizationScopes?: readonly string[];
}

/** Reads what each operation asks of its callers. */
export class Security {
  readonly keySource: "HEADER" | "AUTHORIZER" | undefined;
  /** Whether a scheme asks the authorizer that the catalog gives the API. */
  asksApiAuthorizer = false;
  private readonly schemes: SecuritySchemes;

  constructor(
    private readonly document: ApiDocument,
    private readonly options: Pick<OpenApiOptions, "securitySchemes" | "withoutSecurity">,
    private readonly readers: { readonly authorizers: DocumentAuthorizers; readonly words: WordReader },
    private readonly remarks: Remarks,
  ) {
    this.keySource = this.readKeySource();
    this.schemes = new SecuritySchemes(document, options.securitySchemes ?? {}, readers, remarks);
  }

  /** Authorizers that operations ask, by name. */
  get authorizers(): ReadonlyMap<string, AuthorizerInput> {
    return this.schemes.authorizers;
  }

  /** What an operation asks. All that it lists is asked: API Gateway knows no alternatives. */
  of(
    operation: DocumentNode,
    { isPreflight, key }: { readonly isPreflight: boolean; readonly key: string },
  ): RouteSecurity {
    const own = operation.child("security");
    const auth = this.readAuth(operation);
    const ofAll = own ? undefined : this.document.root.child("security");
    if (isPreflight && ofAll) this.preflight(operation, ofAll, key);
    const written = own ?? (isPreflight ? undefined : ofAll);
    if (!written) {
      if (auth === AWS_IAM) return { apiKeyRequired: false, authorizer: AWS_IAM };
      return isPreflight ? {} : this.unsaid(operation, key);
    }
    if (!Array.isArray(written.value) || !written.value.every(isObject)) {
      this.remarks.error(
        written,
        'must be a list of security requirements, such as [{ apiKey: [] }], or [] for "open"',
      );
      return {};
    }
    const alternatives = written.children().map((each) => each.children());
    const requirements = alternatives.flat();
    const asked = requirements.map((requirement) => ({ requirement, ask: this.schemes.askOf(requirement) }));
    if (asked.some(({ ask }) => ask.kind === "unread")) return {};
    if (asked.length > 0) this.tellAlternatives(written, alternatives);
    const security = this.securityOf(written, asked, auth);
    if (isPreflight && (security.apiKeyRequired || security.authorizer !== undefined))
      this.remarks.error(
        written,
        (keys) =>
          'is asked of CORS preflights, with which a browser sends nothing; write "security: []" there, or leave them out: ' +
          `leaveOut: [${keys.map((each) => JSON.stringify(each)).join(", ")}]`,
        { kind: "preflight", subject: key, remedy: { leaveOut: [key] } },
      );
    return security;
  }

  private securityOf(
    written: DocumentNode,
    asked: readonly { readonly requirement: DocumentNode; readonly ask: Ask }[],
    auth: string | undefined,
  ): RouteSecurity {
    const kinds = asked.map(({ ask }) => ask.kind);
    const authorizers = [
      ...new Set(asked.flatMap(({ ask }) => (ask.kind === "authorizer" ? ask.id : ask.kind === "iam" ? AWS_IAM : []))),
      ...(auth === AWS_IAM && !kinds.includes("iam") ? [AWS_IAM] : []),
    ];
    if (authorizers.length > 1)
      this.remarks.error(
        written,
        `asks ${authorizers.map((each) => `"${each}"`).join(" and ")}, and API Gateway asks one of a route; keep one, or ask both by a function`,
      );
    const asksApi = kinds.includes("api-authorizer");
    const apiKeyRequired = kinds.includes("key") || (asksApi && this.keySource === "AUTHORIZER");
    if (asksApi) this.asksApiAuthorizer = true;
    if (asksApi && !apiKeyRequired)
      this.remarks.error(
        written,
        "asks the API's authorizer but no key, and an API's authorizer is asked on routes that need a key; " +
          'give the scheme an authorizer of its own by securitySchemes, add the scheme of the x-api-key header, or "x-amazon-apigateway-api-key-source: AUTHORIZER"',
      );
    const [authorizer] = authorizers;
    const scopes = asked.flatMap(({ requirement, ask }) => this.scopesOf(requirement, ask));
    return {
      apiKeyRequired,
      ...(authorizer === undefined ? {} : { authorizer }),
      ...(scopes.length > 0 ? { authorizationScopes: [...new Set(scopes)] } : {}),
    };
  }

  private scopesOf(requirement: DocumentNode, ask: Ask): readonly string[] {
    const scopes = Array.isArray(requirement.value) ? requirement.value.map(String) : [];
    if (scopes.length === 0 || (ask.kind === "authorizer" && ask.takesScopes)) return scopes;
    if (ask.kind !== "backend")
      this.remarks.warning(
        requirement,
        "has scopes, which API Gateway checks for Cognito alone; who is asked must check them",
      );
    return [];
  }

  private tellAlternatives(written: DocumentNode, alternatives: readonly (readonly DocumentNode[])[]): void {
    const sets = new Set(
      alternatives.map((each) =>
        each
          .map(({ name }) => name)
          .sort()
          .join(" "),
      ),
    );
    if (sets.size < 2) return;
    this.remarks.warning(
      written,
      "lists alternatives, which API Gateway does not know: all that they list is asked of each caller, as AWS's import does; write one of " +
        "them, or [] for an open route",
    );
  }

  /** What is said of all operations is not meant for a preflight, with which a browser sends nothing. */
  private preflight(operation: DocumentNode, ofAll: DocumentNode, key: string): void {
    if (!Array.isArray(ofAll.value) || ofAll.value.every((each) => isObject(each) && Object.keys(each).length === 0))
      return;
    const type = this.remarks.reading(() => operation.at(EXTENSIONS.integration, "type")?.value);
    if (type === undefined || /^mock$/i.test(String(type)))
      this.remarks.notice(
        operation,
        "answers CORS preflights, with which a browser sends nothing; what is asked of all operations is not asked of it",
        { subject: key },
      );
    else
      this.remarks.error(
        operation,
        (keys) =>
          "is for CORS preflights, with which a browser sends nothing, and what is asked of all operations guards what it calls; write " +
          `"security: []" there if all may call it, or leave it out: leaveOut: [${keys.map((each) => JSON.stringify(each)).join(", ")}]`,
        { kind: "inherited preflight", subject: key, remedy: { leaveOut: [key] } },
      );
  }

  private unsaid(operation: DocumentNode, key: string): RouteSecurity {
    const { withoutSecurity } = this.options;
    if (withoutSecurity === "OPEN") return { apiKeyRequired: false };
    if (withoutSecurity === undefined)
      this.remarks.notice(
        operation,
        'says nothing of security, so it needs a key as every route does that does not say otherwise; write "security: []" for one that ' +
          'is open, or withoutSecurity: "OPEN" for all of these, as AWS\'s import leaves them',
        { subject: key, remedy: { withoutSecurity: "API_KEY" } },
      );
    return {};
  }

  private readKeySource(): "HEADER" | "AUTHORIZER" | undefined {
    const written = this.document.root.child(EXTENSIONS.keySource);
    if (!written) return undefined;
    if (written.value === "HEADER" || written.value === "AUTHORIZER") return written.value;
    this.remarks.error(written, "must be HEADER or AUTHORIZER");
    return undefined;
  }

  /** `AWS_IAM` or `NONE`. */
  private readAuth(operation: DocumentNode): string | undefined {
    const auth = operation.child(EXTENSIONS.auth);
    if (!auth) return undefined;
    this.readers.words.read(auth, "auth");
    const type = isObject(auth.value) ? String(auth.value.type).toUpperCase() : undefined;
    if (type === AWS_IAM || type === "NONE") return type;
    this.remarks.error(auth, "must be an object with the type AWS_IAM or NONE");
    return undefined;
  }
}
