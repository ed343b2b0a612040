import { writeFileSync } from "node:fs";
import { extname } from "node:path";
import { type Command, InvalidArgumentError, Option } from "commander";
import { stringify } from "yaml";
import type { GatewayModel } from "../model/model";
import { readGateway } from "../model/read-gateway";
import { openApiOf } from "../openapi/openapi-of";
import { addOpenApiCheckCommand } from "./openapi-check";
import { type WriteIntoOptions, writeInto } from "./openapi-into";

interface OpenApiCommandOptions extends Omit<WriteIntoOptions, "into"> {
  readonly into?: string;
}

export function addOpenApiCommand(program: Command, answerWith: (code: number) => void): void {
  const openapi = program
    .command("openapi")
    .description(
      "Writes a synthesized API as an OpenAPI 3.0 document, with keys and tiers, for its customers; with --into, writes them into " +
        "the document that the API was made of, and leaves all else as it is.",
    )
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
    .option(
      "--into <document>",
      "document of the team, OpenAPI 3.0, 3.1 or Swagger 2.0, into which servers, security and tiers are written",
    )
    .option("--output <file>", "file to write, which may be the document itself; without it, the document is printed")
    .option("--output-folder <folder>", "with --into: folder for the document and the files that it refers to")
    .addOption(
      new Option(
        "--for <readers>",
        "with --into: leaves out what customers need not know: what is behind the API, operations that it does not serve, other servers",
      ).choices(["customers"]),
    )
    .addOption(
      new Option("--server <stage=url>", "where a stage answers, repeatable").default({}, "none").argParser(server),
    )
    .action((api: string, path: string, { into, ...options }: OpenApiCommandOptions) => {
      const model = readGateway(path);
      if (into !== undefined) writeInto(model, api, { into, ...options });
      else writeNew(model, api, options);
    });
  addOpenApiCheckCommand(openapi, answerWith);
}

function writeNew(model: GatewayModel, api: string, options: Omit<OpenApiCommandOptions, "into">): void {
  const { format, output, outputFolder, server } = options;
  if (outputFolder !== undefined || options.for !== undefined)
    throw new Error(
      `${outputFolder === undefined ? "--for" : "--output-folder"} is about a document of the team; name it by --into openapi.yaml`,
    );
  const document = openApiOf(model, api, { servers: server });
  const json = (format ?? (output && extname(output).toLowerCase().slice(1))) === "json";
  const text = json
    ? `${JSON.stringify(document, undefined, 2)}\n`
    : stringify(document, { aliasDuplicateObjects: false, lineWidth: 0 });
  if (output === undefined) process.stdout.write(text);
  else writeFileSync(output, text);
}

function server(text: string, others: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const [, stage, url] = /^([A-Za-z0-9_-]+)=(https?:\/\/.+)$/.exec(text) ?? [];
  if (stage === undefined || url === undefined || !URL.canParse(url))
    throw new InvalidArgumentError("Write it as prod=https://api.example.com/v1.");
  return { ...others, [stage]: url.replace(/\/$/, "") };
}
