import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Turns that a reader in a hurry has to read twice, or that are not the field's terms; and what to write instead. */
const BANNED: readonly (readonly [pattern: RegExp, better: string])[] = [
  [/\bmend(s|ed|ing)?\b/i, "fix"],
  [/\banew\b/i, "again; redeploy, recreate"],
  [/\bwhoever\b/i, "the caller, whoever it is by name; or a relative clause with who"],
  [/\bno word for\b/i, "does not support"],
  [/\bnobody is (told|asked)\b/i, "no callback, no authorizer"],
  [/\bhardly\b/i, "unlikely to be intended"],
  [/\bof (AWS|Terraform|API Gateway|Velocity|Java|JavaScript|Node|cdktf)'s\b/i, "AWS quotas, a Terraform file"],
  [/\bfor ever\b/i, "forever"],
  [/\bhis own\b/i, "their own"],
  [/\bcolour/i, "color"],
  [/\bbehaviour/i, "behavior"],
  [/\btroubles?\b/i, "gateway error"],
  [/\bstrangers?\b/i, "external resource"],
  [/\bworlds?\b/i, "before and after"],
  [/\bis there already\b/i, "already exists"],
  [/\b(is|are|was|were|be) told\b|\btell(s|ing)? of\b/i, "is reported, reports"],
  [/\bcalled as\b/i, "named after"],
  [/\b(thereby|whereby|therein|hence)\b/i, "a sentence of its own"],
  [/(?<!\bthere )\bis no (?!longer\b|more than\b)[a-z]/i, "is not a; unknown"],
  [/(?<!\bthere )\bare no (?!longer\b)[a-z]/i, "are not"],
  [/\bnothing to stop for\b/i, "no decision needed"],
  [/, for (it|there|they|he|nobody|otherwise)\b/i, "because"],
  [/\brequests at once\b/i, "burst"],
  [/\blets? (nobody|everybody|somebody|whoever|customers|callers) in\b/i, "blocks every request, accepts"],
  [/\bmust be (a )?(text|texts|map|flag)\b/, "must be a string, an object, true or false"],
  [/\bdoes not know (the )?(field|")/, "unknown field"],
  [/\bnot (so )?understood\b/i, "unsupported, not evaluated"],
  [/\bdeploy(s|ed)? (it )?anew\b/i, "redeploy"],
  [/\bwhere nobody says otherwise\b/i, "by default"],
];

const ROOT = join(__dirname, "../..");
const SKIPPED = new Set(["node_modules", "cdktf.out", "dist", "golden", "fixtures", ".git", "language"]);

function filesIn(folder: string, extensions: RegExp): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (SKIPPED.has(entry.name)) return [];
    return entry.isDirectory() ? filesIn(path, extensions) : extensions.test(entry.name) ? [path] : [];
  });
}

const CODE = /\.(ts|cjs|yml|sh|py)$/;
const files = [
  ...["src", "handlers", "scripts", "examples", "bench", "emulator", "__tests__"].flatMap((each) =>
    filesIn(each, CODE),
  ),
  ...["docs", "examples", "bench"].flatMap((each) => filesIn(each, /\.md$/)),
  ...["README.md", "CONTRIBUTING.md", "main.ts", "catalog.ts"],
];

test.each(BANNED.map(([pattern, better]) => [pattern.source, better, pattern] as const))(
  "nothing that a person reads says /%s/: write %s",
  (_, __, pattern) => {
    const found = files.flatMap((file) =>
      readFileSync(join(ROOT, file), "utf8")
        .split("\n")
        .flatMap((line, index) => (pattern.test(line) ? [`${file}:${index + 1}: ${line.trim()}`] : [])),
    );
    expect(found).toEqual([]);
  },
);
