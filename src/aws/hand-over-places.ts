import { loadOptional } from "../project/optional-package";

/** Says which places exist to which keys are handed over; it reads no value. */
export interface HandOverPlaces {
  /** Names of those of these parameters that SSM has. */
  readonly parameters: (names: readonly string[]) => Promise<ReadonlySet<string>>;
  /** Names of those of these secrets that Secrets Manager has; not of those that wait for their deletion. */
  readonly secrets: (names: readonly string[]) => Promise<ReadonlySet<string>>;
}

/** Names that AWS takes in one filter. */
const PARAMETERS_AT_ONCE = 50;
const SECRETS_AT_ONCE = 10;

/**
 * Those of an account, with the credentials of the environment. Clients are loaded when they are asked.
 *
 * @see https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_DescribeParameters.html
 * @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_ListSecrets.html
 */
export function handOverPlaces(options: {
  readonly region?: string | undefined;
  readonly profile?: string | undefined;
}): HandOverPlaces {
  const where = options.region ?? process.env.AWS_REGION ?? process.env.AWS_DEFAULT_REGION;
  const config = {
    ...(where ? { region: where } : {}),
    ...(options.profile === undefined ? {} : { profile: options.profile }),
  };
  return {
    async parameters(names) {
      const { SSMClient, paginateDescribeParameters } = await loadOptional(
        "@aws-sdk/client-ssm",
        "drift",
        () => import("@aws-sdk/client-ssm"),
      );
      const client = new SSMClient(config);
      const found = new Set<string>();
      for (const Values of chunks(names, PARAMETERS_AT_ONCE)) {
        const ParameterFilters = [{ Key: "Name", Option: "Equals", Values }];
        for await (const { Parameters = [] } of paginateDescribeParameters({ client }, { ParameterFilters }))
          for (const { Name } of Parameters) if (Name !== undefined) found.add(Name);
      }
      return found;
    },
    async secrets(names) {
      const { SecretsManagerClient, paginateListSecrets } = await loadOptional(
        "@aws-sdk/client-secrets-manager",
        "drift",
        () => import("@aws-sdk/client-secrets-manager"),
      );
      const client = new SecretsManagerClient(config);
      const found = new Set<string>();
      // A filter takes all names that begin so, too.
      for (const Values of chunks(names, SECRETS_AT_ONCE))
        for await (const { SecretList = [] } of paginateListSecrets({ client }, { Filters: [{ Key: "name", Values }] }))
          for (const { Name } of SecretList) if (Name !== undefined) found.add(Name);
      return new Set(names.filter((name) => found.has(name)));
    },
  };
}

const chunks = (names: readonly string[], size: number): string[][] =>
  Array.from({ length: Math.ceil(names.length / size) }, (_, at) => names.slice(at * size, (at + 1) * size));
