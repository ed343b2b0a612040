import { commandBlocks, PAGES_WITH_COMMANDS, withoutQuestions } from "../support/documented-commands";

test("a block says how it is run in the comment before it", () => {
  const page = [
    "```sh\nls\n```",
    "<!-- sh: emulator -->\n```sh\nnpx cdktf deploy access # customers\n```",
    "<!-- sh: serves -->\n\n```bash\nnpx api-tiers serve\n```",
    "<!-- sh: in examples/traffic -->\n```sh\nls\n```",
    "<!-- sh: not run: it takes an hour -->\n```sh\nsleep 3600\n```",
    "```ts\nconst notACommand = 1;\n```",
  ].join("\n\n");
  const plain = { page: "a.md", notRun: undefined, emulator: false, serves: false, folder: "." };
  expect(commandBlocks("a.md", page)).toEqual([
    { ...plain, line: 1, text: "ls\n" },
    { ...plain, line: 6, text: "npx cdktf deploy access # customers\n", emulator: true },
    { ...plain, line: 12, text: "npx api-tiers serve\n", serves: true },
    { ...plain, line: 17, text: "ls\n", folder: "examples/traffic" },
    { ...plain, line: 22, text: "sleep 3600\n", notRun: "it takes an hour" },
  ]);
  expect(() => commandBlocks("a.md", "<!-- sh: emulater -->\n```sh\nls\n```")).toThrow(
    'a.md:2: "emulater" is unknown; write "emulator", "serves", "in <folder>", or "not run: why"',
  );
});

test("a deploy is not asked about", () => {
  expect(withoutQuestions("npx cdktf deploy access # customers\nnpx cdktf diff access\n")).toBe(
    "npx cdktf deploy access --auto-approve --skip-provider-lock # customers\nnpx cdktf diff access\n",
  );
  expect(withoutQuestions("npx cdktf deploy '*' --auto-approve")).toBe(
    "npx cdktf deploy '*' --auto-approve --skip-provider-lock",
  );
});

test.each(PAGES_WITH_COMMANDS)("every block of commands of %s is run, or says why not", (page) => {
  for (const { notRun } of commandBlocks(page)) expect(notRun ?? "it is run").toMatch(/^\w.{8,}$/);
});
