import type { PretendedAccount } from "./account";

/** One change that somebody makes by hand, and what is said of it. */
export interface Mutation {
  readonly name: string;
  /** @param idOf the id in AWS of a deployed resource, by its type and Terraform name */
  readonly change: (account: PretendedAccount, idOf: (type: string, name: string) => string) => void;
  /** Kind and name of the one finding. */
  readonly found: string;
  /** In what it says. */
  readonly what: string;
  /** In what keeps it. */
  readonly edit: string;
  /** Whether something is gone that others may change. */
  readonly deletes?: boolean;
}

type IdOf = Parameters<Mutation["change"]>[1];

const keyOf = (account: PretendedAccount, idOf: IdOf, name: string) => {
  const key = account.keys.find(({ id }) => id === idOf("api_key", name));
  if (!key) throw new Error(`there is no key ${name}`);
  return key;
};
const planOf = (account: PretendedAccount, idOf: IdOf, name: string) => {
  const plan = account.plans.find(({ id }) => id === idOf("usage_plan", name));
  if (!plan) throw new Error(`there is no plan ${name}`);
  return plan;
};
const petsOf = ({ apis: [pets] }: PretendedAccount) => {
  if (!pets) throw new Error("there is no API");
  return pets;
};
const stageOf = (account: PretendedAccount, name: string) => {
  const stage = petsOf(account).stages.find(({ stageName }) => stageName === name);
  if (!stage) throw new Error(`there is no stage ${name}`);
  return stage;
};
const methodOf = (account: PretendedAccount, method: string) => {
  const found = petsOf(account).resources.flatMap(({ resourceMethods = {} }) => resourceMethods[method] ?? [])[0];
  if (!found) throw new Error(`there is no method ${method}`);
  return found;
};
const without = <Item>(items: Item[], isGone: (item: Item) => boolean) => {
  const at = items.findIndex(isGone);
  if (at < 0) throw new Error("there is nothing to delete");
  items.splice(at, 1);
};

/** Each attribute that is compared, and each thing that somebody can delete or add. */
export const MUTATIONS: readonly Mutation[] = [
  // Keys
  {
    name: "a key is disabled",
    change: (account, idOf) => Object.assign(keyOf(account, idOf, "acme"), { enabled: false }),
    found: "key-disabled acme",
    what: "is disabled in AWS, so every call is refused; the catalog says enabled",
    edit: "subscriptions acme enabled: false",
  },
  {
    name: "a suspended key is enabled",
    change: (account, idOf) => Object.assign(keyOf(account, idOf, "initech"), { enabled: true }),
    found: "key-enabled initech",
    what: "is enabled in AWS",
    edit: "subscriptions initech enabled: true",
  },
  {
    name: "a key is deleted",
    change: (account, idOf) => without(account.keys, ({ id }) => id === idOf("api_key", "acme")),
    found: "key-deleted acme",
    what: "was deleted in AWS",
    edit: "subscriptions acme take the subscription out",
    deletes: true,
  },
  {
    name: "a key gets another name",
    change: (account, idOf) => Object.assign(keyOf(account, idOf, "acme"), { name: "acme-2" }),
    found: "key-changed acme",
    what: 'has another name in AWS: "acme-2"; the catalog says "acme"',
    edit: 'subscriptions acme keyName: "acme-2"',
  },
  {
    name: "a key gets another description",
    change: (account, idOf) => Object.assign(keyOf(account, idOf, "joe"), { description: "Joe" }),
    found: "key-changed joe",
    what: 'has another description in AWS: "Joe"; the catalog says "Joe Black"',
    edit: 'subscriptions joe customer: "Joe"',
  },
  {
    name: "a key gets another id in AWS Marketplace",
    change: (account, idOf) => Object.assign(keyOf(account, idOf, "joe"), { customerId: "m2" }),
    found: "key-changed joe",
    what: 'has another id in AWS Marketplace in AWS: "m2"; the catalog says "m1"',
    edit: 'subscriptions joe marketplaceCustomerId: "m2"',
  },
  {
    name: "a key gets another tag",
    change: (account, idOf) => {
      const key = keyOf(account, idOf, "acme");
      key.tags = { ...key.tags, team: "b" };
    },
    found: "key-changed acme",
    what: "has other tags in AWS",
    edit: 'subscriptions acme tags: { team: "b" }',
  },
  // Who is in which plan
  {
    name: "a key is taken out of its plan",
    change: (account, idOf) => account.memberships.delete(`${idOf("api_key", "joe")} ${idOf("usage_plan", "gold")}`),
    found: "key-taken-out joe",
    what: "was taken out of gold in AWS",
    edit: "suspend it (enabled: false), give it another tier, or take it out",
  },
  {
    name: "a key is put into another plan",
    change: (account, idOf) => {
      account.memberships.delete(`${idOf("api_key", "acme")} ${idOf("usage_plan", "bronze")}`);
      account.memberships.add(`${idOf("api_key", "acme")} ${idOf("usage_plan", "gold")}`);
    },
    found: "key-moved acme",
    what: "the key is in gold in AWS, and no longer in bronze",
    edit: 'subscriptions acme tier: "gold"',
  },
  {
    name: "a key is put into a further plan",
    change: (account, idOf) => account.memberships.add(`${idOf("api_key", "joe")} ${idOf("usage_plan", "bronze")}`),
    found: "key-put-into-plan joe",
    what: "was put into bronze in AWS",
    edit: 'subscriptions joe additionalTiers: { bronze: "bronze" }',
  },
  {
    name: "a key is added beside",
    change: (account, idOf) => {
      account.keys.push({
        id: "k1",
        name: "Partner / 1",
        enabled: true,
        createdDate: new Date("2026-11-05T10:00:00Z"),
      });
      account.memberships.add(`k1 ${idOf("usage_plan", "gold")}`);
    },
    found: "key-beside k1",
    what: "is in gold in AWS, and in no stack: enabled, created 2026-11-05, id k1",
    edit: 'subscriptions "partner-1": { tier: "gold", existingKeyId: "k1" }',
  },
  // Plans
  {
    name: "the rate of a plan becomes another",
    change: (account, idOf) =>
      Object.assign(planOf(account, idOf, "gold"), { throttle: { rateLimit: 50, burstLimit: 200 } }),
    found: "limit-changed gold",
    what: "the limit is 50/s, burst 200 in AWS; the catalog says 100/s, burst 200; it is for initech, joe",
    edit: "tiers gold throttle: { rateLimit: 50, burstLimit: 200 }",
  },
  {
    name: "the throttle of a plan is taken away",
    change: (account, idOf) => void delete planOf(account, idOf, "bronze").throttle,
    found: "limit-changed bronze",
    what: "the limit is none in AWS; the catalog says 10/s, burst 20",
    edit: "tiers bronze throttle take it out",
  },
  {
    name: "the quota of a plan becomes another",
    change: (account, idOf) =>
      Object.assign(planOf(account, idOf, "bronze"), { quota: { limit: 1_000, period: "MONTH" } }),
    found: "limit-changed bronze",
    what: "the quota is 1,000 a month in AWS; the catalog says 1,000 a day",
    edit: 'tiers bronze quota: { limit: 1_000, period: "MONTH" }',
  },
  {
    name: "a plan gets a quota",
    change: (account, idOf) =>
      Object.assign(planOf(account, idOf, "gold"), { quota: { limit: 9, period: "WEEK", offset: 2 } }),
    found: "limit-changed gold",
    what: "the quota is 9 a week, offset 2 in AWS; the catalog says none",
    edit: 'tiers gold quota: { limit: 9, period: "WEEK", offset: 2 }',
  },
  {
    name: "the throttle of a method becomes another on all stages",
    change: (account, idOf) => {
      for (const each of planOf(account, idOf, "gold").apiStages ?? [])
        if (each.stage === "prod") each.throttle = { "/pets/POST": { rateLimit: 6, burstLimit: 10 } };
    },
    found: "limit-changed gold",
    what: "the limit of POST /pets on pets/prod is 6/s, burst 10 in AWS; the catalog says 5/s, burst 10",
    edit: "a throttle of a method on one stage alone",
  },
  {
    name: "a plan throttles another method",
    change: (account, idOf) => {
      for (const each of planOf(account, idOf, "bronze").apiStages ?? [])
        each.throttle = { "/pets/GET": { rateLimit: 1, burstLimit: 1 } };
    },
    found: "limit-changed bronze",
    what: "the limit of GET /pets on pets/prod is 1/s, burst 1 in AWS; the catalog says none",
    edit: 'tiers bronze methodThrottle: { pets: { "GET /pets": { rateLimit: 1, burstLimit: 1 } } }',
  },
  {
    name: "a plan covers another stage",
    change: (account, idOf) => {
      const plan = planOf(account, idOf, "bronze");
      plan.apiStages = [...(plan.apiStages ?? []), { apiId: petsOf(account).api.id, stage: "test" }];
    },
    found: "stage-added bronze",
    what: "it covers pets/test in AWS, so its customers can call that",
    edit: 'tiers bronze access: { pets: ["prod", "test"] }',
  },
  {
    name: "a plan no longer covers a stage",
    change: (account, idOf) => {
      const plan = planOf(account, idOf, "bronze");
      plan.apiStages = [];
    },
    found: "stage-removed bronze",
    what: "it no longer covers pets/prod in AWS",
    edit: "tiers bronze access: {}",
  },
  {
    name: "a plan gets another name",
    change: (account, idOf) => Object.assign(planOf(account, idOf, "gold"), { name: "Gold" }),
    found: "plan-changed gold",
    what: 'it has another name in AWS: "Gold"; the catalog says "gold"',
    edit: 'tiers gold displayName: "Gold"',
  },
  {
    name: "a plan gets a description",
    change: (account, idOf) => Object.assign(planOf(account, idOf, "gold"), { description: "Ours" }),
    found: "plan-changed gold",
    what: 'it has another description in AWS: "Ours"',
    edit: 'tiers gold description: "Ours"',
  },
  {
    name: "a plan gets a product code",
    change: (account, idOf) => Object.assign(planOf(account, idOf, "gold"), { productCode: "p1" }),
    found: "plan-changed gold",
    what: 'it has another product code in AWS: "p1"',
    edit: 'tiers gold productCode: "p1"',
  },
  {
    name: "a plan loses the tag of its tier",
    change: (account, idOf) => Object.assign(planOf(account, idOf, "gold"), { tags: {} }),
    found: "plan-changed gold",
    what: "it has other tags in AWS",
    edit: "a tier cannot say this",
  },
  {
    name: "a plan is deleted",
    change: (account, idOf) => {
      const id = idOf("usage_plan", "gold");
      without(account.plans, (plan) => plan.id === id);
      for (const each of account.memberships) if (each.endsWith(` ${id}`)) account.memberships.delete(each);
    },
    found: "plan-deleted gold",
    what: "so initech, joe can call nothing by it",
    edit: "tiers gold take the tier out",
    deletes: true,
  },
  {
    name: "a plan beside covers a stage",
    change: (account) => {
      account.plans.push({ id: "p9", name: "backdoor", apiStages: [{ apiId: petsOf(account).api.id, stage: "prod" }] });
    },
    found: "plan-beside p9",
    what: "covers pets/prod in AWS, and is in no stack: no limits; 0 keys in it; id p9",
    edit: "takes it over",
  },
  // APIs
  {
    name: "an API is deleted",
    change: (account) => account.apis.splice(0),
    found: "api-deleted pets",
    what: "the API was deleted in AWS",
    edit: "apis pets take it out",
    deletes: true,
  },
  {
    name: "an API asks an authorizer for keys",
    change: (account) => Object.assign(petsOf(account).api, { apiKeySource: "AUTHORIZER" }),
    found: "api-changed pets",
    what: 'it has another api key source in AWS: "AUTHORIZER"; the stacks say "HEADER"',
    edit: 'apis pets keySource: "AUTHORIZER"',
  },
  {
    name: "an API no longer answers under its own URL",
    change: (account) => Object.assign(petsOf(account).api, { disableExecuteApiEndpoint: true }),
    found: "api-changed pets",
    what: "it has another disable execute api endpoint in AWS: true",
    edit: "apis pets disableExecuteApiEndpoint: true",
  },
  {
    name: "an API gets a policy",
    change: (account) => Object.assign(petsOf(account).api, { policy: '{\\"Version\\":\\"2012-10-17\\"}' }),
    found: "api-changed pets",
    what: "it has another policy in AWS",
    edit: "apis pets write there what AWS has",
  },
  {
    name: "a stage is deleted",
    change: (account) => without(petsOf(account).stages, ({ stageName }) => stageName === "prod"),
    found: "stage-deleted pets/prod",
    what: "the stage was deleted in AWS",
    edit: "apis pets stages prod take it out",
    deletes: true,
  },
  {
    name: "a stage is added",
    change: (account) => petsOf(account).stages.push({ stageName: "demo" }),
    found: "stage-beside pets/demo",
    what: "the stage is in AWS, and in no stack",
    edit: "write { demo: {} } in its stages",
  },
  {
    name: "a stage is deployed by hand",
    change: (account) => Object.assign(stageOf(account, "prod"), { deploymentId: "d9" }),
    found: "stage-deployed pets/prod",
    what: 'the stage serves deployment "d9" in AWS',
    edit: "a catalog does not name deployments",
  },
  {
    name: "a variable of a stage becomes another",
    change: (account) => {
      stageOf(account, "test").variables = { ...stageOf(account, "test").variables, host: "other.example.com" };
    },
    found: "stage-changed pets/test",
    what: "it has another variables in AWS",
    edit: "apis pets stages test write there what AWS has",
  },
  {
    name: "a stage traces its requests",
    change: (account) => Object.assign(stageOf(account, "test"), { tracingEnabled: true }),
    found: "stage-changed pets/test",
    what: "it has another xray tracing enabled in AWS: true",
    edit: "apis pets stages test tracing: true",
  },
  {
    name: "a stage gets a canary",
    change: (account) =>
      Object.assign(stageOf(account, "test"), { canarySettings: { deploymentId: "d9", percentTraffic: 5 } }),
    found: "stage-changed pets/test",
    what: "it has another canary settings in AWS",
    edit: "apis pets stages test write there what AWS has",
  },
  {
    name: "the limit of all methods of a stage becomes another",
    change: (account) => {
      const settings = stageOf(account, "prod").methodSettings?.["*/*"];
      if (settings) settings.throttlingRateLimit = 5;
    },
    found: "stage-limit-changed pets/prod",
    what: "for all customers together, is 5/s, burst 600 in AWS; the catalog says 500/s, burst 600",
    edit: "apis pets stages prod settings throttle: { rateLimit: 5, burstLimit: 600 }",
  },
  {
    name: "the settings of a method of a stage are removed",
    change: (account) => {
      const { methodSettings = {} } = stageOf(account, "prod");
      for (const path of Object.keys(methodSettings)) if (path !== "*/*") delete methodSettings[path];
    },
    found: "stage-limit-changed pets/prod",
    what: "GET /pets has no settings in AWS",
    edit: "apis pets stages prod methodSettings GET /pets take it out",
  },
  {
    name: "a stage gets settings",
    change: (account) => {
      stageOf(account, "test").methodSettings = { "*/*": { throttlingRateLimit: 1, throttlingBurstLimit: 2 } };
    },
    found: "stage-limit-changed pets/test",
    what: "every method has settings in AWS, and in no stack: 1/s, burst 2",
    edit: "apis pets stages test settings throttle: { rateLimit: 1, burstLimit: 2 }",
  },
  {
    name: "a method logs bodies",
    change: (account) => {
      const settings = stageOf(account, "prod").methodSettings?.["*/*"];
      if (settings) settings.dataTraceEnabled = true;
    },
    found: "stage-changed pets/prod",
    what: "it has another data trace in AWS: true",
    edit: "apis pets stages prod settings write there what AWS has",
  },
  {
    name: "a route no longer needs a key",
    change: (account) => Object.assign(methodOf(account, "GET"), { apiKeyRequired: false }),
    found: "key-requirement-changed GET /pets of pets",
    what: "the route needs no key, so everyone may call it, in AWS; the catalog says it needs one",
    edit: "apis pets routes GET /pets apiKeyRequired: false",
  },
  {
    name: "a route asks for a signature",
    change: (account) => Object.assign(methodOf(account, "GET"), { authorizationType: "AWS_IAM" }),
    found: "route-changed GET /pets of pets",
    what: 'it has another authorization in AWS: "AWS_IAM"; the stacks say "NONE"',
    edit: "apis pets routes GET /pets write there what AWS has",
  },
  {
    name: "a route calls another backend",
    change: (account) => {
      const { methodIntegration } = methodOf(account, "POST");
      if (methodIntegration) methodIntegration.uri = "https://other.example.com/pets";
    },
    found: "route-changed POST /pets of pets",
    what: 'its integration: it has another uri in AWS: "https://other.example.com/pets"',
    edit: "apis pets routes POST /pets write there what AWS has",
  },
  {
    name: "a route loses its integration",
    change: (account) => void delete methodOf(account, "GET").methodIntegration,
    found: "route-changed GET /pets of pets",
    what: "the route has no integration in AWS",
    edit: "take the route out",
  },
  {
    name: "a route is deleted",
    change: (account) => {
      for (const { resourceMethods = {} } of petsOf(account).resources) delete resourceMethods.GET;
    },
    found: "route-deleted GET /pets of pets",
    what: "the route was deleted in AWS",
    edit: "apis pets routes GET /pets take it out",
    deletes: true,
  },
  {
    name: "a route is added",
    change: (account) => {
      const [root] = petsOf(account).resources;
      if (root) root.resourceMethods = { ...root.resourceMethods, DELETE: { apiKeyRequired: false } };
    },
    found: "route-beside DELETE / of pets",
    what: "the route is in AWS, and in no stack; it needs no key",
    edit: "delete it, and write it in the routes of API pets",
  },
];
