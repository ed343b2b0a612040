import { counted, type Facts, type Finding, type Rule } from "../finding";
import { type GatewayState, type Place, placeOf } from "../gateway-state";
import { nameOf } from "../place-names";
import { MAPPING, mappedStage, urlAt } from "../urls";

export const basePathTaken: Rule = {
  id: "base-path-taken",
  severity: "decision",
  title: (count) => counted(count, "base path is still taken", "base paths are still taken"),
  holds: "A base path of a domain name is free before another stage gets it.",
  why:
    'AWS takes a base path once: "Base path already exists for this domain name". The apply ends with an error in the middle; some of ' +
    "the change is then live, and some is not.",
  remedy:
    "Apply what lets go of the path first. Where stages swap their paths, first give one of them a free path, apply, and then " +
    "give it the path that it should have.",
  find: (facts) => {
    const { before, after } = facts;
    const changed = facts.changes.filter(({ type, action }) => type === MAPPING && TAKES.includes(action));
    return changed.flatMap((change): Finding[] => {
      const url = urlAt(change, after);
      if (urlAt(change, before) === url) return [];
      const holder = holderOf(url, change, facts);
      if (holder === undefined) return [];
      return [{ about: nameOf(change, facts), subject: url, what: described(change, holder, url, facts) }];
    });
  },
};

const TAKES = ["create", "update", "replace"];

/** Another mapping that has the URL when this is applied. */
function holderOf(url: string, taker: Place, { before, after }: Facts): Place | undefined {
  const others = [...before.ofType(MAPPING), ...after.ofType(MAPPING)];
  const holds = (place: Place, state: GatewayState) => state.at(place) !== undefined && urlAt(place, state) === url;
  return others.find((each) => placeOf(each) !== placeOf(taker) && (holds(each, before) || holds(each, after)));
}

function described(taker: Place, holder: Place, url: string, facts: Facts): string {
  const { before, after } = facts;
  const [gets, has] = [mappedStage(taker, after), mappedStage(holder, before.at(holder) ? before : after)];
  if (after.at(holder) !== undefined && urlAt(holder, after) === url) return `${gets} gets it, and ${has} keeps it`;
  if (waitsFor(holder, taker, facts))
    return `${gets} gets it from ${has}, which waits for ${gets} in turn: no order works`;
  if (holder.stack === taker.stack)
    return `${gets} gets it from ${has}, and Terraform changes both at once: let go of it in an apply before this one`;
  return `${gets} gets it from ${has}: apply stack ${holder.stack} before ${taker.stack}`;
}

/** Whether a mapping takes a URL of another one, or of one that waits for that. */
function waitsFor(place: Place, other: Place, facts: Facts): boolean {
  const seen = new Set<string>();
  let here: Place | undefined = place;
  while (here !== undefined && !seen.has(placeOf(here))) {
    seen.add(placeOf(here));
    const url = urlAt(here, facts.after);
    const isSame: boolean = facts.after.at(here) === undefined || urlAt(here, facts.before) === url;
    here = isSame ? undefined : holderOf(url, here, facts);
    if (here && placeOf(here) === placeOf(other)) return true;
  }
  return false;
}
