import { CatalogError } from "../vocabulary/catalog-error";

/**
 * Runs a program that defines and synthesizes a catalog. A catalog with problems ends it with exit code 1 and the list of
 * them, without a stack trace: the mistake is in the catalog, not in the program. Every other error is passed on.
 */
export async function exitOnCatalogError(program: () => void | Promise<void>): Promise<void> {
  try {
    await program();
  } catch (error) {
    if (!(error instanceof CatalogError)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}
