// Transpiles the project, its benchmark and the traffic that one replays to `dist` before anything is measured, since a compiler inside of a measured
// process (as with ts-node) takes 100 MB and half a second that no contestant asked for.
const { copyFileSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } = require("node:fs");
const { dirname, join } = require("node:path");
const { transformFileSync } = require("@swc/core");

const root = join(__dirname, "..");
const dist = join(__dirname, "dist");
const options = {
  jsc: { parser: { syntax: "typescript" }, target: "es2022" },
  module: { type: "commonjs" },
  swcrc: false,
};

rmSync(dist, { recursive: true, force: true });
compile("src");
compile("bench");
compile("examples/traffic");

// The project finds its packages as it does in ../src; without this, it would take the copy of `constructs` that AWS CDK
// uses here, which is not the one that cdktf uses.
for (const folder of ["src", "examples"])
  symlinkSync(join(root, "node_modules"), join(dist, folder, "node_modules"), "junction");

function compile(folder) {
  for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory() && !["dist", "node_modules"].includes(entry.name)) compile(path);
    if (!entry.isFile() || !/\.(ts|mjs)$/.test(entry.name)) continue;
    const compiled = join(dist, path.replace(/\.ts$/, ".js"));
    mkdirSync(dirname(compiled), { recursive: true });
    if (entry.name.endsWith(".ts")) writeFileSync(compiled, transformFileSync(join(root, path), options).code);
    else copyFileSync(join(root, path), compiled);
  }
}
