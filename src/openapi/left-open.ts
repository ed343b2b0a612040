import type { DocumentFiles, DocumentNode } from "../document/document";
import { functionIn } from "../document/open-values";
import { nearestTo } from "../text/nearest";
import { show } from "../text/show";
import { isObject } from "../vocabulary/objects";
import type { Remarks } from "./remarks";

/** What API Gateway puts in by itself when it calls. */
const OF_API_GATEWAY = /^stageVariables\./;
/** Variables of IAM policies, such as `${aws:username}`; CloudFormation's have two colons. */
const OF_POLICIES = /^[a-z0-9]+:[A-Za-z0-9/_.-]+$/;

/** What a text leaves open to the tool that deploys the document. */
interface Left {
  readonly text: string;
  readonly name: string | undefined;
}

function leftIn(text: string, isOurs: (name: string) => boolean): Left | undefined {
  for (const [open, name = ""] of text.matchAll(/\$\{([^{}]*)\}?/g)) if (!isOurs(name)) return { text: open, name };
  const [directive] = /%\{[^}]*\}?/.exec(text) ?? [];
  return directive === undefined ? undefined : { text: directive, name: undefined };
}

/** Refuses texts that Terraform or CloudFormation would have replaced: taken as they are, they would be called, or asked. */
export class LeftOpen {
  constructor(
    private readonly files: DocumentFiles,
    private readonly remarks: Remarks,
  ) {}

  /** Whether a part of the document has a function of CloudFormation without a value, which is an error of its own. */
  isIn(node: DocumentNode): boolean {
    if (!isObject(node.value) || functionIn(node.value) === undefined)
      return node.children().some((each) => this.isIn(each));
    return this.files.open.some((each) => each.node.id === node.id);
  }

  /** Every text in a part of the document that says who is called or asked. */
  refuse(node: DocumentNode | undefined): void {
    this.visit(node, (name) => OF_API_GATEWAY.test(name));
  }

  refuseInPolicy(node: DocumentNode | undefined): void {
    this.visit(node, (name) => OF_POLICIES.test(name));
  }

  private visit(node: DocumentNode | undefined, isOurs: (name: string) => boolean): void {
    // What CloudFormation's functions leave open is said of them.
    if (node === undefined || (isObject(node.value) && functionIn(node.value) !== undefined)) return;
    if (typeof node.value === "string") {
      const left = leftIn(node.value, isOurs);
      if (left) this.say(node, left);
    }
    for (const each of node.children()) this.visit(each, isOurs);
  }

  private say(node: DocumentNode, { text, name }: Left): void {
    const isName = name !== undefined && /^[A-Za-z0-9_.:-]+$/.test(name);
    if (isName) this.remarks.error(node, ...missing([name]));
    else
      this.remarks.error(
        node,
        `has ${show(text)}, an expression that nothing evaluates: text of a document is text; write its value in its place`,
      );
  }
}

/** What is said of variables without values. */
const missing = (names: readonly string[]) =>
  [
    (all: readonly string[]) =>
      `is left open to the tool that deploys the document; give values: variables: { ${[...new Set(all)]
        .map((each) => `${JSON.stringify(each)}: "…"`)
        .join(", ")} }`,
    {
      kind: "variables",
      subject: names[0],
      remedy: { variables: Object.fromEntries(names.map((name) => [name, ""])) },
    },
  ] as const;

/** What is said of conditions that nobody has decided. */
const condition = (name: string) =>
  [
    (all: readonly string[]) =>
      'is decided by a condition when the document is deployed; say "true" or "false": variables: ' +
      `{ ${[...new Set(all)].map((each) => `${JSON.stringify(each)}: "true"`).join(", ")} }`,
    { kind: "conditions", subject: name, remedy: { variables: { [name]: "" } } },
  ] as const;

/** Refuses functions of CloudFormation that have no value, and values that nothing takes. */
export function refuseOpenValues(
  files: DocumentFiles,
  root: DocumentNode,
  variables: Readonly<Record<string, string>>,
  remarks: Remarks,
): void {
  for (const { node, names, function: name } of files.open)
    for (const each of names)
      if (name === "Fn::If") remarks.error(node, ...condition(each));
      else remarks.error(node, ...missing([each]));
  for (const name of Object.keys(variables))
    if (!files.names.has(name)) {
      const nearest = nearestTo(name, [...files.names]);
      remarks.error(
        root,
        `variables: ${JSON.stringify(name)} stands nowhere in the document; ${nearest === undefined ? "leave it out" : `did you mean ${JSON.stringify(nearest)}?`}`,
      );
    }
}
