import { acceptanceOf, acceptancesFrom } from "../../src/review/acceptance";
import { renderMarkdown } from "../../src/review/render/markdown";
import { renderText } from "../../src/review/render/text";
import { review } from "../../src/review/review";
import { plansOf } from "./support/fixtures";

const REASON = "Joe has ended his contract.";

test("a finding that is accepted stops nobody, and the report says why", () => {
  const accepted = [acceptanceOf("access-lost:joe-black", REASON)];
  const report = review(plansOf("subscription-removed"), { accepted });
  expect(report).toMatchObject({ verdict: "no-decision-needed", decisions: 0, accepted: 1, unusedAcceptances: [] });
  expect(renderMarkdown(report)).toContain(`\`joe-black (Joe Black)\`: the key is deleted — ✔ accepted: ${REASON}`);
  expect(renderText(report, { color: false, width: 200 })).toContain(`the key is deleted (accepted: ${REASON})`);
});

test("an accepted finding leaves the others to be decided", () => {
  const accepted = [
    acceptanceOf("access-lost:acme", REASON),
    acceptanceOf("change-not-deployed:*", "It is on purpose."),
  ];
  const report = review(plansOf("plain-terraform"), { accepted });
  expect([report.decisions, report.accepted]).toEqual([2, 3]);
});

test("what is accepted and not in the change is named, so that it accepts nothing else one day", () => {
  const accepted = [acceptanceOf("access-lost:joe-black", REASON), acceptanceOf("limits-lowered:*", "We said so.")];
  const report = review(plansOf("no-change"), { accepted });
  expect(report.unusedAcceptances).toEqual(["access-lost:joe-black", "limits-lowered:*"]);
  expect(renderMarkdown(report)).toContain("Accepted, but not in this change (take it out): `access-lost:joe-black`");
});

test.each([
  ["joe-black", REASON, /write it as <rule>:<what>, such as access-lost:joe-black/],
  ["access-lots:joe-black", REASON, /names no rule that needs a decision; did you mean access-lost\?/],
  ["access-gained:joe-black", REASON, /names no rule that needs a decision/],
  ["access-lost:joe-black", "  ", /is accepted without a reason; say why/],
])("accepting %j because %j is refused", (accept, because, message) => {
  expect(() => acceptanceOf(accept, because)).toThrow(message);
});

describe("a file of accepted findings", () => {
  test.each([
    ["in YAML", `- accept: access-lost:joe-black\n  because: ${REASON}\n`],
    ["in JSON", JSON.stringify([{ accept: "access-lost:joe-black", because: REASON }])],
  ])("%s is read", (_, text) => {
    expect(acceptancesFrom(text, "accepted.yaml")).toEqual([
      { rule: "access-lost", about: "joe-black", because: REASON },
    ]);
  });

  test("that is empty accepts nothing", () => {
    expect(acceptancesFrom("# none\n", "accepted.yaml")).toEqual([]);
  });

  test.each([
    ["a: b", /^accepted\.yaml: it must be a list of \{ accept, because \}/],
    ["- accept: x:y\n", /^accepted\.yaml: 0\.because must be a reason in words, got nothing/],
    ["- acept: x:y\n  because: z\n", /^accepted\.yaml: 0.*acept/s],
    ["- [", /^accepted\.yaml: /],
    [
      "- {accept: nothing, because: a}\n- {accept: x:y, because: b}\n",
      /0: "nothing" accepts nothing.*\n.*1: "x:y" names no rule/,
    ],
  ])("%j is refused with all that is wrong", (text, message) => {
    expect(() => acceptancesFrom(text, "accepted.yaml")).toThrow(message);
  });
});
