import { MissingPackage } from "../project/optional-package";

/** A log of which no part can be read as it is. The message names the log, and says what to do. */
export class UnreadableLog extends Error {}

/** @param source the name of a file, or of an object */
export const readingFailure = (source: string, error: unknown): Error =>
  error instanceof UnreadableLog || error instanceof MissingPackage
    ? error
    : new Error(
        `${source}: cannot be read to its end (${(error as Error).message}); nothing of it is counted; fetch it again, or leave it out`,
        { cause: error },
      );
