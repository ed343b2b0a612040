/** Where on AWS functions and clients believe to be. */
export interface LocalAws {
  readonly region: string;
  readonly accountId: string;
}

/** The account in the examples of AWS. */
export const LOCAL_AWS: LocalAws = { region: "us-east-1", accountId: "123456789012" };
