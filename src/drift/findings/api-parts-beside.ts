import { onOneLine } from "../../editing/typescript/typescript-text";
import { formatThrottle } from "../../text/limits";
import { shellWord } from "../../text/shell-word";
import type { Beside, RouteBeside, SettingsBeside } from "../beside";
import type { Facts } from "./facts";
import { type DriftFinding, editOf, noEdit } from "./finding";

/** What APIs of the stacks have in AWS beside what the stacks hold. No deploy takes it back, because Terraform does not know of it. */
export function partsBeside({ stages, routes, settings }: Beside, facts: Facts): DriftFinding[] {
  return [
    ...stages.map((each) => stageBeside(each, facts)),
    ...routes.map((each) => routeBeside(each, facts)),
    ...settings.map((each) => settingsBeside(each, facts)),
  ];
}

const NO_DEPLOY = "no deploy does, because Terraform does not know of it";

const inRegion = ({ region }: Facts) => (region === undefined ? "" : ` --region ${region}`);

function stageBeside({ apiId, stage }: Beside["stages"][number], facts: Facts): DriftFinding {
  const name = `${facts.apiName(apiId)}/${stage}`;
  return {
    kind: "stage-beside",
    group: "apis",
    about: name,
    subject: name,
    what: "the stage is in AWS, and in no stack",
    customers: [],
    keep: noEdit(
      `a stage of the catalog is created by it; delete this one, and write ${onOneLine({ [stage]: {} })} in its stages`,
    ),
    takeBack: {
      commands: [
        `aws apigateway delete-stage --rest-api-id ${apiId} --stage-name ${shellWord(stage)}${inRegion(facts)}`,
      ],
      what: `deletes it; ${NO_DEPLOY}`,
    },
    address: undefined,
  };
}

function routeBeside({ apiId, route, resourceId, apiKeyRequired }: RouteBeside, facts: Facts): DriftFinding {
  const api = facts.apis.get(apiId);
  const name = `${route} of ${facts.apiName(apiId)}`;
  return {
    kind: "route-beside",
    group: "apis",
    about: name,
    subject: name,
    what: `the route is in AWS, and in no stack; it ${apiKeyRequired ? "needs a key" : "needs no key"}; callers see it once a stage is deployed`,
    customers: api ? facts.customersOn(api.id) : [],
    keep: noEdit(`delete it, and write it in the routes of API ${facts.apiName(apiId)}`),
    takeBack: {
      commands: [
        `aws apigateway delete-method --rest-api-id ${apiId} --http-method ${shellWord(route.split(" ")[0] ?? "")} --resource-id ${resourceId}${inRegion(facts)}`,
      ],
      what: `deletes it; ${NO_DEPLOY}`,
    },
    address: undefined,
  };
}

function settingsBeside({ apiId, stage, route, throttle }: SettingsBeside, facts: Facts): DriftFinding {
  const api = facts.apis.get(apiId);
  const name = `${facts.apiName(apiId)}/${stage}`;
  const { rateLimit, burstLimit } = throttle;
  const limits = rateLimit === undefined || burstLimit === undefined ? undefined : { rateLimit, burstLimit };
  const which = route === "*" ? "every method" : route;
  const path = ["apis", api?.api ?? api?.id ?? apiId, "stages", stage];
  return {
    kind: "stage-limit-changed",
    group: "apis",
    about: name,
    subject: name,
    what: `${which} has settings in AWS, and in no stack: ${limits ? formatThrottle(limits) : "no limit"}, for all customers together`,
    customers: api ? facts.customersOn(api.id, stage) : [],
    keep: limits
      ? editOf(
          [...path, ...(route === "*" ? ["settings"] : ["methodSettings", route])],
          `throttle: ${onOneLine(limits)}`,
        )
      : noEdit("write them in the settings of the stage"),
    takeBack: {
      commands: [
        `aws apigateway update-stage --rest-api-id ${apiId} --stage-name ${shellWord(stage)} --patch-operations op=remove,path=/${shellWord(settingsPath(route))}${inRegion(facts)}`,
      ],
      what: `removes them; ${NO_DEPLOY}`,
    },
    address: undefined,
  };
}

/** As a path of a patch names settings. */
function settingsPath(route: string): string {
  const [method, path = ""] = route.split(" ");
  return route === "*" ? "*/*" : `${path.replaceAll("/", "~1")}/${method}`;
}
