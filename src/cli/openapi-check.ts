import type { Command } from "commander";
import { checkDocument } from "../openapi/check-document";
import { printable } from "../text/printable";

export function addOpenApiCheckCommand(openapi: Command, answerWith: (code: number) => void): void {
  openapi
    .command("check")
    .description(
      "Reads an OpenAPI document (2.0, 3.0, 3.1) as apiFromOpenApi does, and prints what is taken, changed and left out, with the " +
        "options that it needs, as code. Exits with 0 if it can be used as it is, with 2 if it needs options, with 1 if it cannot be read.",
    )
    .argument(
      "<file>",
      "the document; one within a file stands after #: template.yaml#/Resources/Api/Properties/DefinitionBody",
    )
    .action((file: string) => {
      const { isTaken, lines } = checkDocument(file);
      // A long list of operations to leave out is to be copied whole.
      console.log(lines.map((line) => printable(line, Number.POSITIVE_INFINITY)).join("\n"));
      if (!isTaken) answerWith(2);
    });
}
