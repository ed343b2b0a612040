import { COUNTED_CALLS, LAYER_NAMES } from "../limiter/layer-names";
import { formatCount, formatQuota, formatRate, formatThrottle } from "../text/limits";
import { printable } from "../text/printable";
import { durationText } from "./duration";
import type { ExplainedLimit, Explanation, Governing, WrittenAt } from "./explanation";

/** An explanation for a terminal. */
export function renderText(explanation: Explanation): string {
  const { subscription, request, api, stage, answer, limits, governs } = explanation;
  const parts = [
    [
      printable(`${subscription ?? "a caller without a key"}: ${request} on ${api}/${stage}`),
      `  ${printable(answer, 600)}`,
      ...factsOf(explanation),
    ],
    otherKeysLines(explanation),
    listed("Beside the tier, it is refused if", explanation.decidedByOthers),
    listed("In AWS it is different from the files, and what AWS has holds", explanation.differsInAws),
    listed("Not known", explanation.notKnown),
    limits.length === 0 ? [] : ["Limits, in the order in which they are checked:", ...limits.flatMap(limitLines)],
    governs ? ["Which one governs:", ...governingLines(governs, limits)] : [],
    reasonLines(explanation),
  ];
  return `${parts
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n\n")}\n`;
}

function factsOf({ route, plan, refusal }: Explanation): string[] {
  const rows: [string, string][] = [
    ...(refusal
      ? [["caller gets", `${refusal.status} ${refusal.body} (${refusal.errorType})`] satisfies [string, string]]
      : []),
    ...(route
      ? [
          [
            "route",
            `${route.key}, ${route.apiKeyRequired ? "asks for a key" : "asks for no key"}${at(route.written)}`,
          ] satisfies [string, string],
        ]
      : []),
    ...(plan
      ? [
          ["usage plan", `${plan.id}${at(plan.written)}`] satisfies [string, string],
          ["key in it", at(plan.member).replace(/^ {2}/, "")] satisfies [string, string],
        ]
      : []),
  ];
  return rows
    .filter(([, text]) => text !== "")
    .map(([label, text]) => `  ${`${label}:`.padEnd(13)}${printable(text, 400)}`);
}

/** The line of the catalog, or else Terraform's address. */
const at = ({ line, address }: WrittenAt): string => ((line ?? address) ? `  [${line ?? address}]` : "");

const listed = (head: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : [`${head}:`, ...lines.map((line) => `  - ${printable(line, 600)}`)];

function otherKeysLines({ otherKeys, limits }: Explanation): string[] {
  if (otherKeys.length === 0 || limits.length === 0) return [];
  const keys = `${otherKeys.length === 1 ? "one more key that works" : `${otherKeys.length} more keys that work`}: ${otherKeys.join(", ")}`;
  return [
    printable(`The customer has ${keys}. AWS counts each key by itself, so each has these limits once more.`, 600),
  ];
}

function limitLines({
  layer,
  throttle,
  quota,
  written,
  left,
  leftFrom,
  startsAgain,
  fullAfterSeconds,
}: ExplainedLimit) {
  const limit = throttle ? formatThrottle(throttle) : quota ? formatQuota(quota) : "";
  const when =
    startsAgain !== undefined
      ? `starts again at ${startsAgain}`
      : fullAfterSeconds === undefined
        ? "never fills up"
        : `an empty one is full after ${durationText(fullAfterSeconds)}`;
  const offset = quota?.offset ? `; offset ${quota.offset}, taken off in the plan's first period` : "";
  return [
    printable(`  ${LAYER_NAMES[layer]}: ${limit}, ${COUNTED_CALLS[layer]}${at(written)}`, 400),
    printable(`    left: ${formatCount(left)} (${leftFrom}); ${when}${offset}`, 400),
  ];
}

function governingLines({ burst, pace, quotaLastsSeconds }: Governing, limits: readonly ExplainedLimit[]): string[] {
  const status = burst.refusedBy === "quota" ? "Limit Exceeded" : "Too Many Requests";
  const quota = limits.find(({ layer }) => layer === "quota");
  return [
    `  at once:  ${LAYER_NAMES[burst.refusedBy]}: ${formatCount(burst.passes)} calls pass, the next one is refused (${status})`,
    `  on end:   ${LAYER_NAMES[pace.setBy]}: ${formatRate(pace.callsPerSecond)}`,
    ...(quotaLastsSeconds === undefined || !quota
      ? []
      : [`  in all:   quota: at that rate, what is left of it lasts ${durationText(quotaLastsSeconds)}`]),
  ];
}

function reasonLines({ reasons }: Explanation): string[] {
  if (reasons === undefined) return [];
  const seen = reasons.map(({ answer }) =>
    answer === undefined
      ? undefined
      : `${printable(answer.body, 300)}, x-amzn-ErrorType ${printable(answer.errorType)}; access log: ${answer.responseType}`,
  );
  return [
    "Reasons, the likeliest first:",
    ...reasons.flatMap(({ likelihood, because, next }, index) => {
      const text = seen[index];
      const first = seen.indexOf(text);
      return [
        `  ${index + 1}. ${printable(`${likelihood === "certain" ? "For certain: " : ""}${because}`, 600)}`,
        ...(text === undefined ? [] : [`     seen: ${first < index ? `as ${first + 1}` : text}`]),
        `     next: ${printable(next, 400)}`,
      ];
    }),
  ];
}
