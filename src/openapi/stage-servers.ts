import type { StageModel } from "../model/model";
import type { OpenApiServer } from "./openapi-document";

/** What a stage's server is called. */
export const descriptionOfStage = ({ name }: Pick<StageModel, "name">): string => `Stage ${name}`;

/** Where a stage answers: as it is given, under its domain names, or where AWS will put it. */
export function serversOf(stage: StageModel, given: string | undefined): OpenApiServer[] {
  const { name, stack, customUrls } = stage;
  const description = descriptionOfStage(stage);
  const known = given === undefined ? customUrls : [given];
  if (known.length > 0) return known.map((url) => ({ url, description }));
  const told = stack === undefined ? "known after a deploy" : `in the output invoke_url of the stack ${stack}`;
  return [
    {
      url: `https://{restApiId}.execute-api.{region}.amazonaws.com/${name}`,
      description,
      variables: {
        restApiId: { default: "id-of-the-api", description: `Id that AWS has given to the API, ${told}` },
        region: { default: "us-east-1", description: "Region in which the API is deployed" },
      },
    },
  ];
}
