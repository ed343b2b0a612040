import { writeFileSync } from "node:fs";
import { extname } from "node:path";
import { type Command, InvalidArgumentError, Option } from "commander";
import { stringify } from "yaml";
import { readGateway } from "../model/read-gateway";
import { openApiOf } from "../openapi/openapi-of";

interface OpenApiCommandOptions {
  readonly format?: "yaml" | "json";
  readonly output?: string;
  readonly server: Readonly<Record<string, string>>;
}

export function addOpenApiCommand(program: Command): void {
  program
    .command("openapi")
    .description("Writes a synthesized API as an OpenAPI 3.0 document, with keys and tiers, for its customers.")
    .argument("<api>", "id of the API in the catalog; of another, its name or address")
    .argument(
      "[path]",
      'cdktf\'s output folder, or what "terraform show -json" printed of a plan or a state',
      "cdktf.out",
    )
    .addOption(
      new Option("--format <format>", "how to write it; without it, as the output's name says, or YAML").choices([
        "yaml",
        "json",
      ]),
    )
    .option("--output <file>", "file to write; without it, the document is printed")
    .addOption(
      new Option("--server <stage=url>", "where a stage answers, repeatable").default({}, "none").argParser(server),
    )
    .action((api: string, path: string, { format, output, server }: OpenApiCommandOptions) => {
      const document = openApiOf(readGateway(path), api, { servers: server });
      const json = (format ?? (output && extname(output).toLowerCase().slice(1))) === "json";
      const text = json
        ? `${JSON.stringify(document, undefined, 2)}\n`
        : stringify(document, { aliasDuplicateObjects: false, lineWidth: 0 });
      if (output === undefined) process.stdout.write(text);
      else writeFileSync(output, text);
    });
}

function server(text: string, others: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const [, stage, url] = /^([A-Za-z0-9_-]+)=(https?:\/\/.+)$/.exec(text) ?? [];
  if (stage === undefined || url === undefined || !URL.canParse(url))
    throw new InvalidArgumentError("Write it as prod=https://api.example.com/v1.");
  return { ...others, [stage]: url.replace(/\/$/, "") };
}
