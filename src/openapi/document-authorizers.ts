import { AUTHORIZER, decodeAuthorizer } from "../contract/authorizer";
import type { Unsupported } from "../contract/unsupported";
import type { DocumentNode } from "../document/document";
import { authorizerAttributes, EXTENSIONS } from "../document/extensions";
import { show } from "../text/show";
import { AWS_IAM } from "../vocabulary/authorization";
import { AUTHORIZER_OF_API, type AuthorizerInput, authorizerSchema, writtenAuthorizer } from "../vocabulary/authorizer";
import { isObject } from "../vocabulary/objects";
import { at, readEntry } from "../vocabulary/read-entry";
import { nameIdOf, UniqueIds } from "../vocabulary/unique-ids";
import type { LeftOpen } from "./left-open";
import type { Remarks } from "./remarks";
import type { WordReader } from "./word-reader";

/** An authorizer of the document, under its name in the catalog. */
export interface DocumentAuthorizer {
  readonly id: string;
  readonly written: AuthorizerInput;
}

/** Reads authorizers out of security schemes, each under one name. */
export class DocumentAuthorizers {
  private readonly ids = new UniqueIds([AWS_IAM, AUTHORIZER_OF_API]);

  constructor(
    private readonly words: WordReader,
    private readonly leftOpen: LeftOpen,
    private readonly remarks: Remarks,
  ) {}

  /** The authorizer that the options give a scheme. */
  given(name: string, written: AuthorizerInput): DocumentAuthorizer {
    return { id: this.idOf(name), written: { ...this.named(name), ...written } };
  }

  /** The authorizer in AWS's words of a scheme; `undefined` where it cannot be read, which is an error of the document. */
  read(name: string, scheme: DocumentNode): DocumentAuthorizer | undefined {
    const node = scheme.child(EXTENSIONS.authorizer);
    if (!node) return undefined;
    if (!isObject(node.value)) {
      this.remarks.error(node, `must be an object, got ${show(node.value)}`);
      return undefined;
    }
    const before = this.remarks.errorCount;
    this.words.read(node, "authorizer");
    for (const each of ["authorizerUri", "authorizerCredentials", "identitySource", "providerARNs"])
      this.leftOpen.refuse(node.child(each));
    if (this.remarks.errorCount > before || this.leftOpen.isIn(node)) return undefined;
    const header = isObject(scheme.value) ? String(scheme.value.name ?? "") : "";
    const attributes = AUTHORIZER.read(authorizerAttributes(name, header, node.value));
    const id = this.idOf(name);
    const { entry, unsupported } = decodeAuthorizer(id, attributes);
    const [lost] = unsupported;
    if (!entry || lost) {
      this.remarks.error(node, `${unread(lost)}; ${instead(name)}`, {
        remedy: { securitySchemes: { [name]: "API_KEY" } },
      });
      return undefined;
    }
    const written = { ...this.named(name), ...writtenAuthorizer({ ...entry, name: id }) } as AuthorizerInput;
    const { findings } = readEntry(authorizerSchema, written, at(""));
    for (const { message } of findings) this.remarks.error(node, message);
    return findings.length === 0 ? { id, written } : undefined;
  }

  private idOf(name: string): string {
    return this.ids.give(nameIdOf("authorizer", name, "scheme"));
  }

  /** The name in AWS, where the catalog cannot call it so. */
  private named(name: string): { readonly name?: string } {
    return nameIdOf("authorizer", name, "scheme") === name ? {} : { name };
  }
}

function unread({ kind, value }: Partial<Unsupported> = {}): string {
  switch (kind) {
    case "authorizer-type":
      return `is of type ${show(value)}, which REST APIs do not have (token, request and cognito_user_pools)`;
    case "function-by-stage-variable":
      return "calls a function that a stage variable names, which the catalog has for integrations alone";
    default:
      return `calls ${show(value)}, which is not the URI of a function`;
  }
}

/** What to write in the place of a scheme that cannot be asked. */
export const instead = (name: string): string =>
  `say who is asked: securitySchemes: { ${JSON.stringify(name)}: { lambda: "arn:…" } }, or { userPools: ["arn:…"] }, "AWS_IAM" ` +
  'or "API_KEY"; "BACKEND" lets every caller through to the integration, which must check';
