/** A package that only some need, and that is not installed. The message says who needs it and how to install it. */
export class MissingPackage extends Error {}

/**
 * Loads a package that a project installs only if it uses what needs it (an optional peer dependency).
 *
 * @param name as npm knows it
 * @param user what needs it, as the message begins: `adopt`, `--show`
 * @param load `() => import("the-package")`, so that its types are known
 * @throws MissingPackage
 */
export async function loadOptional<Package>(
  name: string,
  user: string,
  load: () => Promise<Package>,
): Promise<Package> {
  try {
    return await load();
  } catch (error) {
    throw asMissing(error, name, user);
  }
}

/** The same at once. */
export function requireOptional<Package>(name: string, user: string, load: () => Package): Package {
  try {
    return load();
  } catch (error) {
    throw asMissing(error, name, user);
  }
}

/** A package that is there but lacks another one is broken, which is another mistake. */
function asMissing(error: unknown, name: string, user: string): unknown {
  const { code, message } = error as NodeJS.ErrnoException;
  const isMissing = code === "MODULE_NOT_FOUND" || code === "ERR_MODULE_NOT_FOUND";
  if (!isMissing || !message.includes(`'${name}'`)) return error;
  return new MissingPackage(`${user} needs ${name}, which is not installed; run "npm install ${name}"`);
}
