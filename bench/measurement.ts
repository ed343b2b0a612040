/** One measurement of one contestant: milliseconds and bytes. */
export interface Measurement {
  /** Until the contestant is ready: its modules, and whatever else it does once in a process. */
  readonly load: number;
  readonly build: number;
  readonly synth: number;
  /** Of all files that it wrote. */
  readonly output: number;
  readonly peakMemory: number;
}

/** What is compared: loading does not grow with the number of subscriptions. */
export function totalOf({ build, synth }: Measurement): number {
  return build + synth;
}

/** The measurement in the middle, by total, since a mean would follow one bad moment of the machine. */
export function medianOf(measurements: readonly Measurement[]): Measurement {
  const sorted = [...measurements].sort((a, b) => totalOf(a) - totalOf(b));
  const median = sorted[Math.floor(sorted.length / 2)];
  if (!median) throw new Error("there is no measurement to take the median of");
  return median;
}
