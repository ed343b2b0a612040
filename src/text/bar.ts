const EIGHTHS = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];

/** A bar of block characters, as wide as a share of the width; at most full, and empty only for 0. */
export function bar(share: number, width: number): string {
  const eighths = Math.min(width * 8, share > 0 ? Math.max(1, Math.floor(share * width * 8)) : 0);
  const shown = "█".repeat(Math.floor(eighths / 8)) + EIGHTHS[eighths % 8];
  return shown.padEnd(width, "·");
}
