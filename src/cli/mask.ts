import type { Command } from "commander";
import { several } from "./repeatable";

interface MaskOptions {
  readonly plan: readonly string[];
  readonly state: readonly string[];
  readonly allowUnvouched: boolean;
}

/** Exit code where the text may hold sensitive values. */
const UNVOUCHED = 3;

/** @param answer gets the exit code if it is not 0 */
export function addMaskCommand(program: Command, answer: (code: number) => void): void {
  program
    .command("mask")
    .description(
      "Masks the values of keys in what Terraform prints: terraform plan | api-tiers mask --plan plan.json. Exits with 0 if " +
        "it masked every sensitive value, with 3 if it cannot say so: it had neither a plan nor a state, or a value is shorter than 6 characters; with 1 if it failed.",
    )
    .option(
      "--plan <file>",
      'what "terraform show -json" printed of the plan: everything that it marks as sensitive is masked, repeatable',
      several,
      [],
    )
    .option("--state <file>", 'the same for a state, or what "terraform state pull" printed, repeatable', several, [])
    .option("--allow-unvouched", "exit with 0 where it would exit with 3", false)
    .action(async ({ plan, state, allowUnvouched }: MaskOptions) => {
      if (process.stdin.isTTY)
        throw new Error("there is nothing to read; write terraform plan | api-tiers mask --plan plan.json");
      const [{ TextMask }, { secretsOfFile }, { isTooShort }] = await Promise.all([
        import("../masking/text-mask"),
        import("../masking/secrets-file"),
        import("../masking/known-values"),
      ]);
      const files = [...plan, ...state];
      const values = files.flatMap((file) => [...secretsOfFile(file)]);
      const isKnown = files.length > 0;
      const isRead = await maskInput(new TextMask({ values, vouched: isKnown }));
      const short = new Set(values.filter(isTooShort)).size;
      if (!isRead || (isKnown && short === 0)) return;
      const why = isKnown
        ? `${short === 1 ? "1 sensitive value has" : `${short} sensitive values have`} fewer than 6 characters, as parts of many words have. It did not mask ${short === 1 ? "it" : "these"}`
        : "without --plan or --state it does not know which values are secret. It masked outputs and what looks like a key";
      const next = allowUnvouched ? "" : ", and pass --allow-unvouched to exit with 0";
      console.error(`mask: ${why}; read the text before you show it${next}`);
      if (!allowUnvouched) answer(UNVOUCHED);
    });
}

/** Answers whether all was written; not if the reader has gone (`| head`), who then needs nothing more. */
async function maskInput(mask: import("../masking/text-mask").TextMask): Promise<boolean> {
  const { stdin, stdout } = process;
  let isOpen = true;
  const failed = new Promise<void>((_, reject) => {
    stdout.on("error", (error: NodeJS.ErrnoException) => {
      isOpen = false;
      if (error.code === "EPIPE") stdin.destroy();
      else reject(error);
    });
  });
  const write = async (bytes: Buffer) => {
    if (bytes.length === 0 || !isOpen) return;
    await new Promise<void>((resolve) => {
      stdout.write(bytes, () => resolve());
    });
  };
  const read = async () => {
    for await (const chunk of stdin) {
      await write(mask.push(chunk as Buffer));
      if (!isOpen) return;
    }
    await write(mask.end());
  };
  await Promise.race([read(), failed]);
  return isOpen;
}
