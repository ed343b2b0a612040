import type { StageInput } from "../../src";
import { defineUnchecked, findingsOf, petShop, problemsOf } from "../support/catalogs";
import { type Json, onlyResource, resources, synthesize } from "../support/synthesize";

const TOPIC = "arn:aws:sns:us-east-1:123456789012:on-call";
const routes = { "GET /pets": { mock: 200 } };
const written = (prod: unknown, fields: object = {}) =>
  petShop({ apis: { pets: { stages: { prod }, routes, ...fields } }, tiers: {} });
const release = (stage: unknown, fields: object = {}): Json =>
  synthesize(defineUnchecked(written(stage, fields)))["pets-prod"];
const ALL = {
  clientErrors: true,
  serverErrors: true,
  tooManyRequests: true,
  latency: true,
  integrationLatency: true,
  accountRate: true,
} as const;
const alarmsOf = (alarms: object, stage: object = { accessLog: true }, fields: object = {}) =>
  Object.fromEntries(
    Object.values(
      resources(release({ ...stage, alarms: { topicArn: TOPIC, ...alarms } }, fields), "aws_cloudwatch_metric_alarm"),
    ).map((each) => [/: (\w+) \(/.exec(each.alarm_name)?.[1], each]),
  );

describe("alarms of a stage", () => {
  const all = alarmsOf(ALL, { accessLog: true, tags: { team: "pets" } });

  test("are those that it names, and nothing by default", () => {
    expect(Object.keys(all).sort()).toEqual(Object.keys(ALL).sort());
    expect(Object.keys(alarmsOf({ latency: true }))).toEqual(["latency"]);
    const without = release({ accessLog: true });
    for (const type of ["metric_alarm", "dashboard", "log_metric_filter"])
      expect(resources(without, `aws_cloudwatch_${type}`)).toEqual({});
  });

  test("tell the topic when they go off and when they are over, and take minutes without requests as good ones", () => {
    for (const alarm of Object.values(all))
      expect(alarm).toMatchObject({
        alarm_name: expect.stringMatching(/^pets\/prod: \w+ \(\$\{.*\.id\}|\$\{.*\}\)$/),
        alarm_actions: [TOPIC],
        ok_actions: [TOPIC],
        comparison_operator: "GreaterThanThreshold",
        treat_missing_data: "notBreaching",
        tags: { team: "pets" },
      });
  });

  test("look at the metrics that AWS recommends, of the stage alone", () => {
    const metric = { namespace: "AWS/ApiGateway", dimensions: { ApiName: "pets", Stage: "prod" }, period: 60 };
    expect(all).toMatchObject({
      clientErrors: {
        ...metric,
        metric_name: "4XXError",
        statistic: "Average",
        threshold: 0.05,
        evaluation_periods: 5,
      },
      serverErrors: {
        ...metric,
        metric_name: "5XXError",
        statistic: "Average",
        threshold: 0.05,
        evaluation_periods: 3,
      },
      latency: {
        ...metric,
        metric_name: "Latency",
        extended_statistic: "p90",
        threshold: 2_500,
        evaluation_periods: 5,
      },
      integrationLatency: { ...metric, metric_name: "IntegrationLatency", extended_statistic: "p90", threshold: 2_000 },
    });
  });

  test("take other numbers, which their descriptions say", () => {
    const { serverErrors, latency } = alarmsOf({
      serverErrors: { percent: 0.57, minutes: 1 },
      latency: { milliseconds: 800, percentile: 99.5, minutes: 2 },
    });
    expect(serverErrors).toMatchObject({
      threshold: 0.0057,
      evaluation_periods: 1,
      alarm_description: "More than 0.57 % of the answers of pets/prod are 5XX, within a minute.",
    });
    expect(latency).toMatchObject({
      threshold: 800,
      extended_statistic: "p99.5",
      alarm_description: "The slowest 0.5 % of the requests to pets/prod take more than 800 ms, 2 minutes in a row.",
    });
  });

  test("count the answers 429 in the stage's own log, since API Gateway has no metric for them", () => {
    const stack = release({ accessLog: true, alarms: { topicArn: TOPIC, tooManyRequests: true } });
    const [group] = Object.keys(resources(stack, "aws_cloudwatch_log_group"));
    const filter = onlyResource(stack, "aws_cloudwatch_log_metric_filter");
    expect(filter).toMatchObject({
      log_group_name: `\${aws_cloudwatch_log_group.${group}.name}`,
      pattern: '{ $.status = "429" }',
      metric_transformation: { namespace: "ApiTiers", value: "1", default_value: "0" },
    });
    const { metric_query: queries, threshold } = onlyResource(stack, "aws_cloudwatch_metric_alarm");
    expect(threshold).toBe(5);
    expect(queries).toEqual([
      expect.objectContaining({
        id: "refused",
        metric: expect.objectContaining({ metric_name: filter.metric_transformation.name, stat: "Sum" }),
      }),
      expect.objectContaining({
        id: "requests",
        metric: expect.objectContaining({ metric_name: "Count", stat: "SampleCount" }),
      }),
      expect.objectContaining({ id: "percent", expression: "100 * refused / requests", return_data: true }),
    ]);
  });

  test.each<[string, object | string, string]>([
    ["under another name", { id: "$context.requestId", "answered-by": "$context.status" }, '{ $.answered-by = "429" }'],
    ["as a number", '{"id":"$context.requestId","status":$context.status}', "{ $.status = 429 }"],
  ])("find the status %s in lines of another format", (_, format, pattern) => {
    const stack = release({ accessLog: { format }, alarms: { topicArn: TOPIC, tooManyRequests: true } });
    expect(onlyResource(stack, "aws_cloudwatch_log_metric_filter").pattern).toBe(pattern);
  });

  test("see how much of its rate the whole account uses", () => {
    const { accountRate } = alarmsOf({ accountRate: { requestsPerSecond: 2_500, percent: 70 } });
    expect(accountRate).toMatchObject({
      threshold: 105_000,
      metric_query: [
        { expression: 'SELECT COUNT("Count") FROM SCHEMA("AWS/ApiGateway", ApiName)', period: 60, return_data: true },
      ],
    });
  });

  test("with a topic of another Region than the stack's are an error of the synthesis", () => {
    const alarms = { topicArn: TOPIC, latency: true };
    const synthesizeIn = (region: string) => () => synthesize(defineUnchecked(written({ alarms })), { region });
    expect(synthesizeIn("eu-central-1")).toThrow(
      "the topic of the alarms of pets/prod is in us-east-1, but the stage is in eu-central-1; name a topic there",
    );
    expect(synthesizeIn("us-east-1")).not.toThrow();
  });

  test("bear names that Terraform does not evaluate, and that AWS takes", () => {
    const { latency } = alarmsOf({ latency: true }, {}, { name: `\${x} ${"long".repeat(100)}` });
    expect(latency.dimensions.ApiName).toMatch(/^\$\$\{x\} (long)+$/);
    expect(latency.alarm_name.length).toBeLessThan(255);
  });
});

describe("the dashboard of a stage", () => {
  const bodyOf = (stage: StageInput) => {
    const { dashboard_body: body, dashboard_name: name } = onlyResource(release(stage), "aws_cloudwatch_dashboard");
    expect(name).toMatch(/^api-\$\{.*\}-prod$/);
    return JSON.parse(body) as { widgets: { type: string; properties: Json }[] };
  };

  test("shows requests, errors and latency, in the Region of the provider", () => {
    const { widgets } = bodyOf({ dashboard: true });
    expect(widgets.map(({ properties }) => properties.title)).toEqual(
      ["requests", "errors", "latency", "integration latency"].map((heading) => `pets/prod: ${heading}`),
    );
    expect(widgets[1]?.properties.metrics).toEqual(
      ["4XX", "5XX"].map((label) => [
        "AWS/ApiGateway",
        `${label}Error`,
        "ApiName",
        "pets",
        "Stage",
        "prod",
        { label, stat: "Sum" },
      ]),
    );
    expect(widgets[0]?.properties.region).toMatch(/^\$\{data\.aws_region\..*\.id\}$/);
  });

  test("shows what the account uses of its rate where an alarm says what that is", () => {
    const accountRate = { requestsPerSecond: 2_500, percent: 70 };
    const { widgets } = bodyOf({ dashboard: true, alarms: { topicArn: TOPIC, accountRate } });
    expect(widgets[4]?.properties).toMatchObject({
      title: "All REST APIs of the account",
      annotations: { horizontal: [{ value: 150_000 }, { value: 105_000 }] },
    });
  });

  test("shows the answers 429 too where the stage's own log tells them, and its alarms where it has some", () => {
    const { widgets } = bodyOf({ dashboard: true, accessLog: true, alarms: { topicArn: TOPIC, serverErrors: true } });
    expect(widgets[1]?.properties.metrics).toHaveLength(3);
    expect(widgets[4]).toMatchObject({ type: "alarm", properties: { alarms: [expect.stringMatching(/\.arn\}$/)] } });
  });
});

describe("in the catalog, alarms", () => {
  test.each<[string, unknown, RegExp]>([
    [
      "without a topic",
      { latency: true },
      /alarms.topicArn must be the ARN of an SNS topic, got nothing; write it as arn:aws:sns/,
    ],
    [
      "of a queue",
      { topicArn: "arn:aws:sqs:us-east-1:123456789012:q", latency: true },
      /alarms.topicArn must be the ARN of an SNS topic/,
    ],
    [
      "that are none",
      { topicArn: TOPIC },
      /alarms asks for no alarm; name some of clientErrors, .*, or leave alarms out/,
    ],
    [
      "switched off by false",
      { topicArn: TOPIC, latency: false },
      /alarms.latency must be true or an object, got false; leave it out/,
    ],
    [
      "of 0 percent",
      { topicArn: TOPIC, serverErrors: { percent: 0 } },
      /serverErrors.percent must be a percentage above 0, at most 100, got 0; write 5 for 5 %/,
    ],
    ["of a part", { topicArn: TOPIC, serverErrors: { percent: "5%" } }, /serverErrors.percent must be a percentage/],
    [
      "of two days",
      { topicArn: TOPIC, latency: { minutes: 2_880 } },
      /latency.minutes must be a whole number of minutes, 1 to 1440, got 2880/,
    ],
    [
      "of a median of nothing",
      { topicArn: TOPIC, latency: { percentile: 100 } },
      /latency.percentile must be at least 50 and below 100/,
    ],
    ["misspelt", { topicArn: TOPIC, latency: true, latencies: true }, /has the unknown field "latencies"/],
  ])("are refused: %s", (_, alarms, problem) => {
    expect(problemsOf(written({ alarms }))).toEqual([expect.stringMatching(problem)]);
  });

  test.each<[string, object, RegExp]>([
    [
      "no log",
      {},
      /alarms.tooManyRequests counts lines of the stage's own access log, and it has none; write accessLog: true, or leave/,
    ],
    [
      "another's log",
      { accessLog: { destinationArn: "arn:aws:logs:eu-central-1:123456789012:log-group:x" } },
      /and accessLog.destinationArn is another's; write accessLog: true/,
    ],
    [
      "no status in the log",
      { accessLog: { format: "$context.requestId $context.status" } },
      /counts lines by their status, which accessLog.format does not have as a field; add status: "\$context.status"/,
    ],
  ])("for 429 are refused with %s", (_, stage, problem) => {
    const alarms = { topicArn: TOPIC, tooManyRequests: true };
    expect(problemsOf(written({ ...stage, alarms }))).toEqual([expect.stringMatching(problem)]);
  });

  test("get a warning where they watch the account twice, or two APIs as one", () => {
    const alarms = { topicArn: TOPIC, accountRate: true };
    const shop = { stages: { prod: { alarms }, test: { alarms } }, routes };
    const stages = { prod: {} };
    expect(findingsOf(petShop({ apis: { pets: shop, other: { name: "pets", stages, routes } }, tiers: {} }))).toEqual([
      expect.stringMatching(
        /^warning: api "pets": stage "test": alarms.accountRate is of the whole account, as that of api "pets": stage "prod" is; leave it out here/,
      ),
      expect.stringMatching(
        /^warning: api "pets": stage "prod": alarms and dashboard count api "other" too: metrics know an API by its name, .*; give one of them another name$/,
      ),
    ]);
  });
});
