import type { Argument, Command, Option } from "commander";
import { createProgram } from "../../src/cli/program";
import { code, HEAD, table } from "./markdown";

/** The reference of the program: every command with its arguments and options. */
export function commandsPage(): string {
  const commands = createProgram(() => {}).commands.flatMap(withSubcommands);
  return `${HEAD}
# Commands

\`npx api-tiers <command>\`. \`--help\` after a command prints the same. Exit code 0 says that all went well, 1 that the
command failed or was written wrongly; a command that uses another code says so. \`API_TIERS_DEBUG=1\` in the environment
prints the stack trace of an error.

${commands.map(({ name }) => `- [\`${name}\`](#${name.replaceAll(" ", "-")})`).join("\n")}
${commands.map(section).join("")}`;
}

interface NamedCommand {
  /** With the names of the commands whose subcommand it is: `usage collect`. */
  readonly name: string;
  readonly command: Command;
}

function withSubcommands(command: Command): NamedCommand[] {
  const below = command.commands.flatMap(withSubcommands);
  const name = command.name();
  return [{ name, command }, ...below.map((each) => ({ ...each, name: `${name} ${each.name}` }))];
}

function section({ name, command }: NamedCommand): string {
  const parts = [
    `## ${name}`,
    command.description(),
    code(`api-tiers ${name} ${command.usage()}`),
    table(["Argument", "Meaning", "Default"], command.registeredArguments.map(argumentRow)),
    table(["Option", "Meaning", "Default"], command.options.filter(({ hidden }) => !hidden).map(optionRow)),
  ];
  return `\n${parts
    .filter((part) => part !== "")
    .map((part) => part.trimEnd())
    .join("\n\n")}\n`;
}

function argumentRow(argument: Argument): string[] {
  const name = `${argument.name()}${argument.variadic ? "..." : ""}`;
  const fallback = argument.required ? "required" : defaultOf(argument);
  return [code(name), argument.description, fallback];
}

function optionRow(option: Option): string[] {
  const choices = option.argChoices ? ` One of ${option.argChoices.map(code).join(", ")}.` : "";
  return [
    code(option.flags),
    `${option.description}${choices}`,
    option.isBoolean() && !option.negate ? "" : defaultOf(option),
  ];
}

function defaultOf({ defaultValue, defaultValueDescription }: Argument | Option): string {
  if (defaultValueDescription !== undefined) return defaultValueDescription;
  const isEmpty =
    defaultValue === undefined || defaultValue === true || (Array.isArray(defaultValue) && defaultValue.length === 0);
  return isEmpty ? "" : code(String(defaultValue));
}
