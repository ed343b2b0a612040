import { type Authorizer, keyAuthorizer } from "./lib/key-authorizer/authorize";
import { keyStore } from "./lib/key-authorizer/key-store";
import { settingsFrom } from "./lib/key-authorizer/settings";
import { oidcVerifier } from "./lib/key-authorizer/verify-token";

let authorizer: Authorizer | undefined;

/**
 * TOKEN authorizer for APIs with key source AUTHORIZER: verifies the caller's JWT and hands API Gateway the key of the
 * subscription that it names. A replaced key counts when it has left two caches: ours (`KEY_CACHE_SECONDS`) and that of
 * API Gateway. `Settings` says what the environment holds.
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
