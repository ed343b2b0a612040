import { counted, type Rule } from "../finding";
import { addedUrlFindings } from "../urls";

export const urlAdded: Rule = {
  id: "url-added",
  severity: "notice",
  title: (count) => counted(count, "URL is added", "URLs are added"),
  holds: "A new URL leads to the stage that it is meant for.",
  why: "It answers once its DNS record is there.",
  remedy: "Check the stage.",
  find: addedUrlFindings,
};
