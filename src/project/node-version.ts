/**
 * Whether a version of Node is in a range of `engines`: alternatives `^20.19.0` and `>=24.0.0`, separated by `||`.
 *
 * It is not npm's `semver`: an old Node has to load this before all else.
 */
export function isAccepted(version: string, range: string): boolean {
  return range.split("||").some((alternative) => {
    const [, operator, lowest = ""] = /^\s*(\^|>=)\s*(\d+(?:\.\d+)*)\s*$/.exec(alternative) ?? [];
    const isSameMajor = version.split(".")[0] === lowest.split(".")[0];
    return operator !== undefined && !isBelow(version, lowest) && (operator === ">=" || isSameMajor);
  });
}

function isBelow(version: string, lowest: string): boolean {
  const parts = version.split(".").map(Number);
  for (const [position, part] of lowest.split(".").map(Number).entries()) {
    const here = parts[position] ?? 0;
    if (here !== part) return here < part;
  }
  return false;
}
