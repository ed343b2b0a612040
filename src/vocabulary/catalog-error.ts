import { describeFindings, type Finding } from "../text/finding";

/** Thrown by `defineCatalog`: every error of the catalog at once, none of the warnings. */
export class CatalogError extends Error {
  /** The errors, in the order of their places in the catalog. */
  readonly findings: readonly Finding[];

  constructor(findings: readonly Finding[]) {
    const count = findings.length === 1 ? "1 problem" : `${findings.length} problems`;
    super(
      `The catalog has ${count}:\n${describeFindings(findings)
        .map((line) => `  - ${line}`)
        .join("\n")}`,
    );
    this.name = "CatalogError";
    this.findings = findings;
  }
}
