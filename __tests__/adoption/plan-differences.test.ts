import { countChanges, planDifferences } from "../../src/adoption/plan-differences";

/** No value of anybody's. */
const VALUE = "PlantedKeyValue".repeat(2);

const change = (type: string, parts: Record<string, unknown>) => ({
  address: `${type}.joe`,
  type,
  change: parts as never,
});

test("a plan is counted as Terraform counts it: what is replaced is added and destroyed", () => {
  const changes = [
    change("a", { actions: ["no-op"], importing: { id: "1" } }),
    change("b", { actions: ["update"], importing: { id: "2" } }),
    change("c", { actions: ["delete", "create"] }),
    change("d", { actions: ["create"] }),
    change("e", { actions: ["no-op"] }),
  ];
  expect(countChanges({ format_version: "1.2", resource_changes: changes })).toEqual({
    import: 2,
    add: 2,
    change: 1,
    destroy: 1,
  });
});

test("what differs is reported attribute by attribute, and never a key's value, wherever it stands", () => {
  const plan = {
    resource_changes: [
      change("aws_api_gateway_usage_plan_key", {
        actions: ["update"],
        before: { value: VALUE, name: "joe", usage_plan_id: "p1" },
        after: { value: null, name: `was ${VALUE}`, usage_plan_id: "p1" },
        after_unknown: { id: true },
      }),
      change("aws_api_gateway_api_key", {
        actions: ["update"],
        before: { value: VALUE, description: "a", secret: "b", nested: [{ a: "c" }] },
        after: { value: "other", description: "b", secret: "c", nested: [{ a: "d" }] },
        before_sensitive: { value: true, secret: true, nested: [{ a: true }] },
        after_sensitive: {},
      }),
      change("aws_api_gateway_usage_plan_key", { actions: ["create"], before: null, after: { value: VALUE } }),
      change("aws_api_gateway_stage", { actions: ["no-op"], before: {}, after: {} }),
    ],
  };
  const differences = planDifferences(plan);
  expect(differences).toEqual([
    {
      address: "aws_api_gateway_usage_plan_key.joe",
      action: "update",
      attributes: ['name: "joe" → "was (sensitive value)"', "value: (sensitive value)"],
    },
    {
      address: "aws_api_gateway_api_key.joe",
      action: "update",
      attributes: [
        'description: "a" → "b"',
        "nested: (sensitive value)",
        "secret: (sensitive value)",
        "value: (sensitive value)",
      ],
    },
    { address: "aws_api_gateway_usage_plan_key.joe", action: "create", attributes: [] },
  ]);
  expect(JSON.stringify(differences)).not.toContain(VALUE);
});
