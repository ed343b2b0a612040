import { counted, type Rule } from "../finding";
import { readableKeyFindings } from "../readable-keys";

export const keyStaysReadable: Rule = {
  id: "key-stays-readable",
  severity: "reminder",
  title: (count) =>
    counted(count, "place shows the value of a key, as before", "places show the values of keys, as before"),
  holds: "Only its customer can read a key.",
  why: "All who may read the state, the logs or the parameters can call as that customer.",
  remedy: "Hand the key over in a SecureString or a secret, with a write-only value, and replace the key.",
  find: (facts) => readableKeyFindings(facts, "as-before"),
};
