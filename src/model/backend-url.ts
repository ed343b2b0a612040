import { isKnown, referencesIn } from "./terraform-resource";

/**
 * The URL of a backend. A host that is known only after a deploy is written as the address of the resource that will have
 * it, `http://aws_lb.main/pets`, so that another backend can be named in its place. `undefined` where anything else is
 * known only then.
 */
export function backendUrl(uri: string): string | undefined {
  if (isKnown(uri)) return uri;
  const [, scheme, host = "", rest = ""] = /^(https?:\/\/)([^/?]*)(.*)$/s.exec(uri) ?? [];
  const [only, ...others] = referencesIn(host);
  if (scheme === undefined || !only || others.length > 0 || only.address === "" || !isKnown(rest)) return undefined;
  const name = only.address.replace(/\[[^\]]*\]/g, "").replace(/[^\w.-]/g, "-");
  return `${scheme}${name}${rest}`;
}
