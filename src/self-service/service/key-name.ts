/** What a key is called in AWS, without the service's own prefix: `acme#2`. No subscription's id has a "#". */
export const keyName = (subscription: string, key: string): string => `${subscription}#${key}`;

/** The subscription and the key that a name says; `undefined` for another name. */
export function readKeyName(name: string): { readonly subscription: string; readonly key: string } | undefined {
  const { subscription, key } = /^(?<subscription>[^#]+)#(?<key>\d+)$/.exec(name)?.groups ?? {};
  return subscription === undefined || key === undefined ? undefined : { subscription, key };
}
