import { z } from "zod";
import { isObject } from "./objects";
import { fieldsOf, isKnownLater, wrong } from "./schema";

/**
 * A domain name under which a stage answers, and the base path that leads to it. A base path can move from one stage to
 * another in one deploy: requests reach one of the two at every moment.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-custom-domains.html
 */
export interface StageDomainInput {
  /** One of the catalog's `domainNames`. */
  readonly name: string;
  /**
   * The first part of the path under the name, without slashes: `"v1"` for `https://api.example.com/v1`.
   * @default - the stage answers at the name's root
   */
  readonly basePath?: string;
}

/** A domain name of a stage, checked. */
export interface StageDomain {
  readonly name: string;
  /** `undefined` for the root. */
  readonly basePath: string | undefined;
}

/** One level: AWS maps paths such as `a/b` by another kind of mapping, which the Terraform resource does not make. */
const BASE_PATH = /^[A-Za-z0-9$_.+!*'()-]{1,300}$/;

export const stageDomainSchema = fieldsOf<StageDomainInput>()({
  name: z.string({ error: wrong("must be one of the catalog's domainNames") }),
  basePath: z
    .string({ error: wrong('must be one part of a path such as "v1"', "leave it out for the root") })
    .refine((path) => path !== "(none)" && (isKnownLater(path) || BASE_PATH.test(path)), {
      error: wrong(
        "must be one part of a path: letters, digits and $ - _ . + ! * ' ( )",
        'write "v1" without slashes, or leave it out for the root',
      ),
    })
    .optional(),
});

export const stageDomainsSchema = z.array(stageDomainSchema, {
  error: wrong("must be a list of domain names", 'write [{ name: "api.example.com", basePath: "v1" }]'),
});

/** The checked form of a stage's domain names, in the order in which they were written. */
export const toStageDomains = (written: z.infer<typeof stageDomainsSchema> = []): readonly StageDomain[] =>
  written.map(({ name, basePath }) => ({ name, basePath }));

/** Where a stage answers under a name: `api.example.com/v1`. */
export const addressOf = ({ name, basePath }: StageDomain): string =>
  basePath === undefined ? name : `${name}/${basePath}`;

/**
 * What is wrong with `domain`, by which a stage had one name and could create it, with the edit that says the same now;
 * `undefined` where it is not written.
 *
 * @param stage `pets/prod`
 */
export function problemOfFormerDomain(written: unknown, stage: string, endpointType: unknown): string | undefined {
  if (!isObject(written) || written.domain === undefined) return undefined;
  const former = isObject(written.domain) ? written.domain : {};
  const { name, basePath, certificateArn, securityPolicy } = former;
  const own =
    certificateArn === undefined ? { existing: true } : { certificateArn, ...edge(endpointType), securityPolicy };
  const entry = { [String(name)]: { ...own, formerStages: [stage] } };
  const creator =
    certificateArn === undefined
      ? "; where another stage of the catalog creates the name, name both in its formerStages"
      : "";
  return (
    `has the field domain, which is now domains; write domains: [${onOneLine({ name, basePath })}] here and ` +
    `domainNames: ${onOneLine(entry)} in the catalog, so that the deployed name stays as it is${creator}`
  );
}

/** A stage as it was written, without that field, so that the rest of it is read. */
export function withoutFormerDomain(written: unknown): unknown {
  if (!isObject(written) || written.domain === undefined) return written;
  const { domain: _, ...stage } = written;
  return stage;
}

const edge = (endpointType: unknown) => (endpointType === "EDGE" ? { endpointType } : {});

/** As it would be written in TypeScript; what is left out is not there. */
function onOneLine(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(onOneLine).join(", ")}]`;
  if (!isObject(value)) return JSON.stringify(value);
  const fields = Object.entries(value)
    .filter(([, each]) => each !== undefined)
    .map(([name, each]) => `${/^\w+$/.test(name) ? name : JSON.stringify(name)}: ${onOneLine(each)}`);
  return `{ ${fields.join(", ")} }`;
}
