import { apiFromOpenApi, type OpenApiApi, type OpenApiOptions } from "../../../src";
import { documentPath } from "../../support/openapi-documents";
import type { SaidBeside } from "./document-as-imported";

const LAMBDA = "arn:aws:lambda:eu-west-1:123456789012:function";
const REGION = { region: "eu-west-1", records_role: "arn:aws:iam::123456789012:role/records" };
export const BACKEND = "https://backend.example.com";

/** A document in the form of a public one, with what its user says beside it. */
export interface Fixture {
  readonly options: OpenApiOptions & SaidBeside;
  readonly variables?: Readonly<Record<string, string>>;
  readonly routes: number;
  /** Where the import says that it takes something otherwise. */
  readonly told?: readonly RegExp[];
}

export const fixtures: Readonly<Record<string, Fixture>> = {
  "aws/parcels-sam.yaml#/Resources/ParcelsApi/Properties/DefinitionBody": {
    options: {
      variables: {
        "AWS::Region": "eu-west-1",
        "AWS::Partition": "aws",
        "KeysRole.Arn": "arn:aws:iam::123456789012:role/keys",
        "SendFunction.Arn": `${LAMBDA}:send`,
        "TrackFunction.Arn": `${LAMBDA}:track`,
        "ArchiveFunction.Arn": `${LAMBDA}:archive`,
        // The other branch may have its value, too.
        "EmptyFunction.Arn": `${LAMBDA}:empty`,
        Environment: "live",
        IsLocal: "false",
        HasArchive: "true",
      },
    },
    routes: 4,
  },
  "aws/notices-private-link.yaml": {
    options: { variables: { AWS_REGION: "eu-west-1", AWS_ACCOUNT: "123456789012" } },
    variables: { Host: "balancer.example.com", Link: "abc123" },
    routes: 3,
    told: [/^routes\.OPTIONS \/sent\/\{iun\}\.(authorization|authorizer): /],
  },
  "aws/records-dynamodb.json": { options: { variables: REGION }, routes: 3 },
  "aws/kennel-swagger.json": {
    options: {},
    routes: 5,
    told: [/^routes\.GET \/breeds\/\{breed\}\.integration\.requestParameters: /],
  },
  "aws/library-plain.yaml": {
    options: { integrations: () => ({ http: BACKEND }), securitySchemes: { bearer: "API_KEY" } },
    routes: 4,
  },
};

/** The API of one of them, with a stage. */
export function apiOfFixture(name: string): OpenApiApi & { stages: object } {
  const { options, variables = {} } = fixtures[name] as Fixture;
  return { ...apiFromOpenApi(documentPath(name), options), stages: { prod: { variables } } };
}
