import type { BodyProblem } from "../model/body/problems";
import type { UnsupportedCall, UnsupportedPart } from "../model/unsupported";

/** How this gateway differs from AWS because of a part that the model does not hold; completes "<address> …". */
export function describeUnsupported(part: UnsupportedPart): string {
  switch (part.kind) {
    case "unknown":
      return describeUnknown(part);
    case "repeated":
      return `is written with ${part.by}, so only a plan says how many there are; read "terraform show -json" of one`;
    case "external-api":
      return `belongs to API ${part.api || "unknown"}, which is not in these files`;
    case "external-authorizer":
      return `asks the authorizer ${part.authorizer}, which is not in these files`;
    case "external-validator":
      return `asks the validator ${part.validator}, which is not in these files: no request is checked here`;
    case "external-model":
      return `checks bodies by the model ${part.model}, which is not in these files: no such body is checked here`;
    case "plan-key":
      if (part.isExternal && part.missing === "key")
        return `puts the key ${part.id} into a plan, which is managed elsewhere; here it is enabled, and has a local value`;
      return `concerns the ${part.missing} ${part.id}, which is not in these files; the membership is missing`;
    case "plan-stage":
      return `covers stage ${part.stage} of ${
        part.api === undefined
          ? "an API that a plan does not tell before the first apply (a dynamic block)"
          : `API ${part.api}, which is not in these files`
      }; it gives nobody access here`;
    case "missing-stage":
      return `covers stage ${part.stage} of API ${part.api}, which has no such stage in these files`;
    case "method-path":
      return `throttles ${part.path}, which is not a method path; it is ignored`;
    case "body":
      return describeBody(part.problem);
    case "caching":
      return "caches answers, which is not done here";
    case "compression":
      return "compresses answers for clients that accept it, which is not done here";
    case "mutual-tls":
      return `asks clients of ${part.domainName} for a certificate (mutual TLS), which is not asked for here`;
    case "mapped-header":
      return `sets ${part.header} to ${part.value}, which is not done here`;
    case "content-handling":
      return `converts bodies by ${part.strategy}, which is not done here`;
    case "response-type":
      return `is for ${part.type}, which is not a known type`;
    case "environment-variable":
      return `has the environment variable ${part.name} from ${part.value}; it is not set here`;
    case "integration":
      return `${describeCall(part.because)}; the route answers 500 here`;
    case "authorizer":
      return `${describeCall(part.because)}; the routes that ask it answer 500 here`;
  }
}

function describeUnknown({ what, value }: Extract<UnsupportedPart, { kind: "unknown" }>): string {
  switch (what) {
    case "path":
    case "method":
      return `has a ${what} that is known only after a deploy: the route is missing`;
    case "stage-name":
      return `has a name that is known only after a deploy (${value}): the stage is missing`;
    case "quota":
      return "has a quota that is known only after a deploy; nothing is counted here";
    case "enabled":
      return "is enabled or disabled only after a deploy; it is enabled here";
    case "throttle":
      return "has a throttle that is known only after a deploy; it refuses nothing here";
  }
}

function describeBody(problem: BodyProblem): string {
  switch (problem.kind) {
    case "unknown":
      return "has a body that is known only after a deploy: its routes are missing";
    case "unreadable":
      return `has a body that ${problem.why}: its routes are missing`;
    case "version":
      return `has a body in ${problem.version}, and OpenAPI 3.0, 3.1 and Swagger 2.0 are read: its routes are missing`;
    case "base-path":
      return `has a body whose base path is taken up by basepath = "${problem.mode}", which AWS does not have`;
    case "broken-reference":
      return `has a body in which ${problem.place} ${problem.why}`;
    case "extension":
      return `has a body with ${problem.place}, which is not read`;
    case "security-scheme":
      return `has a body in which ${problem.place} is a security scheme that API Gateway does not ask for by itself; nobody asks for it here`;
    case "validator":
      return `has a body in which ${problem.place} names the request validator ${problem.name}, which is not there`;
  }
}

/** Why something cannot be called here; completes "the integration …". */
export function describeCall(because: UnsupportedCall): string {
  switch (because.kind) {
    case "no-integration":
      return "has no integration in these files";
    case "aws-service":
      return `calls ${because.uri}, an AWS service that is not here`;
    case "integration-type":
      return `is of type ${because.type}, which is not known`;
    case "unknown-url":
      return `calls ${because.url}, which is known only after a deploy`;
    case "cognito":
      return "asks Cognito, which is not here";
    case "external-function":
      return `calls ${because.uri}, a function that is not in these files`;
    case "no-code":
      return `calls ${because.function}, whose code is in no file here (S3, an image, or known after a deploy)`;
  }
}
