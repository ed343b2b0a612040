import { findingsOf, petShop, problemsOf } from "../support/catalogs";

const routes = { "GET /pets": { mock: 200 } };
const CERTIFICATE = "arn:aws:acm:us-east-1:123456789012:certificate/0aa1bb2c-3dd4";
const name = "api.example.com";
const own = { certificateArn: CERTIFICATE };
const at = (basePath?: unknown) => ({ name, ...(basePath === undefined ? {} : { basePath }) });

/** A catalog with these domain names, of whose stages the first answers under `api.example.com`. */
const withNames = (domainNames: unknown, stages: object = { prod: { domains: [at()] } }, api: object = {}) =>
  petShop({ apis: { pets: { stages, routes, ...api } }, tiers: {}, domainNames });
const withName = (entry: object, api: object = {}) => withNames({ [name]: entry }, undefined, api);

describe("a domain name", () => {
  test.each<[string, Record<string, unknown>]>([
    ["that something else creates", withName({ existing: true })],
    ["that is created", withName(own)],
    ["at the edge", withName({ ...own, endpointType: "EDGE" })],
    ["at the edge, its certificate known later", withName({ certificateArn: "${x.y.arn}", endpointType: "EDGE" })],
    ["with a wildcard", withNames({ "*.example.com": own }, { prod: { domains: [{ name: "*.example.com" }] } })],
    ["with a path", withNames({ [name]: own }, { prod: { domains: [at("v1.0_(a)-b")] } })],
    ["with several paths of a stage", withNames({ [name]: own }, { prod: { domains: [at(), at("v1"), at("v2")] } })],
    ["of several stages", withNames({ [name]: own }, { a: { domains: [at("a")] }, b: { domains: [at()] } })],
    [
      "whose path goes from a retired stage to another",
      withNames({ [name]: own }, { old: { retired: true, domains: [at("v1")] }, prod: { domains: [at("v1")] } }),
    ],
    ["of no stage any more", withNames({}, { prod: {} })],
  ])("is taken: %s", (_, written) => {
    expect(problemsOf(written)).toEqual([]);
  });

  test.each<[string, Record<string, unknown>, RegExp]>([
    [
      "a URL",
      withNames({ "https://api.example.com": own }, { prod: {} }),
      /domain name "https:.*": must be called by a domain name in lower case such as .*; write it without protocol/,
    ],
    ["capitals", withNames({ "API.example.com": own }, { prod: {} }), /must be called by a domain name in lower case/],
    ["one label", withNames({ localhost: own }, { prod: {} }), /must be called by a domain name in lower case/],
    [
      "nothing",
      withName({}),
      /domain name "api.example.com": must have a certificateArn, or existing: true where something else creates the name; write one/,
    ],
    [
      "settings of what something else creates",
      withName({ existing: true, securityPolicy: "TLS_1_2", tags: {} }),
      /must not say securityPolicy, tags of a name that something else creates; drop that, or existing/,
    ],
    [
      "a certificate's id",
      withName({ certificateArn: "0aa1" }),
      /certificateArn must be the ARN of a certificate in ACM, got "0aa1"; write it as arn:aws:acm/,
    ],
    [
      "a policy that the provider lacks",
      withName({ ...own, securityPolicy: "TLS_1_3" }),
      /securityPolicy must be TLS_1_0 or TLS_1_2, got "TLS_1_3"/,
    ],
    ["a private name", withName({ ...own, endpointType: "PRIVATE" }), /endpointType must be REGIONAL or EDGE/],
    [
      "a certificate elsewhere, at the edge",
      withName({ certificateArn: CERTIFICATE.replace("us-east-1", "eu-central-1"), endpointType: "EDGE" }),
      /certificateArn is of a certificate in eu-central-1, but an EDGE name takes one in us-east-1; request it there/,
    ],
    ["a list", { ...withName(own), domainNames: [] }, /domainNames must be an object by id/],
  ])("is refused: %s", (_, written, problem) => {
    expect(problemsOf(written)).toContainEqual(expect.stringMatching(problem));
  });
});

describe("mutual TLS", () => {
  const truststoreUri = "s3://acme-truststore/clients.pem";
  const asking = (mutualTls: object, fields: object = {}) =>
    withName({ ...own, mutualTls, ...fields }, { disableExecuteApiEndpoint: true });

  test.each<[string, object]>([
    ["a truststore", { truststoreUri }],
    ["a version of it", { truststoreUri, truststoreVersion: "v-1" }],
    [
      "a certificate that proves who owns the name",
      { truststoreUri, ownershipVerificationCertificateArn: CERTIFICATE },
    ],
    ["a truststore that Terraform knows later", { truststoreUri: "s3://${aws_s3_bucket.trust.id}/clients.pem" }],
  ])("is taken with %s", (_, mutualTls) => {
    expect(findingsOf(asking(mutualTls))).toEqual([]);
  });

  test.each<[string, Record<string, unknown>, RegExp]>([
    ["without a truststore", asking({}), /mutualTls.truststoreUri must be the URI of a file in S3, got nothing/],
    [
      "with a truststore elsewhere",
      asking({ truststoreUri: "https://example.com/clients.pem" }),
      /truststoreUri must be the URI of a file in S3, got .*; write it as "s3:\/\/<bucket>\/<key>"/,
    ],
    ["with a bucket alone", asking({ truststoreUri: "s3://acme-truststore" }), /must be the URI of a file in S3/],
    [
      "at the edge",
      asking({ truststoreUri }, { endpointType: "EDGE" }),
      /has mutualTls, which AWS takes of a REGIONAL name alone, got EDGE; leave endpointType out/,
    ],
    [
      "with TLS 1.0",
      asking({ truststoreUri }, { securityPolicy: "TLS_1_0" }),
      /has mutualTls, which AWS takes with TLS 1.2 alone, got TLS_1_0; leave securityPolicy out/,
    ],
  ])("is refused %s", (_, written, problem) => {
    expect(problemsOf(written)).toEqual([expect.stringMatching(problem)]);
  });

  test("is a warning where the API still answers at AWS's own address, which asks for no certificate", () => {
    expect(findingsOf(withName({ ...own, mutualTls: { truststoreUri } }))).toEqual([
      'warning: api "pets": stage "prod": answers under "api.example.com", which asks for client certificates, and at AWS\'s own address, ' +
        "which asks for none; write disableExecuteApiEndpoint: true in its API",
    ]);
  });
});

describe("the domain names of a stage", () => {
  test.each<[string, Record<string, unknown>, RegExp]>([
    [
      "that the catalog does not have",
      withNames({ [name]: own }, { prod: { domains: [{ name: "api.exmple.com" }] } }),
      /stage "prod": domains: unknown domain name "api.exmple.com"; did you mean "api.example.com"\?; write domainNames/,
    ],
    [
      "one for two stages",
      withNames({ [name]: own }, { a: { domains: [at()] }, b: { domains: [at()] } }),
      /stage "b": domains "api.example.com" leads to api "pets": stage "a" already; give one of them another basePath/,
    ],
    [
      "one path twice",
      withNames({ [name]: own }, { prod: { domains: [at("v1"), at("v1")] } }),
      /domains "api.example.com\/v1" leads to this stage already/,
    ],
    [
      "a path of two levels",
      withNames({ [name]: own }, { prod: { domains: [at("v1/pets")] } }),
      /domains.0.basePath must be one part of a path: .*, got "v1\/pets"; write "v1" without slashes/,
    ],
    ["an empty path", withNames({ [name]: own }, { prod: { domains: [at("")] } }), /basePath must be one part/],
    [
      "AWS's word for no path",
      withNames({ [name]: own }, { prod: { domains: [at("(none)")] } }),
      /basePath must be one/,
    ],
    ["no list", withNames({ [name]: own }, { prod: { domains: at() } }), /domains must be a list of domain names, got/],
  ])("are refused: %s", (_, written, problem) => {
    expect(problemsOf(written)).toEqual([expect.stringMatching(problem)]);
  });

  test("are missed by a name that leads nowhere, which is a warning", () => {
    expect(findingsOf(withNames({ [name]: own, "b.example.com": { existing: true } }, { prod: {} }))).toEqual([
      'warning: domain name "api.example.com": leads to no stage, so it answers 403 to every request; name it in the domains of a ' +
        "stage, or drop it",
    ]);
  });
});

describe("the former field `domain` of a stage is refused with the edit that says the same", () => {
  test.each<[string, object, object, string]>([
    [
      "of a stage that created the name",
      { ...own, name, basePath: "v1", securityPolicy: "TLS_1_0" },
      {},
      `domains: [{ name: "api.example.com", basePath: "v1" }] here and domainNames: { "api.example.com": { certificateArn: ` +
        `"${CERTIFICATE}", securityPolicy: "TLS_1_0", formerStages: ["pets/prod"] } } in the catalog, so that`,
    ],
    [
      "of an EDGE API",
      { ...own, name },
      { endpointType: "EDGE" },
      `"${CERTIFICATE}", endpointType: "EDGE", formerStages`,
    ],
    [
      "of a stage that used the name",
      { name },
      {},
      'domainNames: { "api.example.com": { existing: true, formerStages: ["pets/prod"] } } in the catalog, so that the deployed ' +
        "name stays as it is; where another stage of the catalog creates the name, name both in its formerStages",
    ],
  ])("%s", (_, domain, api, edit) => {
    expect(
      problemsOf(petShop({ apis: { pets: { stages: { prod: { domain } }, routes, ...api } }, tiers: {} })),
    ).toEqual([expect.stringContaining(edit)]);
  });

  test.each<[string, Record<string, unknown>, RegExp]>([
    [
      "a former stage that the catalog lacks",
      withName({ ...own, formerStages: ["pets/old"] }),
      /formerStages: unknown stage "pets\/old"; .*; put it back with retired: true/,
    ],
    [
      "a former stage that has several paths now",
      withNames({ [name]: { ...own, formerStages: ["pets/prod"] } }, { prod: { domains: [at("v1"), at("v2")] } }),
      /formerStages has "pets\/prod", which had one base path under this name, and has 2 now; keep that one in its domains/,
    ],
  ])("%s is refused", (_, written, problem) => {
    expect(problemsOf(written)).toEqual([expect.stringMatching(problem)]);
  });

  test("a former stage may be retired, and its path goes with it", () => {
    const stages = { old: { retired: true, domains: [at("v1")] }, prod: { domains: [at("v2")] } };
    expect(problemsOf(withNames({ [name]: { ...own, formerStages: ["pets/old"] } }, stages))).toEqual([]);
  });
});
