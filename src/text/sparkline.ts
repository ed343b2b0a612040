const EIGHTHS = "▁▂▃▄▅▆▇█";

/** Values as one line of columns, the highest at its full height; `·` for 0, so that few are not taken for none. */
export function sparkline(values: readonly number[]): string {
  const most = values.reduce((highest, value) => Math.max(highest, value), 0);
  return values.map((value) => (value > 0 ? EIGHTHS[Math.ceil((value / most) * 8) - 1] : "·")).join("");
}
