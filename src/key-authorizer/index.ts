import { type Authorizer, keyAuthorizer } from "./authorize";
import { keyStore } from "./key-store";
import { settingsFrom } from "./settings";
import { oidcVerifier } from "./verify-token";

let authorizer: Authorizer | undefined;

/**
 * A TOKEN authorizer, ready-made, for APIs with key source AUTHORIZER: it verifies the caller's JWT and hands API Gateway the
 * key of the subscription that the token names. A replaced key counts when it has left two caches: ours
 * (`KEY_CACHE_SECONDS`) and that of API Gateway. `Settings` says what the environment holds.
 *
 * A project makes it one of its handlers by a file in its `handlers` folder:
 * `export { handler } from "cdktf-api-tiers/key-authorizer";`
 */
export const handler: Authorizer = async (event) => {
  authorizer ??= authorizerFromEnvironment();
  return authorizer(event);
};

function authorizerFromEnvironment(): Authorizer {
  const settings = settingsFrom(process.env);
  return keyAuthorizer({
    verify: oidcVerifier(settings, () => Date.now()),
    lookUp: keyStore(settings),
    keyCacheSeconds: settings.keyCacheSeconds,
    clock: () => Date.now(),
    log: (line) => console.log(JSON.stringify(line)),
  });
}
