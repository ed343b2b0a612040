import { counted, type Rule } from "../finding";
import { lostPlace, nameOfStore, STORES } from "../key-stores";

export const keyPlaceLost: Rule = {
  id: "key-place-lost",
  severity: "decision",
  title: (count) => counted(count, "key is not found where it was", "keys are not found where they were"),
  holds: "A customer finds the key where it was.",
  why: "The key works on, but who reads it there does not find it any more from the moment this is applied.",
  remedy: "Tell those who read it, or keep the old place until they read the new one.",
  find: (facts) =>
    facts.changes.flatMap((change) => {
      const what = lostPlace(change, facts);
      if (what === undefined) return [];
      const name = nameOfStore(change, facts);
      return [{ about: name, subject: `${STORES[change.type]} ${name}`, what, explains: [{ change }] }];
    }),
};
