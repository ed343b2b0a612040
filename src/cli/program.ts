import { Command } from "commander";
import { MANIFEST } from "../project/manifest";
import { hideKeys } from "../text/like-a-key";
import { addAdoptCommand } from "./adopt";
import { addCreditCommand } from "./credit";
import { addDriftCommand } from "./drift";
import { addDueCommand } from "./due";
import { addInitCommand } from "./init";
import { addInvoiceCommand } from "./invoice";
import { addKeyCommand } from "./key";
import { addMaskCommand } from "./mask";
import { addOpenApiCommand } from "./openapi";
import { addPlanCommand } from "./plan";
import { addReplayCommand } from "./replay";
import { addReviewCommand } from "./review";
import { addRotationCommand } from "./rotation";
import { addSchemaCommand } from "./schema";
import { addSelfServiceCommand } from "./self-service";
import { addServeCommand } from "./serve";
import { addSplitKeysCommand } from "./split-keys";
import { addSubscriptionCommand } from "./subscription";
import { addSynthCommand } from "./synth";
import { addUsageCommand } from "./usage";
import { addWhyCommand } from "./why";

/**
 * The program `api-tiers` with all of its commands.
 *
 * @param answerWith called by a command whose exit code is an answer
 */
export function createProgram(answerWith: (code: number) => void): Command {
  const program = new Command("api-tiers")
    .description("Works with synthesized API tiers.")
    .version(MANIFEST.version)
    .exitOverride()
    // A command and its subcommands may have options of the same names.
    .enablePositionalOptions()
    // What came may be a key in the wrong place.
    .configureOutput({ outputError: (text, write) => write(hideKeys(text)) })
    .showHelpAfterError();
  addInitCommand(program);
  addSynthCommand(program);
  addServeCommand(program);
  addPlanCommand(program, answerWith);
  addReviewCommand(program, answerWith);
  addMaskCommand(program, answerWith);
  addKeyCommand(program);
  addDriftCommand(program, answerWith);
  addWhyCommand(program);
  addSubscriptionCommand(program);
  addDueCommand(program, answerWith);
  addRotationCommand(program);
  addSelfServiceCommand(program);
  addSplitKeysCommand(program);
  addSchemaCommand(program);
  addOpenApiCommand(program, answerWith);
  addAdoptCommand(program);
  addInvoiceCommand(program, answerWith);
  addCreditCommand(program);
  addReplayCommand(program, answerWith);
  addUsageCommand(program, answerWith);
  return program;
}
