import { counted, type Rule } from "../finding";
import { headRoom } from "../head-room";
import { inWords } from "./aws-limit-exceeded";

/** From here on somebody should think about what comes next. */
const NEAR = 0.8;

export const awsLimitNear: Rule = {
  id: "aws-limit-near",
  severity: "reminder",
  title: (count) => counted(count, "AWS quota is nearly reached", "AWS quotas are nearly reached"),
  holds: "There is room for the customers to come.",
  why: "An apply that goes over a limit ends with an error in the middle.",
  remedy: "Ask AWS to raise the limit in time, or prepare another account or Region.",
  find: (facts) =>
    headRoom(facts)
      .filter(({ used, limit }) => used <= limit && used >= limit * NEAR)
      .map(inWords),
};
