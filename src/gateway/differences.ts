import type { ApiModel, GatewayModel, Origin, RouteModel, StageModel } from "../model/model";
import { printable } from "../text/printable";
import { Entrance } from "./entrance";
import { linearExpression } from "./linear-expression";
import { requestChecksOf } from "./request-check";
import { describeUnsupported } from "./unsupported";

/** Something that is not as on AWS, and what it concerns. */
export interface Difference {
  /** One sentence, with the place: `access: aws_api_gateway_usage_plan.gold has a quota …`. */
  readonly message: string;
  /** The API's id. @default - every request */
  readonly api?: string;
  /** @default - all stages of the API */
  readonly stage?: string;
  /** `GET /pets`. @default - all routes of the API */
  readonly route?: string;
}

/** All that is not as on AWS in what is served, as far as it can be known before a request comes. */
export function differencesOf(
  model: GatewayModel,
  behind: (route: RouteModel) => readonly string[] = () => [],
): Difference[] {
  const scopes = scopesOf(model);
  return [
    ...model.unsupported.flatMap((each) => {
      const found = scopes.get(placeOf(each)) ?? [{}];
      return found.map((scope) => ({ message: `${placeOf(each)} ${describeUnsupported(each)}`, ...scope }));
    }),
    ...model.apis.flatMap((api) => differencesOfApi(api, behind)),
  ];
}

/** Whether a request to a stage, and to a route if it has one, is concerned. */
export function concerns(
  { api, stage, route }: Difference,
  at: { readonly api: string; readonly stage: string; readonly route: string | undefined },
): boolean {
  return (
    (api === undefined || api === at.api) &&
    (stage === undefined || stage === at.stage) &&
    (route === undefined || route === at.route)
  );
}

type Scope = Pick<Difference, "api" | "stage" | "route">;

/** What stands at an address is a part of. */
function scopesOf({ apis }: GatewayModel): ReadonlyMap<string, readonly Scope[]> {
  const scopes = new Map<string, Scope[]>();
  const add = (origin: Origin | undefined, scope: Scope) => {
    if (origin) scopes.set(placeOf(origin), [...(scopes.get(placeOf(origin)) ?? []), scope]);
  };
  for (const api of apis) {
    add(api, { api: api.id });
    add(api.policy, { api: api.id });
    for (const response of api.gatewayResponses.values()) add(response, { api: api.id });
    for (const stage of api.stages)
      for (const origin of [stage, stage.webAcl, ...partsOf(stage)]) add(origin, { api: api.id, stage: stage.name });
    for (const route of api.routes)
      for (const origin of [route, route.authorizer, ...functionsOf(route), ...partsOf(route)])
        add(origin, { api: api.id, route: route.key });
  }
  return scopes;
}

const partsOf = ({ stack, parts }: Origin & { readonly parts: readonly string[] }): Origin[] =>
  parts.map((address) => ({ stack, address }));

function functionsOf({ integration, authorizer }: RouteModel): Origin[] {
  const integrations = integration.type === "by-stage" ? [...integration.stages.values()] : [integration];
  return [
    ...integrations.flatMap((each) => (each.type === "lambda" ? [each.function] : [])),
    ...(authorizer && "zip" in authorizer.function ? [authorizer.function] : []),
  ];
}

const placeOf = ({ stack, address }: Origin) => (stack === undefined ? address : `${stack}: ${address}`);

function differencesOfApi(api: ApiModel, behind: (route: RouteModel) => readonly string[]): Difference[] {
  const about = (origin: Origin, message: string, scope: Scope = {}): Difference => ({
    message: `${placeOf(origin)} ${message}`,
    api: api.id,
    ...scope,
  });
  return [
    ...(api.endpointTypes.includes("PRIVATE")
      ? [about(api, `is private: on AWS only its VPC endpoints reach it, and here ${reachOf(api)}`)]
      : []),
    ...(api.policy && !api.policy.document
      ? [
          about(
            api.policy,
            "has a resource policy that is known only after a deploy or is not JSON: here it refuses nobody",
          ),
        ]
      : []),
    ...(api.policy && api.stages[0]
      ? new Entrance(api, api.stages[0]).problems.map((problem) => about(api.policy ?? api, problem))
      : []),
    ...api.stages.flatMap((stage) =>
      differencesOfStage(stage).map((message) => about(stage, message, { stage: stage.name })),
    ),
    ...[...requestChecksOf(api)].flatMap(([route, { problems }]) =>
      problems.map((problem) => about(route, problem, { route: route.key })),
    ),
    ...api.routes.flatMap((route) =>
      [...differencesOfRoute(route), ...behind(route)].map((message) => about(route, message, { route: route.key })),
    ),
  ];
}

/** Who reaches a private API here, where no request comes from a VPC. */
const reachOf = ({ policy }: ApiModel): string =>
  /"aws:SourceVpce?"/i.test(JSON.stringify(policy?.document ?? {}))
    ? "no request comes from a VPC, which its policy asks for"
    : "everyone does";

function differencesOfStage({ webAcl, canary }: StageModel): string[] {
  return [
    ...(webAcl ? [webAclDifference(webAcl)] : []),
    ...(canary ? ["has a canary: its variables apply, and its deployment is the stage's own here"] : []),
  ].filter((each) => each !== "");
}

function webAclDifference({ address, defaultAction, rules }: NonNullable<StageModel["webAcl"]>): string {
  if (defaultAction === undefined)
    return `is filtered by a web ACL (${address}) that is not in these files: here it filters nothing`;
  if (rules === 0) return "";
  return defaultAction === "block"
    ? `is filtered by ${address}, whose rules are not evaluated: here it blocks every request`
    : `is filtered by ${address}, whose rules are not evaluated: here it blocks nothing`;
}

function differencesOfRoute({ authorization, authorizer, integration }: RouteModel): string[] {
  const found: string[] = [];
  const expression = authorizer?.type === "TOKEN" ? authorizer.identityValidationExpression : undefined;
  const mapping = "mapping" in integration ? integration.mapping : integration;
  const responses = mapping !== undefined && "responses" in mapping ? mapping.responses : [];
  for (const pattern of [expression, ...responses.map(({ selectionPattern }) => selectionPattern)])
    if (pattern !== undefined && typeof linearExpression(pattern) !== "function")
      found.push(`has the expression ${printable(pattern)}, which is not supported here: what it decides is a 500`);
  if (authorization === "AWS_IAM")
    found.push("is for signed callers (AWS_IAM), whose signatures are not checked here: every request is refused");
  const permissions = integration.type === "lambda" ? (integration.permissions ?? []) : [];
  const unknown = permissions.find(({ source }) => source === undefined);
  if (unknown)
    found.push(`is let in by ${unknown.address}, whose source_arn is known only after a deploy and is not compared`);
  return found;
}
