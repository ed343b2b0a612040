import { writeFiles } from "../src/project/write-files";
import { PAGES } from "./docs/pages";

/** Writes the reference in `docs/reference` from the sources. Run it after a change of a field, a rule or a command. */
writeFiles(new Map([...PAGES].map(([file, page]) => [file, page()])));
