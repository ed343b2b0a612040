import type { DocumentNode } from "../document/document";
import { EXTENSIONS } from "../document/extensions";
import { unknownName } from "../vocabulary/identifier";
import { isObject } from "../vocabulary/objects";
import type { Remarks } from "./remarks";

/**
 * What becomes of a security scheme that API Gateway cannot ask for by itself.
 *
 * - `API_KEY`: a caller needs an API key, because its routes are metered.
 * - `BACKEND`: the integration checks it; API Gateway passes the request on.
 */
export type SchemeUse = "API_KEY" | "BACKEND";

/** How a request shows that it may pass: by its key, to the API's authorizer, or to the integration. */
type Proof = "key" | "authorizer" | "backend" | "unknown";

const SCHEMES = ["components", "securitySchemes"] as const;

/** Reads which routes need a key from the `security` of a document and of its operations. */
export class Security {
  readonly keySource: "HEADER" | "AUTHORIZER" | undefined;
  /** A scheme that asks an authorizer, if an operation uses one: the API must have one, then. */
  asksAuthorizer: DocumentNode | undefined;
  private readonly proofs = new Map<string, Proof>();

  constructor(
    private readonly root: DocumentNode,
    private readonly uses: Readonly<Record<string, SchemeUse>>,
    private readonly remarks: Remarks,
  ) {
    this.keySource = this.readKeySource();
    const known = this.schemes().map(({ name }) => name);
    for (const name of Object.keys(uses))
      if (!known.includes(name))
        remarks.error(root, `securitySchemes: ${unknownName(name, "security scheme", known, `"${name}"`)}`);
  }

  /** Whether an operation needs a key; `undefined` where the document says nothing of it. */
  apiKeyRequired(operation: DocumentNode): boolean | undefined {
    const written = operation.child("security") ?? this.root.child("security");
    this.refuseIam(operation);
    if (!written) {
      this.remarks.notice(
        operation,
        'says nothing of security, so it needs a key as every route does that does not say otherwise; write "security: []" for one that is open',
      );
      return undefined;
    }
    if (!Array.isArray(written.value) || !written.value.every(isObject)) {
      this.remarks.error(
        written,
        'must be a list of security requirements, such as [{ apiKey: [] }], or [] for "open"',
      );
      return undefined;
    }
    const alternatives = written.children().map((each) => each.children().map((scheme) => this.proofOf(scheme)));
    if (alternatives.flat().includes("unknown")) return undefined;
    const withKey = alternatives.filter((proofs) => this.needsKey(proofs));
    for (const proofs of alternatives)
      if (proofs.includes("authorizer") && !this.needsKey(proofs))
        this.remarks.error(
          written,
          "asks the authorizer but no key, and an API's authorizer is asked on routes that need a key; add the scheme of " +
            'the x-api-key header, or "x-amazon-apigateway-api-key-source: AUTHORIZER"',
        );
    if (withKey.length > 0 && withKey.length < alternatives.length)
      this.remarks.warning(
        written,
        "takes requests with a key and requests without one, so the route is open: a key is neither asked for nor counted; " +
          "keep the alternatives that have a key where it must be",
      );
    return alternatives.length > 0 && withKey.length === alternatives.length;
  }

  private needsKey(proofs: readonly Proof[]): boolean {
    return proofs.includes("key") || (this.keySource === "AUTHORIZER" && proofs.includes("authorizer"));
  }

  private schemes(): DocumentNode[] {
    return this.remarks.reading(() => this.root.at(...SCHEMES))?.children() ?? [];
  }

  private proofOf(requirement: DocumentNode): Proof {
    const known = this.proofs.get(requirement.name);
    if (known) return known;
    const scheme = this.remarks.reading(() => this.root.at(...SCHEMES, requirement.name));
    const proof = scheme ? this.proofOfScheme(requirement.name, scheme) : this.unknownScheme(requirement);
    this.proofs.set(requirement.name, proof);
    return proof;
  }

  private proofOfScheme(name: string, scheme: DocumentNode): Proof {
    const use: SchemeUse | undefined = this.uses[name];
    if (use !== undefined) return use === "API_KEY" ? "key" : "backend";
    const { type, in: where, name: header, scheme: http, ...others } = isObject(scheme.value) ? scheme.value : {};
    if (type === "apiKey" && where === "header" && String(header).toLowerCase() === "x-api-key") return "key";
    if (others[EXTENSIONS.authorizerType] === "custom") {
      this.asksAuthorizer ??= scheme;
      return "authorizer";
    }
    const what =
      type === "apiKey"
        ? `the ${where} parameter "${header}", and API Gateway takes keys from the header x-api-key alone`
        : `of type ${[type, http].filter(Boolean).join(" ")}, which API Gateway does not ask for by itself`;
    this.remarks.error(
      scheme,
      `is ${what}; say securitySchemes: { "${name}": "BACKEND" } if the backend checks it, or "API_KEY" where ` +
        "callers send an x-api-key instead, or need one for the API's authorizer",
    );
    return "unknown";
  }

  private unknownScheme(requirement: DocumentNode): Proof {
    const known = this.schemes().map(({ name }) => name);
    this.remarks.error(
      requirement,
      `${unknownName(requirement.name, "security scheme", known, `"${requirement.name}"`)}; define it in components.securitySchemes`,
    );
    return "unknown";
  }

  private readKeySource(): "HEADER" | "AUTHORIZER" | undefined {
    const written = this.root.child(EXTENSIONS.keySource);
    if (!written) return undefined;
    if (written.value === "HEADER" || written.value === "AUTHORIZER") return written.value;
    this.remarks.error(written, "must be HEADER or AUTHORIZER");
    return undefined;
  }

  private refuseIam(operation: DocumentNode): void {
    const auth = operation.child("x-amazon-apigateway-auth");
    if (isObject(auth?.value) && String(auth.value.type).toUpperCase() === "AWS_IAM")
      this.remarks.error(auth, "asks for AWS credentials (AWS_IAM), which the catalog does not support; take it out");
  }
}
