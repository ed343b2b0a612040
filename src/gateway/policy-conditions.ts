import { BlockList, isIPv4, isIPv6 } from "node:net";
import { isObject } from "../vocabulary/objects";
import { matches } from "./authorizers/policy";

/** What is known of a call, by the names of IAM's condition keys in lower case. */
export type ConditionKeys = Readonly<Record<string, string>>;
/** Whether a statement applies to a call. */
export type Condition = (keys: ConditionKeys) => boolean;

type Test = (value: string) => boolean;
type Operator = (wanted: readonly string[]) => Test;

/** Operators of which one value must match; with `Not` before it, none may. */
const OPERATORS: Readonly<Record<string, Operator>> = {
  IpAddress: (ranges) => {
    const list = new BlockList();
    for (const range of ranges) addRange(list, range);
    return (value) => {
      const address = value.replace(/^::ffff:(?=\d+\.)/i, "");
      return isIPv4(address) ? list.check(address, "ipv4") : isIPv6(address) && list.check(address, "ipv6");
    };
  },
  StringEquals: (wanted) => (value) => wanted.includes(value),
  StringEqualsIgnoreCase: (wanted) => {
    const lowerCase = wanted.map((each) => each.toLowerCase());
    return (value) => lowerCase.includes(value.toLowerCase());
  },
  StringLike: (wanted) => (value) => wanted.some((pattern) => matches(pattern, value)),
  ArnEquals: (wanted) => (value) => wanted.some((pattern) => matches(pattern, value)),
  ArnLike: (wanted) => (value) => wanted.some((pattern) => matches(pattern, value)),
  Bool: (wanted) => (value) => wanted.some((each) => each.toLowerCase() === value),
  DateGreaterThan: (wanted) => (value) => wanted.some((each) => Date.parse(value) > Date.parse(each)),
  DateGreaterThanEquals: (wanted) => (value) => wanted.some((each) => Date.parse(value) >= Date.parse(each)),
  DateLessThan: (wanted) => (value) => wanted.some((each) => Date.parse(value) < Date.parse(each)),
  DateLessThanEquals: (wanted) => (value) => wanted.some((each) => Date.parse(value) <= Date.parse(each)),
};

/** Opposites of operators: true also where the call has no such key. */
const OPPOSITES: Readonly<Record<string, string>> = {
  NotIpAddress: "IpAddress",
  StringNotEquals: "StringEquals",
  StringNotEqualsIgnoreCase: "StringEqualsIgnoreCase",
  StringNotLike: "StringLike",
  ArnNotEquals: "ArnEquals",
  ArnNotLike: "ArnLike",
};

/** Keys that a call has on AWS and not here, where it comes neither from a VPC nor from an account. */
const ABSENT: ReadonlySet<string> = new Set([
  "aws:sourcevpc",
  "aws:sourcevpce",
  "aws:vpcsourceip",
  "aws:sourceaccount",
  "aws:sourcearn",
  "aws:principalarn",
  "aws:principalaccount",
  "aws:principalorgid",
  "aws:principaltype",
  "aws:userid",
  "aws:username",
]);
const PRESENT: ReadonlySet<string> = new Set([
  "aws:sourceip",
  "aws:useragent",
  "aws:referer",
  "aws:securetransport",
  "aws:currenttime",
]);

/**
 * Reads a `Condition` of a statement.
 *
 * @param problems gets what is not evaluated; such a condition is taken for one that does not hold
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
export function readCondition(written: unknown, problems: string[]): Condition {
  if (!isObject(written)) return () => true;
  const tests = Object.entries(written).flatMap(([operator, keys]) =>
    Object.entries(isObject(keys) ? keys : {}).map(([key, values]) => {
      const wanted = [values].flat().map(String);
      return conditionOf(operator, key.toLowerCase(), wanted, problems);
    }),
  );
  return (keys) => tests.every((test) => test(keys));
}

function conditionOf(written: string, key: string, wanted: readonly string[], problems: string[]): Condition {
  const ifExists = written.endsWith("IfExists");
  const name = written.replace(/IfExists$/, "").replace(/^For(?:AllValues|AnyValue):/, "");
  if (name === "Null") return (keys) => wanted.some((each) => (each === "true") === (keys[key] === undefined));
  const isOpposite = Object.hasOwn(OPPOSITES, name);
  const plain = isOpposite ? (OPPOSITES[name] ?? name) : name;
  const operator = Object.hasOwn(OPERATORS, plain) ? OPERATORS[plain] : undefined;
  if (!operator || !(ABSENT.has(key) || PRESENT.has(key))) {
    problems.push(`has a condition that is not evaluated here (${written} of ${key}); its statement is ignored`);
    return () => false;
  }
  const test = operator(wanted);
  return (keys) => {
    const value = Object.hasOwn(keys, key) ? keys[key] : undefined;
    if (value === undefined) return isOpposite || ifExists;
    return test(value) !== isOpposite;
  };
}

function addRange(list: BlockList, range: string): void {
  const [address = "", prefix] = range.split("/");
  const family = isIPv4(address) ? "ipv4" : isIPv6(address) ? "ipv6" : undefined;
  if (family === undefined) return;
  const bits = prefix === undefined ? (family === "ipv4" ? 32 : 128) : Number(prefix);
  if (Number.isInteger(bits) && bits >= 0 && bits <= (family === "ipv4" ? 32 : 128))
    list.addSubnet(address, bits, family);
}
