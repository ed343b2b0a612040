import { describeWith } from "../support/requirements";
import { runOrFail } from "../support/run";
import type { Json } from "../support/synthesize";
import { actionsOf, updatesOf } from "../support/terraform";
import { Workspace } from "../support/workspace";

jest.setTimeout(240_000);

/** No key of anybody's; the emulator takes it for one. */
const GLOBEX_KEY = "EmulatorOnlyKeyValue0000001";

const FIRST = {
  apis: {
    pets: {
      stages: { test: {}, prod: {} },
      routes: {
        "GET /pets": { mock: 200 },
        "GET /pets/{id}": { http: "https://backend.example.com/pets/{id}" },
        "GET /health": { mock: 200, apiKeyRequired: false },
      },
    },
    toys: { stages: { live: {} }, routes: { "GET /": { mock: 200 } } },
  },
  tiers: {
    bronze: {
      access: { pets: ["prod"] },
      throttle: { rateLimit: 10, burstLimit: 20 },
      quota: { limit: 1_000, period: "DAY" },
    },
    gold: {
      access: { pets: "*", toys: "*" },
      throttle: { rateLimit: 100, burstLimit: 250 },
      methodThrottle: { pets: { "GET /pets": { rateLimit: 5, burstLimit: 10 } } },
    },
  },
  cohorts: { emea: {} },
  subscriptions: {
    "joe-black": { tier: "bronze", customer: "Joe Black" },
    initech: { tier: "gold", enabled: false },
    globex: { tier: "gold", keyValue: { variable: "globex_key" } },
    "acme.inc": { tier: "bronze", customer: "Acme, Inc. ${not a reference}", cohort: "emea" },
  },
};
type Written = typeof FIRST;

/** The life of one catalog on one account, told in order; each test goes on where the one before it ended. */
describeWith(["terraform", "emulator"], "the life of a catalog", () => {
  let workspace: Workspace;
  // biome-ignore lint/suspicious/noExplicitAny: later chapters write what the first does not have
  let written: any = structuredClone(FIRST);

  beforeAll(async () => {
    workspace = await Workspace.open({ env: { TF_VAR_globex_key: GLOBEX_KEY } });
    workspace.copyProject();
  });
  afterAll(() => workspace.close());

  /** Changes the catalog. */
  function write(change: (catalog: Written & Json) => void): void {
    written = structuredClone(written);
    change(written);
    workspace.writeCatalog(written);
    workspace.synthesize(written);
  }
  /** What the main job says of the catalog as it is. */
  function said(): string {
    const { stdout, stderr } = workspace.start();
    return stdout + stderr;
  }
  const terraform = (stack: string) => workspace.terraform(stack);
  const aws = (...args: string[]) => workspace.aws(...args);

  /** `cdktf deploy` or `cdktf destroy`; gives the log without the redrawn progress lines. */
  function cdktf(command: "deploy" | "destroy", ...stacks: string[]): string {
    const args = [
      "cdktf",
      command,
      ...stacks,
      "--auto-approve",
      // All stacks use one process of the provider.
      ...["--parallelism", "1"],
      "--skip-provider-lock",
    ];
    const { stdout, stderr } = runOrFail("npx", args, { cwd: workspace.folder, env: workspace.env });
    // biome-ignore lint/suspicious/noControlCharactersInRegex: colors and cursor moves of a terminal
    return `${stdout}\n${stderr}`.replace(/\u001b\[[0-9;?]*[A-Za-z]/g, "");
  }

  const keysInAws = (): Record<string, { id: string; value: string; enabled: boolean }> =>
    Object.fromEntries(aws("apigateway", "get-api-keys", "--include-values").items.map((key: Json) => [key.name, key]));

  /** Where lines stand in a log, so that their order can be asserted. */
  function inOrder(log: string, ...patterns: RegExp[]): void {
    const lines = log.split("\n");
    const positions = patterns.map((pattern) => lines.findIndex((line) => pattern.test(line)));
    expect(patterns.filter((_, index) => positions[index] === -1)).toEqual([]);
    expect(positions).toEqual([...positions].sort((a, b) => a - b));
  }

  test("it is deployed to an empty account by one `cdktf deploy`", () => {
    write(() => {});
    const log = cdktf("deploy", "*");
    inOrder(
      log,
      /aws_api_gateway_rest_api.*Creation complete/,
      /aws_api_gateway_stage.*Creation complete/,
      /aws_api_gateway_usage_plan.*Creation complete/,
    );
    expect(log.match(/Apply complete!/g)?.length).toBeGreaterThanOrEqual(7);
    expect(log).not.toContain(GLOBEX_KEY);
    expect(
      Object.entries(keysInAws())
        .map(([name, { enabled }]) => [name, enabled])
        .sort(),
    ).toEqual([
      ["acme.inc", true],
      ["globex", true],
      ["initech", false],
      ["joe-black", true],
    ]);
    expect(keysInAws().globex?.value).toBe(GLOBEX_KEY);
  });

  test("a second plan of any kind of stack changes nothing", () => {
    for (const stack of ["pets", "pets-prod", "access", "access-emea"])
      expect([stack, actionsOf(terraform(stack).plan())]).toEqual([stack, []]);
  });

  test("I4: a move to another tier replaces the plan key, deleted before it is created, and leaves the key", () => {
    const before = keysInAws()["joe-black"];
    write((catalog) => {
      catalog.subscriptions["joe-black"].tier = "gold";
    });
    expect(actionsOf(terraform("access").plan())).toEqual(["delete+create aws_api_gateway_usage_plan_key.joe-black"]);
    inOrder(
      terraform("access").apply(),
      /aws_api_gateway_usage_plan_key\.joe-black: Destruction complete/,
      /aws_api_gateway_usage_plan_key\.joe-black: Creating/,
    );
    expect(keysInAws()["joe-black"]).toMatchObject({ id: before?.id, value: before?.value });
  });

  test.each([
    ["suspending", false],
    ["resuming", true],
  ])("I4: %s a customer changes `enabled` and nothing else", (_, enabled) => {
    write((catalog) => {
      catalog.subscriptions["joe-black"].enabled = enabled;
    });
    const plan = terraform("access").plan();
    expect(actionsOf(plan)).toEqual(["update aws_api_gateway_api_key.joe-black"]);
    expect(plan.changes.map(updatesOf)).toEqual([{ enabled: [!enabled, enabled] }]);
    terraform("access").apply();
    expect(keysInAws()["joe-black"]?.enabled).toBe(enabled);
  });

  test("I3: a new customer adds a key and a plan key, and touches nothing else", () => {
    write((catalog) => {
      catalog.subscriptions.hooli = { tier: "gold" };
    });
    expect(actionsOf(terraform("access").plan())).toEqual([
      "create aws_api_gateway_api_key.hooli",
      "create aws_api_gateway_usage_plan_key.hooli",
    ]);
    terraform("access").apply();
  });

  test("a subscription that is renamed through its former id keeps its key", () => {
    const before = keysInAws().hooli;
    write((catalog) => {
      delete catalog.subscriptions.hooli;
      catalog.subscriptions["hooli.xyz"] = { tier: "gold", formerId: "hooli" };
    });
    const plan = terraform("access").plan();
    expect([...plan.moves].sort()).toEqual([
      expect.stringMatching(/^aws_api_gateway_api_key\.hooli → aws_api_gateway_api_key\.hooli-xyz-[0-9a-f]{8}$/),
      expect.stringMatching(
        /^aws_api_gateway_usage_plan_key\.hooli → aws_api_gateway_usage_plan_key\.hooli-xyz-[0-9a-f]{8}$/,
      ),
    ]);
    expect(plan.changes.map((change) => [change.actions, updatesOf(change)])).toEqual([
      [["update"], { name: ["hooli", "hooli.xyz"] }],
    ]);
    terraform("access").apply();
    expect(keysInAws()["hooli.xyz"]).toMatchObject({ id: before?.id, value: before?.value });
  });

  test("I3: a customer who goes takes the key and the plan key along, and nothing else", () => {
    write((catalog) => {
      delete catalog.subscriptions["hooli.xyz"];
    });
    expect(actionsOf(terraform("access").plan())).toEqual([
      expect.stringMatching(/^delete aws_api_gateway_api_key\.hooli-xyz/),
      expect.stringMatching(/^delete aws_api_gateway_usage_plan_key\.hooli-xyz/),
    ]);
    terraform("access").apply();
  });

  test("I5: a route whose key requirement flips redeploys the stage, and the plan says why", () => {
    write((catalog) => {
      catalog.apis.pets.routes["GET /pets"].apiKeyRequired = false;
    });
    expect(terraform("pets").plan().changes.map(updatesOf)).toEqual([{ api_key_required: [true, false] }]);
    terraform("pets").apply();
    const plan = terraform("pets-prod").plan();
    expect(actionsOf(plan)).toEqual([
      expect.stringMatching(/^create\+delete aws_api_gateway_deployment\./),
      expect.stringMatching(/^update aws_api_gateway_stage\./),
    ]);
    const [deployment] = plan.changes.filter(({ address }) => address.startsWith("aws_api_gateway_deployment."));
    const { before, after } = deployment as { before: Json; after: Json };
    const changed = Object.keys(after.triggers).filter((part) => before.triggers[part] !== after.triggers[part]);
    expect(changed).toEqual(["GET /pets"]);
    inOrder(
      terraform("pets-prod").apply(),
      /aws_api_gateway_deployment.*: Creating/,
      /aws_api_gateway_stage.*: Modifications complete/,
      /aws_api_gateway_deployment.*: Destruction complete/,
    );
  });

  test("I6: routes that come and go do so before the snapshot is taken, in one `cdktf deploy`", () => {
    write((catalog) => {
      delete catalog.apis.pets.routes["GET /pets/{id}"];
      catalog.apis.pets.routes["POST /pets"] = { mock: 201 };
    });
    const log = cdktf("deploy", "pets", "pets-prod", "pets-test");
    inOrder(log, /aws_api_gateway_method.*: Destruction complete/, /aws_api_gateway_deployment.*: Creating/);
    const [api] = aws("apigateway", "get-rest-apis").items.filter(({ name }: Json) => name === "pets");
    const resources: Json[] = aws("apigateway", "get-resources", "--rest-api-id", api.id).items;
    expect(resources.map(({ path }) => path).sort()).toEqual(["/", "/health", "/pets"]);
    for (const stack of ["pets", "pets-prod"]) expect(actionsOf(terraform(stack).plan())).toEqual([]);
  });

  test("M10: a new stage is attached to the plans that cover all stages, without anyone remembering to", () => {
    write((catalog) => {
      catalog.apis.pets.stages.beta = {};
    });
    terraform("pets-beta").init();
    for (const stack of ["pets-beta", "access"]) terraform(stack).deploy();
    const plans: Json[] = aws("apigateway", "get-usage-plans").items;
    const stages = Object.fromEntries(
      plans.map(({ name, apiStages }) => [name, apiStages.map(({ stage }: Json) => stage).sort()]),
    );
    expect(stages).toEqual({ bronze: ["prod"], gold: ["beta", "live", "prod", "test"] });
  });

  test("I11: a stage that leaves the catalog without being retired is warned of aloud", () => {
    const beta = structuredClone(written.apis.pets.stages);
    write((catalog) => {
      delete catalog.apis.pets.stages.beta;
    });
    expect(said()).toMatch(/WARNING\n {2}- terraform\.pets-beta\.tfstate holds 2 resources of the stack "pets-beta"/);
    write((catalog) => {
      catalog.apis.pets.stages = beta;
    });
  });

  test("a retired stage, API and cohort go in one `cdktf deploy`, in the order in which AWS lets go", () => {
    write((catalog) => {
      catalog.apis.pets.stages.beta.retired = true;
      catalog.apis.toys.retired = true;
      delete catalog.tiers.gold.access.toys;
      catalog.cohorts.emea.retired = true;
      delete catalog.subscriptions["acme.inc"];
    });
    const log = cdktf("deploy", "*");
    const planLetsGo = /aws_api_gateway_usage_plan\.gold.*: Modifications complete/;
    inOrder(log, /aws_api_gateway_api_key.*: Destruction complete/, planLetsGo, /aws_api_gateway_stage.*: Destroying/);
    inOrder(log, planLetsGo, /aws_api_gateway_stage.*: Destruction complete/, /aws_api_gateway_rest_api.*: Destroying/);
    for (const stack of ["pets-beta", "toys", "toys-live", "access-emea"]) expect(terraform(stack).state()).toEqual({});
    expect(Object.keys(keysInAws()).sort()).toEqual(["globex", "initech", "joe-black"]);
  });

  test("what was retired can be dropped, and nobody is warned", () => {
    write((catalog) => {
      delete catalog.apis.pets.stages.beta;
      delete catalog.apis.toys;
      delete catalog.cohorts;
    });
    const lines = said();
    expect(lines).not.toContain("WARNING");
    expect(lines).not.toContain("toys");
  });

  test("`cdktf destroy` leaves nothing behind", () => {
    const log = cdktf("destroy", "*");
    inOrder(
      log,
      /aws_api_gateway_usage_plan\..*: Destruction complete/,
      /aws_api_gateway_stage.*: Destroying/,
      /aws_api_gateway_rest_api.*: Destroying/,
    );
    expect(aws("apigateway", "get-rest-apis").items ?? []).toEqual([]);
    expect(aws("apigateway", "get-usage-plans").items ?? []).toEqual([]);
    expect(keysInAws()).toEqual({});
  });
});
