import { numberOf, stringOf } from "../../contract/attributes";
import type { ResourceChange } from "../../model/resource-changes";
import { counted, type Rule } from "../finding";
import { nameOf } from "../place-names";
import { isCalled } from "../way/called-functions";

const CONCURRENCY = "reserved_concurrent_executions";

export const functionStops: Rule = {
  id: "function-stops",
  severity: "decision",
  title: (count) =>
    counted(count, "function behind a route answers less or nothing", "functions behind routes answer less or nothing"),
  holds: "A function that a route calls goes on answering.",
  why: "Calls that reach a function that is gone, or that has no concurrency left, get 500 Internal Server Error or 502 Bad Gateway.",
  remedy: "Take the routes away first, or keep the function and its concurrency.",
  find: (facts) =>
    facts.changes
      .filter(({ type }) => type === "aws_lambda_function" || type === "aws_lambda_alias")
      .filter((change) => isCalled(change, facts.after))
      .flatMap((change) => {
        const what = whatOf(change);
        const name = nameOf(change, facts);
        return what === undefined ? [] : [{ about: name, subject: name, what, explains: [{ change }] }];
      }),
};

function whatOf({ action, before, after, changedAttributes }: ResourceChange): string | undefined {
  if (action === "delete") return "is deleted, and a route still calls it";
  if (action === "replace") return "is deleted and created again; in between it answers nothing";
  if (action !== "update" || !changedAttributes.includes(CONCURRENCY)) return undefined;
  const [was, is] = [before, after].map((each) => concurrencyOf(each?.[CONCURRENCY]));
  if (after && !(CONCURRENCY in after)) return `reserved concurrency ${was ?? "of the account"} → (known after apply)`;
  if (is === undefined || (was !== undefined && is >= was)) return undefined;
  return `reserved concurrency ${was === undefined ? "of the account" : was} → ${is}`;
}

/** The provider writes -1 for none. */
function concurrencyOf(value: unknown): number | undefined {
  const number = numberOf(stringOf(value));
  return number === undefined || number < 0 ? undefined : number;
}
