import { type RunResult, run } from "../../__tests__/support/run";

/** Terraform in a folder, for commands that must succeed. */
export const terraformIn =
  (cwd: string, env: NodeJS.ProcessEnv) =>
  (...args: string[]): RunResult => {
    const result = run("terraform", args, { cwd, env, minutes: 30 });
    if (result.code !== 0) throw new Error(`terraform ${args.join(" ")}:\n${result.stdout}\n${result.stderr}`);
    return result;
  };
