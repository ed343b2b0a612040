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
