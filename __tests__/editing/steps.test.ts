import { changedFields, EditProblem } from "../../src/editing/field-change";
import { daysAfter } from "../../src/editing/steps/days";
import { dues } from "../../src/editing/steps/due";
import { end } from "../../src/editing/steps/end";
import { move } from "../../src/editing/steps/move";
import { rename } from "../../src/editing/steps/rename";
import { addKey, disableKey, removeKey, replaceLeakedKey } from "../../src/editing/steps/rotate";
import type { Step } from "../../src/editing/steps/step";
import { resume, suspend } from "../../src/editing/steps/suspend";
import { ANY_FIELD, type WrittenSubscription } from "../../src/editing/subscriptions/written-subscription";

const TODAY = "2026-11-27";

type Fields = Readonly<Record<string, unknown>>;

const joe = (fields: Fields, others: Partial<WrittenSubscription> = {}): WrittenSubscription => ({
  id: "joe",
  file: "customers.yaml",
  line: 7,
  fields: { tier: "bronze", ...fields },
  computed: [],
  data: { path: "customers.yaml", options: undefined },
  ...others,
});

/** What becomes of the fields beside `tier: "bronze"`, or why nothing does. */
function after(fields: Fields, step: (subscription: WrittenSubscription) => Step): Fields | string {
  const subscription = joe(fields);
  try {
    const { tier, ...others } = changedFields(subscription.fields, step(subscription).changes);
    return tier === "bronze" ? others : { tier, ...others };
  } catch (problem) {
    if (!(problem instanceof EditProblem)) throw problem;
    expect(problem.message).toMatch(/^customers\.yaml:7: subscription "joe": /);
    return problem.message.replace(/^.*?": /, "");
  }
}

type Row = readonly [
  title: string,
  fields: Fields,
  step: (subscription: WrittenSubscription) => Step,
  result: Fields | string,
];

const moveTo = (tier: string, on?: string) => (subscription: WrittenSubscription) =>
  move(subscription, { tier, on, today: TODAY });

describe("a move", () => {
  test.each<Row>([
    ["now", {}, moveTo("gold"), { tier: "gold" }],
    ["on a day", {}, moveTo("gold", "2026-12-01"), { pendingTier: { tier: "gold", on: "2026-12-01" } }],
    [
      "now takes the place of one on a day",
      { pendingTier: { tier: "gold", on: "2026-12-01" } },
      moveTo("silver"),
      { tier: "silver" },
    ],
    [
      "to the same tier calls off one on a day",
      { pendingTier: { tier: "gold", on: "2026-12-01" } },
      moveTo("bronze"),
      {},
    ],
    [
      "on another day takes the place of one on a day",
      { pendingTier: { tier: "gold", on: "2026-12-01" } },
      moveTo("gold", "2027-01-01"),
      { pendingTier: { tier: "gold", on: "2027-01-01" } },
    ],
    [
      "during a trial is one to what follows it",
      { trial: { tier: "gold", until: "2026-12-01" } },
      moveTo("silver"),
      { tier: "silver", trial: { tier: "gold", until: "2026-12-01" } },
    ],
    ["to the tier that it is on", {}, moveTo("bronze"), 'it is on tier "bronze" already'],
    [
      "to the tier that it is on, on a day",
      {},
      moveTo("bronze", "2026-12-01"),
      'it is on tier "bronze" already, so nothing would change on 2026-12-01',
    ],
    [
      "on the same day",
      {},
      moveTo("gold", TODAY),
      `${TODAY} is not after today, ${TODAY}; leave --on out to move with the next deploy`,
    ],
    [
      "after its end",
      { endsOn: "2026-12-01" },
      moveTo("gold", "2026-12-01"),
      "it ends on 2026-12-01, before it would move; name an earlier day, or another end",
    ],
    [
      "during a trial, on a day",
      { trial: { tier: "gold", until: "2026-12-31" } },
      moveTo("silver", "2026-12-01"),
      "it tries gold until 2026-12-31; name a later day, or move without --on",
    ],
    [
      "that is written already",
      { pendingTier: { tier: "gold", on: "2026-12-01" } },
      moveTo("gold", "2026-12-01"),
      'it moves to "gold" on 2026-12-01 already',
    ],
  ])("%s", (_, fields, step, result) => {
    expect(after(fields, step)).toEqual(result);
  });
});

const resumed = (endsOn?: string) => (subscription: WrittenSubscription) =>
  resume(subscription, { today: TODAY, endsOn });

describe("suspended and resumed", () => {
  test.each<Row>([
    ["a customer is suspended", {}, suspend, { enabled: false }],
    ["a customer resumes", { enabled: false }, resumed(), {}],
    [
      "a customer who leaves later resumes",
      { enabled: false, endsOn: "2026-12-31" },
      resumed(),
      { endsOn: "2026-12-31" },
    ],
    [
      "a customer who has ended goes on until another day",
      { enabled: false, endsOn: TODAY },
      resumed("2027-11-27"),
      { endsOn: "2027-11-27" },
    ],
    ["one who is suspended", { enabled: false }, suspend, "it is suspended already"],
    ["one who is not suspended", { enabled: true }, resumed(), "it is not suspended"],
    [
      "one who has not begun",
      { startsOn: "2026-12-01" },
      resumed(),
      "it is not suspended, but begins on 2026-12-01; remove startsOn to let it begin before",
    ],
    [
      "one who has ended",
      { enabled: false, endsOn: TODAY },
      resumed(),
      `it has ended on ${TODAY}; name a new end with --ends-on, or remove endsOn by hand to let it go on`,
    ],
    [
      "one who would end in the past",
      { enabled: false, endsOn: TODAY },
      resumed(TODAY),
      `${TODAY} is not after today, ${TODAY}; name a later day`,
    ],
    [
      "one whose key is managed elsewhere",
      { existingKeyId: "a1b2c3d4e5" },
      suspend,
      "its key is managed elsewhere; disable it there, or end the subscription",
    ],
  ])("%s", (_, fields, step, result) => {
    expect(after(fields, step)).toEqual(result);
  });
});

const renamed = (to: string, deployed?: boolean) => (subscription: WrittenSubscription) =>
  rename(subscription, { to, deployed });

describe("a subscription that gets another id keeps its key by the id under which it was deployed", () => {
  test.each<Row>([
    ["the first time", {}, renamed("black"), { formerId: "joe" }],
    ["after a renaming that was deployed", { formerId: "joseph" }, renamed("black", true), { formerId: "joe" }],
    ["after a renaming that was not", { formerId: "joseph" }, renamed("black", false), { formerId: "joseph" }],
    ["back, before that was deployed", { formerId: "joseph" }, renamed("joseph", false), {}],
    [
      "after a renaming of which that is not known",
      { formerId: "joseph" },
      renamed("black"),
      'it has formerId "joseph", so it was renamed before. Its keys would be lost if Terraform looked for them under the wrong id: ' +
        'name --deployed if that was deployed ("terraform state list" shows "joe"), or --not-deployed if not',
    ],
    [
      "which cannot be one",
      {},
      renamed("a b"),
      'the new id "a b" must be called by 1 to 128 letters, digits and . _ @ + = : -, a letter or digit first; rename it',
    ],
  ])("%s", (_, fields, step, result) => {
    expect(after(fields, step)).toEqual(result);
  });
});

describe("keys are rotated one step each time", () => {
  const add = (key?: string) => (subscription: WrittenSubscription) => addKey(subscription, { key, today: TODAY });
  const disable =
    (name: string, force = false) =>
    (subscription: WrittenSubscription) =>
      disableKey(subscription, name, force);
  const take =
    (name: string, force = false) =>
    (subscription: WrittenSubscription) =>
      removeKey(subscription, name, force);
  const leaked = (name: string) => (subscription: WrittenSubscription) =>
    replaceLeakedKey(subscription, name, { today: TODAY });

  test.each<Row>([
    ["a second key", {}, add(), { keys: { main: {}, "2026-11": {} } }],
    ["a second key by name", {}, add("ci"), { keys: { main: {}, ci: {} } }],
    [
      "a second key, beside one whose value was brought along",
      { keyValue: { variable: "joe" } },
      add(),
      { keys: { main: { keyValue: { variable: "joe" } }, "2026-11": {} } },
    ],
    [
      "a second key, beside one that is managed elsewhere",
      { existingKeyId: "a1b2c3d4e5" },
      add(),
      { keys: { main: { existingKeyId: "a1b2c3d4e5" }, "2026-11": {} } },
    ],
    [
      "another key in the same month",
      { keys: { "2026-11": { keyName: "x" } } },
      add(),
      { keys: { "2026-11": { keyName: "x" }, [TODAY]: {} } },
    ],
    [
      "the old one is disabled",
      { keys: { main: { keyName: "x" }, "2026-11": {} } },
      disable("main"),
      { keys: { main: { keyName: "x", enabled: false }, "2026-11": {} } },
    ],
    [
      "the old one is disabled, in short",
      { keys: { main: true, ci: true } },
      disable("main"),
      { keys: { main: false, ci: true } },
    ],
    ["the old one is removed", { keys: { main: { enabled: false }, ci: {} } }, take("main"), { keys: { ci: {} } }],
    ["the only key is leaked", {}, leaked("main"), { keys: { main: { enabled: false }, "2026-11": {} } }],
    [
      "one of two is leaked",
      { keys: { main: {}, ci: {} } },
      leaked("ci"),
      { keys: { main: {}, ci: { enabled: false }, "2026-11": {} } },
    ],
    [
      "the last that works, with --force",
      { keys: { main: {} } },
      disable("main", true),
      { keys: { main: { enabled: false } } },
    ],
    ["one that works, with --force", { keys: { main: {}, ci: {} } }, take("ci", true), { keys: { main: {} } }],
    [
      "a name that is taken",
      { keys: { main: {} } },
      add("main"),
      'it has a key "main" already; name another with --key',
    ],
    [
      "names that are all taken",
      { keys: { "2026-11": {}, [TODAY]: false } },
      add(),
      `it has the keys "2026-11" and "${TODAY}" already; name another with --key`,
    ],
    [
      "a third key, as a second run of the same step would add it",
      { keys: { main: {}, "2026-11": {} } },
      add(),
      'its keys "main" and "2026-11" work already. Due is: when the old one is silent, run "api-tiers subscription rotate joe --disable main"; ' +
        "to add one more, name it with --key",
    ],
    ["a third key by name", { keys: { main: {}, ci: {} } }, add("next"), { keys: { main: {}, ci: {}, next: {} } }],
    [
      "a third key, beside one that is managed elsewhere",
      { keys: { main: { existingKeyId: "a1b2c3d4e5" }, ci: {} } },
      add(),
      'its keys "main" and "ci" work already. Due is: when the old one is silent, disable "main" where it is managed, or take it out with ' +
        '"api-tiers subscription rotate joe --remove main --force"; to add one more, name it with --key',
    ],
    [
      "a name that no key can have",
      {},
      add("a b"),
      'the new key "a b" must be called by 1 to 64 letters, digits and . _ -, a letter or digit first; rename it',
    ],
    [
      "the last key that works",
      { keys: { main: {}, ci: { enabled: false } } },
      disable("main"),
      'no other key of it works; add one with "api-tiers subscription rotate joe", suspend it, or add --force',
    ],
    ["a key that is not there", {}, disable("ci"), 'it has no key "ci"; its keys are "main"'],
    ["a key that is disabled", { keys: { main: {}, ci: false } }, disable("ci"), 'its key "ci" is disabled already'],
    [
      "the removal of a key that works",
      { keys: { main: {}, ci: {} } },
      take("ci"),
      'its key "ci" works, and would be deleted; disable it first, or add --force',
    ],
    [
      "the removal of one that is managed elsewhere",
      { keys: { main: { existingKeyId: "a1b2c3d4e5" }, ci: {} } },
      take("main"),
      'its key "main" is managed elsewhere, and may work; disable it there, or take it out of its plans with --force',
    ],
    ["the removal of the only key", {}, take("main", true), '"main" is its only key; end the subscription instead'],
    [
      "a key that is managed elsewhere",
      { keys: { main: { existingKeyId: "a1b2c3d4e5" }, ci: {} } },
      disable("main"),
      'its key "main" is managed elsewhere; disable it there, or remove it here with --force',
    ],
  ])("%s", (_, fields, step, result) => {
    expect(after(fields, step)).toEqual(result);
  });

  test.each<[string, Fields, (subscription: WrittenSubscription) => Step, RegExp]>([
    ["the key that works is the next to disable", {}, add(), /rotate joe --disable main"\.$/],
    [
      "never one that is disabled",
      { keys: { main: { enabled: false }, ci: {} } },
      add(),
      /rotate joe --disable ci"\.$/,
    ],
    [
      "none, where none works",
      { keys: { main: false } },
      add(),
      /^Next: deploy, and hand the key "2026-11" over; no other/,
    ],
    [
      "what is deleted never comes back",
      { keys: { main: false, ci: {} } },
      take("main"),
      /^The next deploy deletes the key "main", whose value never comes back/,
    ],
    [
      "what is managed elsewhere stays",
      { keys: { main: { existingKeyId: "a1b2c3d4e5" }, ci: {} } },
      take("main", true),
      /^The next deploy takes "main" out of its plans.*the key itself stays in AWS, because it is managed elsewhere\.$/,
    ],
  ])("and what is said after it is true: %s", (_, fields, step, said) => {
    expect(
      step(joe(fields))
        .notes.join(" ")
        .replace(/^AWS counts .*?tier\. /, ""),
    ).toMatch(said);
  });

  test("in a CSV file, whose cells say that there is a key, and no more", () => {
    const subscription = joe({}, { file: "a.csv", data: { path: "a.csv", options: undefined } });
    expect(changedFields(subscription.fields, addKey(subscription, { today: TODAY }).changes)).toEqual({
      tier: "bronze",
      keys: { main: true, "2026-11": true },
    });
  });
});

describe("an end", () => {
  const ended =
    (on?: string, force = false) =>
    (subscription: WrittenSubscription) =>
      end(subscription, { on, today: TODAY, force });

  test.each<Row>([
    ["on a day", {}, ended("2026-12-31"), { endsOn: "2026-12-31" }],
    ["on another day than before", { endsOn: "2026-12-01" }, ended("2026-12-31"), { endsOn: "2026-12-31" }],
    ["on the day that is written", { endsOn: "2026-12-31" }, ended("2026-12-31"), "it ends on 2026-12-31 already"],
    ["on the same day", {}, ended(TODAY), `${TODAY} is not after today, ${TODAY}; suspend it to let it end now`],
    [
      "before it begins",
      { startsOn: "2027-01-01" },
      ended("2026-12-31"),
      "it begins on 2027-01-01, not before 2026-12-31; change that first, or name a later day",
    ],
    [
      "during its trial",
      { trial: { tier: "gold", until: "2026-12-31" } },
      ended("2026-12-31"),
      "it tries gold until 2026-12-31, not before 2026-12-31; change that first, or name a later day",
    ],
    [
      "of a key that works",
      {},
      ended(),
      'its keys work, and would be deleted; suspend it first, name the day of its end with --on, or collect its use ("api-tiers usage collect") and delete them with --force',
    ],
  ])("%s", (_, fields, step, result) => {
    expect(after(fields, step)).toEqual(result);
  });

  test.each([
    ["of one that is suspended", { enabled: false }, false],
    ["of one whose keys work, with --force", {}, true],
  ])("%s removes it, and says what is lost", (_, fields, force) => {
    const step = end(joe(fields), { today: TODAY, force });
    expect(step.removes).toBe(true);
    expect(step.notes.join()).toMatch(/usage collect/);
  });
});

test("the end of a key that is managed elsewhere deletes nothing, and says so", () => {
  const subscription = joe({ existingKeyId: "a1b2c3d4e5" });
  expect(() => end(subscription, { today: TODAY, force: false })).toThrow(
    /its keys are managed elsewhere, and may work; disable them there, or take them out of their plans with --force$/,
  );
  expect(end(subscription, { today: TODAY, force: true }).notes).toEqual([
    'The next deploy takes "main" out of its plans, so it can call nothing by them; the key itself stays in AWS, because it is managed elsewhere.',
  ]);
});

test.each(["tier", "startsOn", ANY_FIELD])(
  "nothing is changed where a run of the program alone could tell %s",
  (name) => {
    const subscription = joe({}, { computed: [name], fields: {} });
    expect(() => suspend(subscription)).toThrow(/is computed there, so it is not known; edit it by hand$/);
  },
);

describe("what is due", () => {
  const EVERYTHING = {
    startsOn: "2026-11-01",
    trial: { tier: "gold", until: "2026-12-01" },
    pendingTier: { tier: "silver", on: "2027-01-01" },
    endsOn: "2027-06-01",
  };
  const dueOn = (fields: Fields, day: string, until = day) => dues([joe(fields)], day, until);

  test.each<[string, Fields]>([
    ["2026-10-31", EVERYTHING],
    ["2026-11-01", { trial: EVERYTHING.trial, pendingTier: EVERYTHING.pendingTier, endsOn: "2027-06-01" }],
    ["2026-12-01", { pendingTier: EVERYTHING.pendingTier, endsOn: "2027-06-01" }],
    ["2027-01-01", { tier: "silver", endsOn: "2027-06-01" }],
    ["2027-05-31", { tier: "silver", endsOn: "2027-06-01" }],
    ["2027-06-01", { tier: "silver", endsOn: "2027-06-01", enabled: false }],
    ["2028-01-01", { tier: "silver", endsOn: "2027-06-01", enabled: false }],
  ])("on %s of a whole life, and not again", (day, expected) => {
    const written = { tier: "bronze", ...EVERYTHING };
    const apply = (fields: Fields) =>
      dues([joe(fields)], day, day).due.reduce<Fields>(
        (changed, { changes }) => changedFields(changed, changes),
        fields,
      );
    const once = apply(written);
    expect(once).toEqual({ tier: "bronze", ...expected });
    expect(apply(once)).toEqual(once);
  });

  test("day by day comes to the same as all at once", () => {
    let fields: Fields = { tier: "bronze", ...EVERYTHING };
    for (let day = "2026-10-25"; day <= "2027-06-05"; day = daysAfter(day, 1))
      for (const { changes } of dues([joe(fields)], day, day).due) fields = changedFields(fields, changes);
    const atOnce = dues([joe(EVERYTHING)], "2027-06-05", "2027-06-05").due.reduce<Fields>(
      (changed, { changes }) => changedFields(changed, changes),
      { tier: "bronze", ...EVERYTHING },
    );
    expect(fields).toEqual(atOnce);
  });

  test("is listed in the order of the days, with what comes", () => {
    const { due, coming, unread } = dueOn(EVERYTHING, "2026-12-01", "2027-01-01");
    expect(due.map(({ day, kind, what }) => [day, kind, what])).toEqual([
      ["2026-11-01", "start", "begins"],
      ["2026-12-01", "trial-end", "has tried gold, and is on bronze from now on"],
    ]);
    expect(coming.map(({ day, kind, what }) => [day, kind, what])).toEqual([
      ["2027-01-01", "move", "moves from bronze to silver"],
    ]);
    expect(unread).toEqual([]);
  });

  test.each<[string, WrittenSubscription, string]>([
    [
      "what is computed",
      joe({}, { computed: ["trial"] }),
      "trial is computed there, so it is not known; edit it by hand",
    ],
    [
      "what is not a day",
      joe({ endsOn: "2026-02-30" }),
      'endsOn must be a day of the calendar such as 2026-12-01, got "2026-02-30"',
    ],
    ["half a trial", joe({ trial: { tier: "gold" } }), 'trial must be { tier, until }, got {"tier":"gold"}'],
  ])("leaves nothing unsaid: %s", (_, subscription, message) => {
    expect(dues([subscription], TODAY, TODAY)).toEqual({
      due: [],
      coming: [],
      unread: [`customers.yaml:7: subscription "joe": ${message}`],
    });
  });
});
