import { nearestTo } from "../text/nearest";
import type { Section } from "./report";

/**
 * What may have been meant by an acceptance that accepts nothing: the findings whose names hold it, where it is ambiguous; the
 * nearest name otherwise; or a finding of another rule about the same.
 */
export function nearAcceptances({ rule, about }: Accepted, sections: readonly Section[]): string[] {
  const open = sections.filter(({ severity }) => severity === "decision");
  const own = open.filter((each) => each.rule === rule).flatMap(({ findings }) => findings.map((each) => each.about));
  const ambiguous = own.filter((name) => name.endsWith(`/${about}`) || name.startsWith(`${about} (`));
  const nearest = nearestTo(about, own);
  const names = ambiguous.length > 0 ? ambiguous : nearest === undefined ? [] : [nearest];
  if (names.length > 0) return names.map((name) => `${rule}:${name}`);
  return open
    .filter(({ findings }) => findings.some((each) => each.about === about))
    .map((section) => `${section.rule}:${about}`);
}

interface Accepted {
  readonly rule: string;
  readonly about: string;
}
