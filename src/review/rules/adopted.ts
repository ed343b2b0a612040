import { counted, type Rule } from "../finding";
import { nameOf } from "../place-names";

export const adopted: Rule = {
  id: "adopted",
  severity: "notice",
  title: (count) => counted(count, "existing resource is adopted", "existing resources are adopted"),
  holds: "What is adopted is not changed by it.",
  why: "From now on Terraform manages it: what the catalog does not say is taken away by a later plan.",
  remedy: "Check that no other configuration manages the same resource.",
  find: (facts) =>
    facts.changes
      .filter(({ imported }) => imported)
      .map((change) => ({
        about: nameOf(change, facts),
        subject: nameOf(change, facts),
        what:
          change.action === "none" ? "stays as it is" : `is changed at once: ${change.changedAttributes.join(", ")}`,
        explains: [],
      })),
};
