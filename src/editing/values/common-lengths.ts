/** How much of both is the same, from the beginning and from the end. */
export function commonLengths(a: ArrayLike<string>, b: ArrayLike<string>): [number, number] {
  const most = Math.min(a.length, b.length);
  let before = 0;
  while (before < most && a[before] === b[before]) before += 1;
  let after = 0;
  while (after < most - before && a[a.length - 1 - after] === b[b.length - 1 - after]) after += 1;
  return [before, after];
}
