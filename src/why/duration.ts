const UNITS = [
  ["day", 86_400],
  ["h", 3_600],
  ["min", 60],
] as const;

/** A span of time for people, in its two largest units: `2 days 3 h`, `1 min 40 s`, `0.5 s`. */
export function durationText(seconds: number): string {
  if (seconds < 60) return `${Math.ceil(seconds * 10) / 10} s`;
  let left = Math.round(seconds);
  const parts: string[] = [];
  for (const [unit, length] of UNITS) {
    const count = Math.floor(left / length);
    if (count === 0 && parts.length === 0) continue;
    left -= count * length;
    if (count > 0)
      parts.push(unit === "day" ? `${count.toLocaleString("en")} day${count === 1 ? "" : "s"}` : `${count} ${unit}`);
  }
  if (left > 0) parts.push(`${left} s`);
  return parts.slice(0, 2).join(" ");
}
