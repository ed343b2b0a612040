import { type Attributes, listOfStrings, stringOf } from "../../contract/attributes";
import { AUTHORIZER } from "../../contract/authorizer";
import type { ApiDocument } from "../../document/api-document";
import type { DocumentNode } from "../../document/document";
import { authorizerAttributes, EXTENSIONS } from "../../document/extensions";
import { isObject } from "../../vocabulary/objects";
import type { PartFactory } from "./part-factory";
import { type Problems, placeIn } from "./problems";

/** What a security scheme asks for. */
type Scheme = "key" | "iam" | "unread" | { readonly authorizerId: string; readonly authorization: string };

/** The attributes of a method that say who may call it. */
export interface MethodSecurity extends Attributes {
  readonly authorization: string;
  readonly authorizer_id?: string;
  readonly authorization_scopes?: readonly string[];
  readonly api_key_required: boolean;
}

/** Adds the authorizers of a document, and says what its operations ask for. */
export class BodySecurity {
  private readonly schemes: ReadonlyMap<string, Scheme>;
  private readonly common: DocumentNode | undefined;

  constructor(
    document: ApiDocument,
    parts: PartFactory,
    private readonly problems: Problems,
  ) {
    const written = problems.reading(() => document.schemes()) ?? [];
    this.schemes = new Map(
      written.flatMap((each): [string, Scheme][] => {
        const node = problems.reading(() => each.followed());
        return node ? [[each.name, schemeOf(each.name, node, parts)]] : [];
      }),
    );
    this.common = document.root.child("security");
  }

  /**
   * All that an operation lists is asked for: API Gateway knows no alternatives. What the root lists is asked of operations
   * that list nothing.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-api-key-source.html
   */
  of(operation: DocumentNode): MethodSecurity {
    const own = operation.child("security");
    let security: MethodSecurity = { authorization: "NONE", api_key_required: false };
    for (const requirement of (own ?? this.common)?.children().flatMap((each) => each.children()) ?? []) {
      const scheme = this.schemes.get(requirement.name) ?? "unread";
      if (scheme === "unread") this.problems.add({ kind: "security-scheme", place: placeIn(requirement) });
      else if (scheme === "key") security = { ...security, api_key_required: true };
      else if (scheme === "iam") security = { ...security, authorization: "AWS_IAM" };
      else
        security = {
          ...security,
          authorization: scheme.authorization,
          authorizer_id: scheme.authorizerId,
          authorization_scopes: listOfStrings(requirement.value),
        };
    }
    const auth = operation.child(EXTENSIONS.auth)?.value;
    const type = isObject(auth) ? stringOf(auth.type).toUpperCase() : "";
    return type === "AWS_IAM" || type === "NONE" ? { ...security, authorization: type } : security;
  }
}

function schemeOf(name: string, { value }: DocumentNode, parts: PartFactory): Scheme {
  if (!isObject(value)) return "unread";
  const extension = value[EXTENSIONS.authorizer];
  const header = stringOf(value.name);
  if (isObject(extension)) {
    const attributes = authorizerAttributes(name, header, extension);
    const authorizerId = parts.add(AUTHORIZER.type, `authorizer ${name}`, attributes);
    const isCognito = attributes.type === "COGNITO_USER_POOLS";
    return { authorizerId, authorization: isCognito ? "COGNITO_USER_POOLS" : "CUSTOM" };
  }
  if (/^aws/i.test(stringOf(value[EXTENSIONS.authorizerType]))) return "iam";
  const isKey = value.type === "apiKey" && value.in === "header" && header.toLowerCase() === "x-api-key";
  return isKey ? "key" : "unread";
}
