import { formatCount } from "../../text/limits";
import { counted, type Finding, type Rule } from "../finding";
import { type HeadRoom, headRoom } from "../head-room";

export const awsLimitExceeded: Rule = {
  id: "aws-limit-exceeded",
  severity: "decision",
  title: (count) => counted(count, "AWS quota is exceeded", "AWS quotas are exceeded"),
  holds: "AWS accepts what is applied.",
  why: "The apply ends with an error in the middle; some of the change is then live, and some is not.",
  remedy: "Ask AWS to raise the limit, or use another account or Region.",
  find: (facts) =>
    headRoom(facts)
      .filter(({ used, limit }) => used > limit)
      .map(inWords),
};

export const inWords = ({ what, used, limit, adjustable }: HeadRoom): Finding => ({
  about: what,
  subject: what,
  what: `${formatCount(used)} of ${formatCount(limit)}${adjustable ? ", which AWS raises on request" : ", which cannot be raised"}`,
});
