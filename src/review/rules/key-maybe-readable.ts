import { counted, type Rule } from "../finding";
import { readableKeyFindings } from "../readable-keys";

export const keyMaybeReadable: Rule = {
  id: "key-maybe-readable",
  severity: "decision",
  title: (count) => counted(count, "place may show the value of a key", "places may show the values of keys"),
  holds: "Only its customer can read a key.",
  why:
    "Its value is known only after the apply, and is made of local values, or of all attributes of a key: a plan does not show what " +
    "is taken of them.",
  remedy: "Look at the expression in the configuration, and accept the finding if it takes no value of a key.",
  find: (facts) => readableKeyFindings(facts, "maybe-new"),
};
