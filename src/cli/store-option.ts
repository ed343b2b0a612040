import { Option } from "commander";

/** Where the usage store is, for all commands that read or write it. */
export const storeOption = (): Option =>
  new Option("--store <address>", "the usage store: a folder, or s3://bucket/prefix").default("usage");
