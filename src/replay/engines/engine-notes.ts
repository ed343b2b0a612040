import { show } from "../../text/show";
import { countOf } from "../../usage/report/labels";
import { tierOf } from "../answers/fits";
import type { Candidate } from "../candidates/candidate";
import type { EngineCandidate, EngineRow } from "./engine-candidate";
import { leftOutByEngines } from "./engine-candidate-of";

/** Names in a note. */
const MOST = 3;

/** What an engine does not count, and what is not known, in sentences. */
export function engineNotes(
  candidates: readonly Candidate[],
  tried: readonly EngineCandidate[],
  rows: readonly EngineRow[],
): string[] {
  if (rows.length === 0)
    return [
      "There is no call with one of these keys: look at the table, and at what says whose the keys are (--state, --keys, --store, --account).",
    ];
  return [
    ...new Set([
      ...candidates.flatMap((candidate) => leftOutByEngines(candidate).map(asSentence)),
      "The account's limit is not counted by an engine.",
      "An engine looks at the keys of calls alone: calls to routes that need no key, and to stages that a tier does not cover, count like all others.",
      "Lines in another format, calls without a key, and calls with keys of which nobody says whose they are, are left out, and an engine does not say how many there are.",
      "What was used of a quota before the first call is not known, and counts as nothing, so more may be refused than is shown.",
      ...boundNote(rows),
      ...candidates.flatMap(candidateNotes),
      ...unknownKeys(candidates, tried),
      ...severalKeys(tried),
    ]),
  ];
}

const asSentence = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;

const boundNote = (rows: readonly EngineRow[]): string[] =>
  rows.every((row) => row.throttledLow === row.throttledHigh && row.quotaLow === row.quotaHigh)
    ? []
    : [
        "Some calls were answered 429 then, or 403 without a reason that the log says: whether the client would have called again is not known, " +
          "so counts have two bounds: without these calls, and with all as they came.",
      ];

function candidateNotes({ model }: Candidate): string[] {
  return model.plans.flatMap((plan) => [
    ...(plan.unknownLimits.length === 0
      ? []
      : [
          `The ${plan.unknownLimits.join(" and the ")} of ${show(tierOf(plan))} is known only after a deploy, so it refuses nothing here.`,
        ]),
    ...(plan.quota?.offset
      ? [
          `The offset of the quota of ${show(tierOf(plan))} is not counted by an engine; it concerns the first period alone.`,
        ]
      : []),
  ]);
}

/** Enabled keys whose ids in AWS nobody says. */
function unknownKeys(candidates: readonly Candidate[], tried: readonly EngineCandidate[]): string[] {
  const missing = candidates.flatMap(({ model }, index) => {
    const known = new Set(tried[index]?.keys.map(({ subscription }) => subscription));
    return model.plans
      .flatMap(({ keys, externalKeys }) => [...keys, ...externalKeys])
      .filter((key) => !("enabled" in key) || key.enabled)
      .map((key) => key.subscription ?? key.id)
      .filter((subscription) => !known.has(subscription));
  });
  const names = [...new Set(missing)];
  if (names.length === 0) return [];
  return [
    `Of ${countOf(names.length, "subscription")} no id of a key is known, so their calls are left out: ${someOf(names)}; give --state, --keys, --store or --account.`,
  ];
}

/** A replay counts all ids of a subscription's key together. */
function severalKeys(tried: readonly EngineCandidate[]): string[] {
  const idsOf = new Map<string, Set<string>>();
  for (const { key, subscription } of tried.flatMap(({ keys }) => keys))
    idsOf.set(subscription, (idsOf.get(subscription) ?? new Set()).add(key));
  const several = [...idsOf].filter(([, ids]) => ids.size > 1).map(([subscription]) => subscription);
  if (several.length === 0) return [];
  return [
    `Of ${countOf(several.length, "subscription")} several ids of keys are known, and an engine counts each on its own, with limits of its own: ${someOf(several)}.`,
  ];
}

const someOf = (names: readonly string[]): string =>
  [
    names.slice(0, MOST).map(show).join(", "),
    ...(names.length > MOST ? [`and ${countOf(names.length - MOST, "other")}`] : []),
  ].join(" ");
