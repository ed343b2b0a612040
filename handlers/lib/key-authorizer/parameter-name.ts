/**
 * Name of the SSM parameter or of the secret that holds a subscription's key. What is neither letter, digit, "." nor
 * "-" is written as "_" and the hex code of each of its bytes in UTF-8, so no two subscriptions share a name: "joe@x"
 * becomes "joe_40x".
 */
export function parameterName(prefix: string, subscription: string): string {
  return prefix + subscription.replace(/[^A-Za-z0-9.-]/gu, hexOf);
}

const hexOf = (character: string): string => Buffer.from(character).toString("hex").replace(/../g, "_$&");
