// The files of the local gateway's page are for a browser: they go into the package as they are.
import { cpSync } from "node:fs";

const FOLDER = "gateway/page/files";

cpSync(`src/${FOLDER}`, `dist/${FOLDER}`, { recursive: true, filter: (file) => !file.endsWith("tsconfig.json") });
