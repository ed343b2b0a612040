import { AUTHORIZER, decodeAuthorizer, encodeAuthorizer } from "../contract/authorizer";
import { AUTHORIZER_DEFAULTS, type AuthorizerInput } from "../vocabulary/authorizer";
import type { AccountDefinition } from "./definition";
import { authorizerAttributes } from "./terraform-attributes";

export interface AdoptedAuthorizer {
  readonly id: string;
  readonly written: AuthorizerInput;
  readonly keep: readonly string[];
}

/** The catalog supports one, which calls a function; `undefined` for anything else. */
export function adoptAuthorizer({ authorizers }: AccountDefinition): AdoptedAuthorizer | undefined {
  const [authorizer, ...others] = authorizers;
  if (!authorizer || others.length > 0) return undefined;
  const there = authorizerAttributes(authorizer);
  const { entry } = decodeAuthorizer(AUTHORIZER.read(there));
  if (entry?.lambda === undefined) return undefined;
  const { lambda, type, resultTtlSeconds } = entry;
  const identitySource = entry.identitySource || AUTHORIZER_DEFAULTS.identitySource;
  return {
    id: authorizer.id ?? "",
    written: {
      lambda,
      ...(type === AUTHORIZER_DEFAULTS.type ? {} : { type }),
      ...(identitySource === AUTHORIZER_DEFAULTS.identitySource ? {} : { identitySource }),
      ...(resultTtlSeconds === AUTHORIZER_DEFAULTS.resultTtlSeconds ? {} : { resultTtlSeconds }),
    },
    keep: AUTHORIZER.differing(
      encodeAuthorizer({ ...entry, identitySource }, () => ""),
      there,
    ),
  };
}
