/** The one in the middle, since a mean would follow one bad moment of the machine. */
export function medianBy<Measured>(measured: readonly Measured[], value: (one: Measured) => number): Measured {
  const median = [...measured].sort((a, b) => value(a) - value(b))[Math.floor(measured.length / 2)];
  if (median === undefined) throw new Error("there is no measurement to take the median of");
  return median;
}
