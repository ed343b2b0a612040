import { printable } from "../text/printable";
import type { KnownUntil } from "./calls";
import type { KeyStatus, RotationStatus } from "./rotation-status";

const PHASES: Readonly<Record<RotationStatus["phase"], string>> = {
  unused: "the new key is not used yet",
  moving: "the older key is still used",
  silent: "the older key is silent",
  replaced: "the older key is disabled",
  suspended: "no key works",
  unknown: "not known",
};

/** Where each rotation stands, for a terminal. */
export function statusText(
  rotations: readonly RotationStatus[],
  { first, last, upTo, notes }: { readonly first: string; readonly last: string } & Pick<KnownUntil, "upTo" | "notes">,
): string {
  if (rotations.length === 0) return "No subscription has several keys.";
  const blocks = rotations.map(({ subscription, phase, keys, next, commands }) =>
    [
      `${subscription}: ${PHASES[phase]}`,
      ...keys.map((key) => `  ${lineOf(key)}`),
      `  next: ${next}`,
      ...commands.map((command) => `    ${command}`),
    ]
      .map((line) => printable(line, 400))
      .join("\n"),
  );
  const until = upTo === null ? "nothing is known of them" : `as far as they were known at ${upTo}`;
  return [`Calls from ${first} to ${last} (UTC), ${until}`, ...blocks, ...notes].join("\n\n");
}

function lineOf({ key, enabled, createdAt, calls, lastCall, unknownDays, handedOver }: KeyStatus): string {
  const parts = [
    enabled ? "works" : "disabled",
    ...(createdAt === null ? [] : [`created ${createdAt.slice(0, 10)}`]),
    lastCall === null
      ? "no call"
      : `${calls.toLocaleString("en")} ${calls === 1 ? "call" : "calls"}, the last on ${lastCall}`,
    ...(unknownDays.length > 0 ? [`${unknownDays.length} ${unknownDays.length === 1 ? "day" : "days"} not known`] : []),
    ...(handedOver ? [`handed over as ${handedOver.name}`] : []),
  ];
  return `${key}: ${parts.join("; ")}`;
}
