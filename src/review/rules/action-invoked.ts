import { counted, type Rule } from "../finding";

export const actionInvoked: Rule = {
  id: "action-invoked",
  severity: "decision",
  title: (count) => counted(count, "action is invoked", "actions are invoked"),
  holds: "An apply does nothing but change resources.",
  why:
    "An action of a provider calls a function, stops a machine or sends a message while the plan is applied. What that does " +
    "to customers is not in the plan.",
  remedy: "Read what the action does, and accept it if it is meant.",
  find: ({ sources }) =>
    sources.flatMap(({ stack, actions }) =>
      actions.map(({ address, trigger, isDeferred }) => {
        const name = sources.length > 1 ? `${stack}/${address}` : address;
        const when = trigger === "" ? "" : ` ${trigger}`;
        return { about: name, subject: name, what: isDeferred ? "is left for a later plan" : `is invoked${when}` };
      }),
    ),
};
