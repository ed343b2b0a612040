import { printable } from "../text/printable";
import type { KeyStatus, RotationStatus } from "./rotation-status";

const PHASES: Readonly<Record<RotationStatus["phase"], string>> = {
  unused: "the new key is not used yet",
  moving: "the older key is still used",
  silent: "the older key is silent",
  replaced: "the older key is disabled",
  unknown: "not known",
};

/** Where each rotation stands, for a terminal. */
export function statusText(
  rotations: readonly RotationStatus[],
  days: { readonly first: string; readonly last: string },
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
  return [`Calls from ${days.first} to ${days.last} (UTC)`, ...blocks].join("\n\n");
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
