import { counted, listed, type Rule } from "../finding";

export const planPartNotRead: Rule = {
  id: "plan-part-not-read",
  severity: "decision",
  title: (count) => counted(count, "plan has parts that are not read", "plans have parts that are not read"),
  holds: "All that a plan says is in the review.",
  why: "A newer version of Terraform, or another program, has put something into the plan that this review does not know.",
  remedy: "Update this program, or look at these parts yourself, and accept them if they are meant.",
  find: ({ sources }) =>
    sources
      .filter(({ unreadParts }) => unreadParts.length > 0)
      .map(({ stack, unreadParts }) => ({
        about: stack,
        subject: `plan ${stack}`,
        what: `holds ${listed(unreadParts)}, which this review does not read`,
      })),
};
