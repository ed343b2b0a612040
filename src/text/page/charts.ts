import { type Html, html } from "../html";
import { formatCount } from "../limits";

/** A value of a chart. What it looks like besides its length stands in the table under the chart, too. */
export interface Bar {
  readonly label: string;
  readonly value: number;
  readonly look: "plain" | "open" | "near" | "full" | "unknown";
  /** Whether there is no value: a question mark stands in its place. */
  readonly isMissing?: boolean;
}

/** Of a drawing, in its own units. */
export const WIDTH = 720;
/** As wide as a date. */
const LONGEST_LABEL = 72;

/** Bars from left to right, for many values in order. The drawing is one image; its values are in the table under it. */
export function columnChart(description: string, bars: readonly Bar[]): Html {
  const [left, height, below] = [72, 180, 24];
  const most = roundedUp(Math.max(...bars.map(({ value }) => value), 1));
  const step = (WIDTH - left) / bars.length;
  const lines = [0, most / 2, most].map((value) => {
    const y = place(height - (value / most) * (height - 12));
    return html`<path class=line d="M${left} ${y}H${WIDTH}"/><text x=${left - 8} y=${y + 4} text-anchor=end>${formatCount(value)}</text>`;
  });
  const labelled = Math.max(1, Math.ceil(bars.length / 6));
  const columns = bars.map(({ label, value, look, isMissing }, index) => {
    const x = place(left + index * step + step * 0.1);
    const length = place((value / most) * (height - 12));
    const name = index % labelled === 0 ? nameUnder(label, x, height + 18) : html``;
    if (isMissing) return html`<text x=${x} y=${height - 4} class=unknown>?</text>${name}`;
    return html`<rect class=${look} x=${x} y=${place(height - length)} width=${place(step * 0.8)} height=${length}><title>${label}: ${formatCount(value)}</title></rect>${name}`;
  });
  return html`<svg class=chart role=img aria-label="${description}" viewBox="0 0 ${WIDTH} ${height + below}">${lines}${columns}</svg>`;
}

/** A name under a drawing; the last one ends with it. */
export const nameUnder = (label: string, x: number, y: number): Html =>
  x + LONGEST_LABEL > WIDTH
    ? html`<text x=${WIDTH} y=${y} text-anchor=end>${label}</text>`
    : html`<text x=${x} y=${y}>${label}</text>`;

/** Bars from top to bottom, for a few values with names. */
export function rowChart(description: string, bars: readonly Bar[]): Html {
  const [left, line, right] = [160, 26, 90];
  const most = Math.max(...bars.map(({ value }) => value), 1);
  const rows = bars.map(({ label, value, look }, index) => {
    const y = index * line;
    const length = place((value / most) * (WIDTH - left - right));
    const name = label.length > 22 ? `${label.slice(0, 21)}…` : label;
    return html`<text x=${left - 8} y=${y + 17} text-anchor=end>${name}</text><rect class=${look} x=${left} y=${y + 4} width=${length} height=18 /><text x=${place(left + length + 8)} y=${y + 17}>${formatCount(value)}</text>`;
  });
  return html`<svg class=chart role=img aria-label="${description}" viewBox="0 0 ${WIDTH} ${Math.max(bars.length, 1) * line}">${rows}</svg>`;
}

/** A place in a drawing, short. */
export const place = (value: number): number => Math.round(value * 10) / 10;

/** The next of 1, 2, 4, 10, 20, 40 …, so that half of it is a whole number as well, but for 1. */
export function roundedUp(value: number): number {
  const unit = 10 ** Math.floor(Math.log10(value));
  return (([1, 2, 4, 6, 8].find((each) => each * unit >= value) ?? 10) as number) * unit;
}
