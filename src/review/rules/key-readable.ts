import { counted, type Rule } from "../finding";
import { readableKeyFindings } from "../readable-keys";

export const keyReadable: Rule = {
  id: "key-readable",
  severity: "decision",
  title: (count) => counted(count, "place shows the value of a key", "places show the values of keys"),
  holds: "Only its customer can read a key.",
  why:
    "An output stands in the state and in logs, and is read by other configurations; a parameter that is not a SecureString is not " +
    "encrypted. A caller with the value is that customer.",
  remedy: "Hand the key over in a SecureString or a secret, with a write-only value, and drop the output.",
  find: (facts) => readableKeyFindings(facts, "new"),
};
