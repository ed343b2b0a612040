import type * as sdk from "@aws-sdk/client-api-gateway";
import type { AccountDefinition } from "../aws/definition";
import { authorizerAttributes } from "../aws/terraform-attributes";
import { AUTHORIZER, decodeAuthorizer, encodeAuthorizer } from "../contract/authorizer";
import { byName } from "../text/order";
import { type ApiAuthorizers, type Authorization, AWS_IAM, asking } from "../vocabulary/authorization";
import { AUTHORIZER_DEFAULTS, AUTHORIZER_OF_API, type Authorizer } from "../vocabulary/authorizer";
import type { ImportedAuthorizer } from "../vocabulary/imports";
import { nameIdOf, UniqueIds } from "../vocabulary/unique-ids";

/** The authorizers of an API that the catalog supports. */
export interface AdoptedAuthorizers extends ApiAuthorizers {
  /** By id in the catalog. */
  readonly imported: Readonly<Record<string, ImportedAuthorizer>>;
  /** The id in the catalog, by the id in AWS. */
  readonly ids: ReadonlyMap<string, string>;
}

/**
 * What most methods that need a key ask is the API's `authorizer`, and the others say what they ask; one authorizer alone
 * needs no name then.
 */
export function adoptAuthorizers(definition: AccountDefinition): AdoptedAuthorizers {
  const asked = mostAsked(definition.resources);
  const taken = new UniqueIds([AWS_IAM, AUTHORIZER_OF_API]);
  const alone = definition.authorizers.length === 1 && definition.authorizers[0]?.id === asked;
  const found = [...definition.authorizers]
    .sort((a, b) => byName(a.name ?? "", b.name ?? ""))
    .flatMap((there) => {
      const { id: awsId = "", name = "" } = there;
      const id = alone ? AUTHORIZER_OF_API : taken.give(nameIdOf("authorizer", name, awsId));
      const adopted = adoptAuthorizer(id, there);
      return adopted ? [{ awsId, ...adopted }] : [];
    });
  const authorizers = found.map(({ authorizer }) => authorizer).sort((a, b) => byName(a.id, b.id));
  return {
    authorizers,
    byDefault: authorizationOf(asked, found),
    ids: new Map(found.map(({ awsId, authorizer }) => [awsId, authorizer.id])),
    imported: Object.fromEntries(
      found.map(({ awsId, authorizer, keep }) => [authorizer.id, { id: awsId, ...(keep.length > 0 && { keep }) }]),
    ),
  };
}

/** `undefined` for one that asks nothing that the catalog can name. */
function adoptAuthorizer(
  id: string,
  written: sdk.Authorizer,
): { readonly authorizer: Authorizer; readonly keep: readonly string[] } | undefined {
  const there = authorizerAttributes(written);
  const { entry } = decodeAuthorizer(id, AUTHORIZER.read(there));
  if (!entry || entry.handler !== undefined) return undefined;
  const none = entry.resultTtlSeconds === 0 ? "" : AUTHORIZER_DEFAULTS.identitySource;
  const authorizer = { ...entry, identitySource: entry.identitySource || none };
  return {
    authorizer,
    keep: AUTHORIZER.differing(
      encodeAuthorizer(authorizer, () => ""),
      there,
    ),
  };
}

/** What most of the methods ask that need a key: the id of an authorizer in AWS, `AWS_IAM`, or nothing. */
function mostAsked(resources: readonly sdk.Resource[]): string | undefined {
  const counts = new Map<string | undefined, number>();
  for (const { resourceMethods = {} } of resources)
    for (const { apiKeyRequired, authorizationType, authorizerId } of Object.values(resourceMethods)) {
      if (!apiKeyRequired) continue;
      const asked = authorizationType === AWS_IAM ? AWS_IAM : authorizationType === "NONE" ? undefined : authorizerId;
      counts.set(asked, (counts.get(asked) ?? 0) + 1);
    }
  const [most] = [...counts].sort(([a = "", x], [b = "", y]) => y - x || byName(a, b));
  return most?.[0];
}

function authorizationOf(
  asked: string | undefined,
  found: readonly { readonly awsId: string; readonly authorizer: Authorizer }[],
): Authorization {
  if (asked === AWS_IAM) return { type: AWS_IAM };
  const authorizer = found.find(({ awsId }) => awsId === asked)?.authorizer;
  return authorizer ? asking(authorizer) : { type: "NONE" };
}
