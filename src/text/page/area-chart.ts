import { type Html, html } from "../html";
import { formatCount } from "../limits";
import { nameUnder, place, roundedUp, WIDTH } from "./charts";

/** Counts at equal distances, drawn as an area. */
interface Area {
  readonly values: readonly number[];
  readonly look: "plain" | "full";
}

const [LEFT, HEIGHT, BELOW, ABOVE] = [72, 180, 24, 12];

/** The highest value that a chart of some values has room for. */
export const scaleOf = (values: readonly number[]): number =>
  roundedUp(values.reduce((highest, value) => Math.max(highest, value), 1));

/**
 * Areas over time, one in front of another: for many values, because a path is short. The values are in the table under it.
 *
 * @param areas as long as `labels`; the first one gives the scale
 * @param line a height that is marked; not drawn where it is above the scale
 */
export function areaChart(
  description: string,
  labels: readonly string[],
  areas: readonly Area[],
  line: number | null,
): Html {
  const most = scaleOf(areas[0]?.values ?? []);
  const yOf = (value: number) => place(HEIGHT - (value / most) * (HEIGHT - ABOVE));
  const step = (WIDTH - LEFT) / Math.max(labels.length, 1);
  const xOf = (index: number) => place(LEFT + index * step);
  const rules = [0, most / 2, most].map((value) => {
    const y = yOf(value);
    return html`<path class=line d="M${LEFT} ${y}H${WIDTH}"/><text x=${LEFT - 8} y=${y + 4} text-anchor=end>${formatCount(value)}</text>`;
  });
  const drawn = areas.map(
    ({ values, look }) => html`<path class=${look} d="M${LEFT} ${HEIGHT}${stepsOf(values, xOf, yOf)}V${HEIGHT}Z"/>`,
  );
  const limit = line === null || line > most ? [] : html`<path class=limit d="M${LEFT} ${yOf(line)}H${WIDTH}"/>`;
  const every = Math.max(1, Math.ceil(labels.length / 6));
  const names = labels.flatMap((label, index) =>
    index % every === 0 ? nameUnder(label, xOf(index), HEIGHT + 18) : [],
  );
  return html`<svg class=chart role=img aria-label="${description}" viewBox="0 0 ${WIDTH} ${HEIGHT + BELOW}">${rules}${drawn}${limit}${names}</svg>`;
}

/** Neighboring values that are equal are one step. */
const stepsOf = (values: readonly number[], xOf: (index: number) => number, yOf: (value: number) => number): string =>
  values.map((value, index) => (value === values[index + 1] ? "" : `V${yOf(value)}H${xOf(index + 1)}`)).join("");
