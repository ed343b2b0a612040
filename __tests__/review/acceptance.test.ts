import { acceptanceOf, acceptancesFrom } from "../../src/review/acceptance";
import { renderMarkdown } from "../../src/review/render/markdown";
import { renderText } from "../../src/review/render/text";
import { review } from "../../src/review/review";
import { plansOf } from "./support/fixtures";
import { wholePlan } from "./support/whole-plan";

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
    acceptanceOf("change-not-deployed:Pet Shop/prod", "It is on purpose."),
    acceptanceOf("change-not-deployed:Pet Shop/test", "It is on purpose."),
  ];
  const report = review(plansOf("plain-terraform"), { accepted });
  expect([report.decisions, report.accepted]).toEqual([2, 3]);
});

test("customers whose names are masked alike are accepted one by one", () => {
  const key = (name: string) => ({
    address: `aws_api_gateway_api_key.${name}`,
    mode: "managed",
    type: "aws_api_gateway_api_key",
    name,
    change: {
      actions: ["delete"],
      before: { id: name, name: `secret-${name}`, enabled: true },
      after: null,
      before_sensitive: { name: true },
    },
  });
  const limits = { id: "plan1", name: "gold", api_stages: [{ api_id: "api1", stage: "prod" }] };
  const plan = {
    address: "aws_api_gateway_usage_plan.gold",
    mode: "managed",
    type: "aws_api_gateway_usage_plan",
    name: "gold",
    change: { actions: ["no-op"], before: limits, after: limits },
  };
  const place = (name: string) => ({
    address: `aws_api_gateway_usage_plan_key.${name}`,
    mode: "managed",
    type: "aws_api_gateway_usage_plan_key",
    name,
    change: { actions: ["delete"], before: { key_id: name, usage_plan_id: "plan1" }, after: null },
  });
  const json = wholePlan([key("acme"), key("globex"), plan, place("acme"), place("globex")]);
  const lost = (...accepted: string[]) => {
    const report = review([{ stack: "shop", file: "shop.json", json }], {
      accepted: accepted.map((each) => acceptanceOf(each, REASON)),
    });
    const section = report.sections.find(({ rule }) => rule === "access-lost");
    return section?.findings.map(({ about, acceptedBecause }) => [about, acceptedBecause !== null]);
  };
  expect(lost()).toEqual([
    ["(sensitive value)", false],
    ["(sensitive value) (2)", false],
  ]);
  expect(lost("access-lost:(sensitive value) (2)")).toEqual([
    ["(sensitive value)", false],
    ["(sensitive value) (2)", true],
  ]);
});

test("what is accepted and not in the change is named, so that it accepts nothing else one day", () => {
  const accepted = [acceptanceOf("access-lost:joe-black", REASON), acceptanceOf("limits-lowered:gold", "We said so.")];
  const report = review(plansOf("no-change"), { accepted });
  expect(report.unusedAcceptances).toEqual(["access-lost:joe-black", "limits-lowered:gold"]);
  expect(renderMarkdown(report)).toContain("Accepted, but not in this change (take it out): `access-lost:joe-black`");
});

test.each([
  ["joe-black", REASON, /write it as <rule>:<what>, such as access-lost:joe-black/],
  ["access-lots:joe-black", REASON, /names no rule that needs a decision; did you mean access-lost\?/],
  ["access-gained:joe-black", REASON, /names no rule that needs a decision/],
  ["access-lost:*", REASON, /accepts whatever comes; accept each finding by its own name/],
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
