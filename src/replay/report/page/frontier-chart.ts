import { type Html, html } from "../../../text/html";
import { formatCount, formatRate } from "../../../text/limits";
import { place, WIDTH } from "../../../text/page/charts";
import type { Throttle } from "../../../vocabulary/throttle";

/** A rate and a burst that candidates have. */
export interface MarkedPoint extends Throttle {
  /** What stands beside it: the candidates' numbers. */
  readonly label: string;
  readonly isFirst: boolean;
}

const [LEFT, RIGHT, TOP, HEIGHT, BELOW] = [72, 24, 16, 240, 44];

/**
 * The smallest safe burst over the rate, both by their logarithm: on the line and above it, nobody is refused. The line has
 * steps, because only the points were computed, and what is safe at a rate is safe at a higher one.
 */
export function frontierChart(
  description: string,
  frontier: readonly Throttle[],
  marked: readonly MarkedPoint[],
): Html {
  const all = [...frontier, ...marked];
  const x = logScale(
    all.map(({ rateLimit }) => rateLimit),
    LEFT,
    WIDTH - RIGHT,
  );
  const y = logScale(
    all.map(({ burstLimit }) => burstLimit),
    HEIGHT,
    TOP,
  );
  const columns = x.decades.map(
    (value) =>
      html`<path class=line d="M${x.of(value)} ${TOP}V${HEIGHT}"/><text x=${x.of(value)} y=${HEIGHT + 18} text-anchor=middle>${formatRate(value)}</text>`,
  );
  const rows = y.decades.map(
    (value) =>
      html`<path class=line d="M${LEFT} ${y.of(value)}H${WIDTH - RIGHT}"/><text x=${LEFT - 8} y=${y.of(value) + 4} text-anchor=end>${formatCount(value)}</text>`,
  );
  const steps = frontier.map(({ rateLimit, burstLimit }, index) =>
    index === 0 ? `M${x.of(rateLimit)} ${y.of(burstLimit)}` : `H${x.of(rateLimit)}V${y.of(burstLimit)}`,
  );
  const points = frontier.map(
    ({ rateLimit, burstLimit }) => html`<circle class=plain cx=${x.of(rateLimit)} cy=${y.of(burstLimit)} r=3.5 />`,
  );
  const marks = marked.map(({ rateLimit, burstLimit, label, isFirst }) => {
    const [left, top] = [x.of(rateLimit), y.of(burstLimit)];
    return html`<path class="mark ${isFirst ? "near" : "full"}" d="M${left} ${place(top - 7)}l7 7-7 7-7-7z"/><text x=${place(left + 10)} y=${place(top - 6)}>${label}</text>`;
  });
  return html`<svg class=chart role=img aria-label="${description}" viewBox="0 0 ${WIDTH} ${HEIGHT + BELOW}">${columns}${rows}<path class=curve d="${steps.join("")}H${WIDTH - RIGHT}"/>${points}${marks}<text x=${WIDTH - RIGHT} y=${HEIGHT + 38} text-anchor=end>rate, and burst upwards</text></svg>`;
}

interface Scale {
  /** Powers of ten, from one below the lowest value to one above the highest. */
  readonly decades: readonly number[];
  readonly of: (value: number) => number;
}

function logScale(values: readonly number[], from: number, to: number): Scale {
  const logarithms = values.map((value) => Math.log10(Math.max(value, 1e-6)));
  const first = Math.floor(Math.min(...logarithms));
  const last = Math.max(Math.ceil(Math.max(...logarithms)), first + 1);
  return {
    decades: Array.from({ length: last - first + 1 }, (_, index) => 10 ** (first + index)),
    of: (value) => place(from + ((Math.log10(Math.max(value, 1e-6)) - first) / (last - first)) * (to - from)),
  };
}
