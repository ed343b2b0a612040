import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readGateway } from "../../src/model/read-gateway";
import { explain } from "../../src/why/explain";
import { Calls } from "../../src/why/target";

type Resources = Record<string, Record<string, Record<string, unknown>>>;

const AT = Date.parse("2026-11-22T12:00:00Z");
const API = "${aws_api_gateway_rest_api.pets.id}";

/** A customer who may call, as somebody else wrote it. */
const base = (): Resources => ({
  aws_api_gateway_rest_api: { pets: { name: "pets" } },
  aws_api_gateway_resource: {
    pets: { rest_api_id: API, parent_id: "${aws_api_gateway_rest_api.pets.root_resource_id}", path_part: "pets" },
    one: { rest_api_id: API, parent_id: "${aws_api_gateway_resource.pets.id}", path_part: "{id}" },
  },
  aws_api_gateway_method: {
    list: method("${aws_api_gateway_resource.pets.id}"),
    one: method("${aws_api_gateway_resource.one.id}"),
  },
  aws_api_gateway_stage: { prod: { rest_api_id: API, stage_name: "prod" } },
  aws_api_gateway_method_settings: {
    all: {
      rest_api_id: API,
      stage_name: "${aws_api_gateway_stage.prod.stage_name}",
      method_path: "*/*",
      settings: { throttling_rate_limit: 50, throttling_burst_limit: 60 },
    },
  },
  aws_api_gateway_usage_plan: {
    gold: {
      name: "gold",
      api_stages: [{ api_id: API, stage: "prod" }],
      throttle_settings: { rate_limit: 10, burst_limit: 20 },
      quota_settings: { limit: 100, period: "DAY" },
    },
  },
  aws_api_gateway_api_key: { acme: { name: "acme" } },
  aws_api_gateway_usage_plan_key: {
    acme: {
      key_id: "${aws_api_gateway_api_key.acme.id}",
      key_type: "API_KEY",
      usage_plan_id: "${aws_api_gateway_usage_plan.gold.id}",
    },
  },
});
const method = (resource: string) => ({
  rest_api_id: API,
  resource_id: resource,
  http_method: "GET",
  authorization: "NONE",
  api_key_required: true,
});

const folder = mkdtempSync(join(tmpdir(), "why-unknowns-"));
afterAll(() => rmSync(folder, { recursive: true }));

let written = 0;
function explained(change: (resources: Resources) => void, request = "GET /pets") {
  const resource = base();
  change(resource);
  const stacks = join(folder, String(written++));
  mkdirSync(join(stacks, "stacks/team"), { recursive: true });
  writeFileSync(join(stacks, "stacks/team/cdk.tf.json"), JSON.stringify({ resource }));
  return explain(new Calls(readGateway(stacks)), { subscription: "acme", request }, { at: AT });
}

/** Changes attributes of a resource. */
const set = (type: string, name: string, attributes: Record<string, unknown>) => (resources: Resources) => {
  Object.assign(resources[type]?.[name] ?? {}, attributes);
};

test("where all is known, the verdict is given, and which limit governs", () => {
  const explanation = explained(() => {});
  expect(explanation).toMatchObject({ verdict: "let-in", notKnown: [], governs: { burst: { passes: 20 } } });
  expect(explanation.limits.map(({ layer }) => layer)).toEqual(["plan", "stage method", "account", "quota"]);
});

describe("the verdict is withheld", () => {
  test.each<[string, (resources: Resources) => void, string, RegExp]>([
    [
      "where the key may be disabled",
      set("aws_api_gateway_api_key", "acme", { enabled: "${var.enabled}" }),
      "GET /pets",
      /api_key\.acme is enabled or disabled by a value/,
    ],
    [
      "where a route that is not known may be the one that is asked for",
      set("aws_api_gateway_resource", "pets", { path_part: "${var.path}" }),
      "GET /other",
      /has a path, a method or a body that is known only after a deploy/,
    ],
    [
      "where the key may be in a plan that covers the stage",
      set("aws_api_gateway_usage_plan_key", "acme", { usage_plan_id: "${var.plan}" }),
      "GET /pets",
      /may be in other plans/,
    ],
    [
      "where the plan may cover the stage",
      set("aws_api_gateway_usage_plan", "gold", { api_stages: [{ api_id: API, stage: "${var.stage}" }] }),
      "GET /pets",
      /covers other stages, which are known only after a deploy/,
    ],
  ])("%s", (_, change, request, expected) => {
    const explanation = explained(change, request);
    expect(explanation.verdict).toBe("not-known");
    expect(explanation.answer).toMatch(/^Not known\. /);
    expect(explanation.notKnown).toContainEqual(expect.stringMatching(expected));
  });
});

describe("which limit governs is withheld, and the call is let in", () => {
  const methodThrottle = (path: string) => (resources: Resources) => {
    const throttle = [{ path, rate_limit: "${var.rate}", burst_limit: 5 }];
    set("aws_api_gateway_usage_plan", "gold", { api_stages: [{ api_id: API, stage: "prod", throttle }] })(resources);
  };
  test.each<[string, (resources: Resources) => void]>([
    [
      "throttle of the plan",
      set("aws_api_gateway_usage_plan", "gold", { throttle_settings: { rate_limit: "${var.x}", burst_limit: 1 } }),
    ],
    [
      "quota of the plan",
      set("aws_api_gateway_usage_plan", "gold", { quota_settings: { limit: "${var.x}", period: "DAY" } }),
    ],
    ["throttle of the method in the plan", methodThrottle("/pets/GET")],
    [
      "throttle of the stage",
      set("aws_api_gateway_method_settings", "all", {
        settings: { throttling_rate_limit: "${var.x}", throttling_burst_limit: 1 },
      }),
    ],
  ])("by a %s that is known only after a deploy", (_, change) => {
    const explanation = explained(change);
    expect(explanation).toMatchObject({ verdict: "let-in", governs: undefined });
    expect(explanation.notKnown).toEqual([expect.stringMatching(/that is known only after a deploy$/)]);
  });

  test("but not by a throttle of another method", () => {
    expect(explained(methodThrottle("/pets/{id}/GET"))).toMatchObject({
      governs: { burst: { passes: 20 } },
      notKnown: [],
    });
  });
});
