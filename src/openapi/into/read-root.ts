import { DocumentFiles, type DocumentNode } from "../../document/document";
import { UnreadableFile } from "../../document/source-file";
import { show } from "../../text/show";
import { isObject } from "../../vocabulary/objects";

/**
 * The root of a document that an API can be written into.
 *
 * @throws Error for a file that is none
 */
export function readRoot(path: string): DocumentNode {
  const root = readFile(path);
  const problem = problemOf(root.value);
  if (problem !== undefined) throw new Error(`${path}: ${problem}`);
  return root;
}

function readFile(path: string): DocumentNode {
  try {
    return new DocumentFiles().root(path);
  } catch (cause) {
    if (!(cause instanceof UnreadableFile)) throw cause;
    throw new Error(`${path}: ${cause.message}; give the root file of an OpenAPI document`);
  }
}

function problemOf(value: unknown): string | undefined {
  const { openapi, swagger, paths } = isObject(value) ? value : {};
  if (openapi === undefined && swagger === undefined)
    return 'is not an OpenAPI document, because it has neither "openapi" nor "swagger"; give the root file of one';
  const version = String(openapi ?? swagger);
  if (!(openapi === undefined ? /^2\.0$|^2$/ : /^3\.[01](\.|$)/).test(version))
    return `is of version ${show(openapi ?? swagger)}, and an API is written into OpenAPI 3.0, 3.1 and Swagger 2.0; convert it`;
  return isObject(paths) ? undefined : "has no paths, so it describes no API; give the root file of the document";
}
