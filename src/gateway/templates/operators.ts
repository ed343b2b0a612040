import { print, type Value } from "./value";

/** Velocity compares numbers as numbers, and things of different types as strings. */
export function isEqual(left: Value, right: Value): boolean {
  if (left === undefined || left === null || right === undefined || right === null)
    return (left ?? undefined) === (right ?? undefined);
  return left === right || print(left) === print(right);
}

/** Without numbers there is no result: Velocity gives null. */
export function arithmetic(operator: string, left: Value, right: Value): Value {
  if (typeof left !== "number" || typeof right !== "number") {
    if (typeof left === "string" && typeof right === "string") return compare(operator, left, right);
    return ["<", "<=", ">", ">="].includes(operator) ? false : undefined;
  }
  const isWhole = Number.isInteger(left) && Number.isInteger(right);
  switch (operator) {
    case "+":
      return left + right;
    case "-":
      return left - right;
    case "*":
      return left * right;
    case "/":
      return right === 0 ? undefined : isWhole ? Math.trunc(left / right) : left / right;
    case "%":
      return right === 0 ? undefined : left % right;
    default:
      return compare(operator, left, right);
  }
}

function compare<Comparable extends number | string>(operator: string, left: Comparable, right: Comparable): Value {
  switch (operator) {
    case "<":
      return left < right;
    case "<=":
      return left <= right;
    case ">":
      return left > right;
    case ">=":
      return left >= right;
    default:
      return undefined;
  }
}
