import { type Command, InvalidArgumentError, Option } from "commander";
import type { ServeOptions } from "./serving";

export function addServeCommand(program: Command): void {
  program
    .command("serve")
    .description("Runs what was synthesized on this machine, with keys, throttles and quotas enforced.")
    .argument(
      "[path]",
      'cdktf\'s output folder, or what "terraform show -json" printed of a plan or a state',
      "cdktf.out",
    )
    .addOption(new Option("--port <number>", "port to listen on, 0 for any that is free").default(8080).argParser(port))
    .option(
      "--host <address>",
      "address to listen on; with another than this, others can use the local keys",
      "127.0.0.1",
    )
    .option(
      "--allowed-host <name>",
      "answer requests to this name too, besides localhost and IP addresses; .example.com includes subdomains, repeatable",
      (name: string, others: readonly string[]) => [...others, name],
      [],
    )
    .option("--stage <name>", "serve the stages of this name only")
    .addOption(
      new Option("--jwks <file>", "signing keys (JWKS) of Cognito user pools; without them no token passes, repeatable")
        .default([], "none")
        .argParser((file: string, others: readonly string[]) => [...others, file]),
    )
    .option("--seed <text>", "make the same local keys each time")
    .addOption(
      new Option("--backend <origin=url>", "call another backend than the one that is written, repeatable")
        .default({}, "none")
        .argParser(backend),
    )
    .option(
      "--key <subscription=value>",
      "the local key of a subscription, of 20 to 128 letters and digits, repeatable; a key that brings its value has that of its TF_VAR_…",
      repeated,
      [],
    )
    .option("--keys <file>", 'the same for many: a JSON file such as {"joe-black": "…"}')
    .option(
      "--env <name=value>",
      "environment variable of all functions; NAME alone passes your own on, repeatable",
      repeated,
      [],
    )
    .option(
      "--self-service <table>",
      "also serve the keys of customers who signed up by themselves: they are read from the account of the environment, every second",
    )
    .action(async (path: string, options: ServeOptions) => {
      // Loaded only here, for the other commands need no server.
      const { serve } = await import("./serving");
      await serve(path, options);
    });
}

function port(text: string): number {
  const number = Number(text);
  if (!/^\d+$/.test(text) || number > 65_535) throw new InvalidArgumentError("It must be a number from 0 to 65535.");
  return number;
}

function backend(text: string, others: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const [, from, to] = /^(https?:\/\/[^/=]+)\/?=(https?:\/\/.+)$/.exec(text) ?? [];
  if (from === undefined || to === undefined || !URL.canParse(from) || !URL.canParse(to))
    throw new InvalidArgumentError("Write it as https://backend.example.com=http://127.0.0.1:3000.");
  return { ...others, [new URL(from).origin]: to };
}

/** Values may be secrets, so they are looked at later: commander would repeat them. */
const repeated = (text: string, others: readonly string[]) => [...others, text];
