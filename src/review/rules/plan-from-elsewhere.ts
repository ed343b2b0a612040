import { KNOWN_FORMAT } from "../../model/plan-notes";
import { counted, type Rule } from "../finding";
import type { Source } from "../plans";

export const planFromElsewhere: Rule = {
  id: "plan-from-elsewhere",
  severity: "notice",
  title: (count) =>
    counted(count, "plan is of another program or a newer format", "plans are of another program or a newer format"),
  holds: "Plans are of a version of Terraform whose format this review knows.",
  why: "The format is the same as far as this review reads it. What is new in it, and nobody here knows, is not reviewed.",
  remedy: "Update this program once a newer version knows that format.",
  find: ({ sources }) =>
    sources.flatMap((source) => {
      const what = whatOf(source);
      return what.length === 0 ? [] : [{ about: source.stack, subject: `plan ${source.stack}`, what: what.join("; ") }];
    }),
};

function whatOf({ otherTool, formatVersion }: Source): string[] {
  return [
    ...(otherTool === undefined ? [] : [`was made by ${otherTool}`]),
    ...(isNewer(formatVersion) ? [`has the format ${formatVersion}, and ${KNOWN_FORMAT} is known`] : []),
  ];
}

function isNewer(version: string): boolean {
  const [[major = 0, minor = 0], [knownMajor = 0, knownMinor = 0]] = [version, KNOWN_FORMAT].map((each) =>
    each.split(".").map(Number),
  ) as [number[], number[]];
  return major === knownMajor && minor > knownMinor;
}
