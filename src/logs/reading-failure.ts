/** @param source the name of a file, or of an object */
export const readingFailure = (source: string, error: unknown): Error =>
  new Error(
    `${source}: cannot be read to its end (${(error as Error).message}); nothing of it is counted; fetch it again, or leave it out`,
    { cause: error },
  );
