import { Command, InvalidArgumentError, Option } from "commander";
import type { Tags } from "../vocabulary/tags";
import { day, dayOption } from "./day-option";
import type {
  AddOptions,
  EditCommandOptions,
  EndOptions,
  MoveOptions,
  RenameOptions,
  ResumeOptions,
  RotateOptions,
} from "./subscription-options";

// Loaded only by the command that runs, because the others need neither TypeScript nor parsers.
const editing = () => import("./editing-subscriptions");

export function addSubscriptionCommand(program: Command): void {
  const subscription = program
    .command("subscription")
    .description(
      "Edits one subscription where it stands, in a data file or in the catalog, and keeps every other byte of it. Checks the " +
        "result, and says what it means to customers.",
    );
  for (const command of [add(), move(), suspend(), resume(), rename(), rotate(), end()])
    subscription.addCommand(command);
}

const edit = (name: string, description: string): Command =>
  new Command(name)
    .description(description)
    .exitOverride()
    .showHelpAfterError()
    .argument("<id>", "the id of the subscription")
    .option("--catalog <file>", "the file that calls defineCatalog", "catalog.ts")
    .addOption(dayOption("--today <day>", "the day that is taken as today's, in UTC"))
    .option("--dry-run", "print the edit, and write nothing", false);

const add = () =>
  edit("add", "Adds a subscription.")
    .requiredOption("--tier <tier>", "the tier that was bought")
    .option("--file <file>", "where it goes, if subscriptions stand in several files: a data file, or the catalog")
    .option("--customer <name>", "who the customer is")
    .option("--cohort <cohort>", "the cohort in whose state its keys stand")
    .addOption(new Option("--starts-on <day>", "the first day on which its keys work").argParser(day))
    .addOption(new Option("--ends-on <day>", "the first day on which they no longer work").argParser(day))
    .option("--trial <tier>", "a tier to try before")
    .addOption(new Option("--trial-until <day>", "the first day on which the bought tier is in effect").argParser(day))
    .addOption(
      new Option("--tag <name=value>", "an AWS tag of its keys, repeatable").default({}, "none").argParser(tag),
    )
    .action(async (id: string, options: AddOptions) => (await editing()).addSubscription(id, options));

const move = () =>
  edit("move", "Moves a customer to another tier, now or on a day. The keys stay.")
    .requiredOption("--tier <tier>", "the other tier")
    .addOption(
      new Option("--on <day>", "the first day on which it is in effect (default: with the next deploy)").argParser(day),
    )
    .action(async (id: string, options: MoveOptions) => (await editing()).moveSubscription(id, options));

const suspend = () =>
  edit("suspend", "Suspends a customer: its keys stop to work, and stay.").action(
    async (id: string, options: EditCommandOptions) => (await editing()).suspendSubscription(id, options),
  );

const resume = () =>
  edit("resume", "Lets the keys of a suspended customer work again.")
    .addOption(new Option("--ends-on <day>", "a new end, for one that has ended").argParser(day))
    .action(async (id: string, options: ResumeOptions) => (await editing()).resumeSubscription(id, options));

const rename = () =>
  edit("rename", "Gives a subscription another id, under which it keeps its keys.")
    .argument("<new-id>", "the id that it gets")
    .option("--deployed", "it was renamed before, and that was deployed")
    .option("--not-deployed", "it was renamed before, and that was not deployed yet")
    .action(async (id: string, to: string, options: RenameOptions & { readonly notDeployed?: true }) => {
      const { notDeployed, ...others } = options;
      (await editing()).renameSubscription(id, to, notDeployed ? { ...others, deployed: false } : others);
    });

const rotate = () =>
  edit(
    "rotate",
    "Replaces a key without an outage, one step each time: adds a second key, disables the old one, removes it. A leaked key is " +
      "disabled at once.",
  )
    .option("--key <name>", "name of the new key (default: the month, such as 2026-11)")
    .addOption(new Option("--on <day>", "the day after which the new key is named (default: --today)").argParser(day))
    .option("--disable <key>", "disable this key, once the customer calls with another one")
    .option("--remove <key>", "remove this key, once it is disabled")
    .option("--leaked <key>", "disable this key with the next deploy, and add another one")
    .option("--force", "disable the last key that works, or remove one that works", false)
    .action(async (id: string, options: RotateOptions) => (await editing()).rotateKeys(id, options));

const end = () =>
  edit("end", "Ends a subscription on a day, or removes one that is suspended or has ended.")
    .addOption(
      new Option("--on <day>", "the first day on which its keys no longer work (default: remove it)").argParser(day),
    )
    .option("--force", "remove it although its keys work", false)
    .action(async (id: string, options: EndOptions) => (await editing()).endSubscription(id, options));

function tag(text: string, others: Tags): Tags {
  const [, name, value = ""] = /^([^=]+)=(.*)$/s.exec(text) ?? [];
  if (name === undefined) throw new InvalidArgumentError("Write it as name=value.");
  return { ...others, [name]: value };
}
