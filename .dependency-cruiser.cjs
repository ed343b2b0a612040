// Which folder may import which: "a --> b" in CONTRIBUTING.md reads "a is imported by b".
const VOCABULARY = ["contract", "text", "vocabulary"];
const MAY_IMPORT = {
  text: [],
  memory: [],
  "key-authorizer": ["contract", "memory"],
  vocabulary: ["text"],
  contract: ["text", "vocabulary"],
  catalog: VOCABULARY,
  terraform: ["catalog", ...VOCABULARY],
  document: VOCABULARY,
  model: ["document", ...VOCABULARY],
  masking: VOCABULARY,
  limiter: ["memory", "text", "vocabulary"],
  gateway: ["limiter", "memory", "model", ...VOCABULARY],
  review: ["masking", "model", ...VOCABULARY],
  openapi: ["document", "model", ...VOCABULARY],
  project: ["text"],
  aws: ["limiter", "project", ...VOCABULARY],
  adoption: ["aws", "catalog", "limiter", "masking", "model", "project", ...VOCABULARY],
  testing: ["catalog", "gateway", "limiter", "model", "terraform", ...VOCABULARY],
  usage: ["aws", "limiter", "model", "project", ...VOCABULARY],
  cli: [
    "adoption",
    "aws",
    "catalog",
    "gateway",
    "masking",
    "model",
    "openapi",
    "project",
    "review",
    "usage",
    ...VOCABULARY,
  ],
};

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    { name: "no-cycles", severity: "error", from: {}, to: { circular: true } },
    ...Object.entries(MAY_IMPORT).map(([folder, others]) => ({
      name: `arrows-of-${folder}`,
      severity: "error",
      from: { path: `^src/${folder}/` },
      to: { path: "^(src|handlers|[^/]+\\.ts$)", pathNot: `^src/(${[folder, ...others].join("|")})/` },
    })),
    {
      name: "only-terraform-knows-cdktf",
      comment: "Whoever moves on from CDKTF changes one folder.",
      severity: "error",
      from: { path: "^src/", pathNot: "^src/terraform/" },
      to: { path: "^node_modules/(cdktf|constructs|@cdktf)/" },
    },
    {
      name: "provider-by-folder",
      comment: "The provider's root costs seconds and half a gigabyte; one resource's folder costs milliseconds.",
      severity: "error",
      from: {},
      to: { path: "^node_modules/@cdktf/provider-aws/lib/index" },
    },
    {
      name: "handlers-stand-alone",
      severity: "error",
      from: { path: "^handlers/" },
      to: { path: "^(src/(?!key-authorizer/index)|main\\.ts|catalog\\.ts)" },
    },
    {
      name: "index-only-for-users",
      comment: "src/index.ts is the public surface; our own code imports the file that it means.",
      severity: "error",
      from: { path: "^src/" },
      to: { path: "^src/index\\.ts$" },
    },
    { name: "resolvable", severity: "error", from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsConfig: { fileName: "tsconfig.json" },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["require", "node", "types"] },
  },
};
