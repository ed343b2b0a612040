import fc from "fast-check";
import { MASK } from "../../src/masking/known-values";
import { secretValues } from "../../src/masking/secret-values";
import { maskText, TextMask } from "../../src/masking/text-mask";

/** Values that look like keys, and are none. */
const fakeKey = (seed: string) => `Fake${seed}KeyValue0123456789`;
const KEY = fakeKey("Joe");

/** How many texts are tried. */
const RUNS = Number(process.env.PROPERTY_RUNS ?? 100);

/** Masks a text that comes in chunks of a size. */
function maskChunks(text: Buffer, size: number, options: ConstructorParameters<typeof TextMask>[0]): Buffer {
  const mask = new TextMask(options);
  const parts: Buffer[] = [];
  for (let at = 0; at < text.length; at += size) parts.push(mask.push(text.subarray(at, at + size)));
  return Buffer.concat([...parts, mask.end()]);
}

const ENCODINGS: Readonly<Record<string, (value: string) => string>> = {
  plain: (value) => value,
  "escaped in JSON": (value) => JSON.stringify(value).slice(1, -1),
  "escaped in JSON within JSON": (value) => JSON.stringify(JSON.stringify(value)).slice(3, -3),
  "URL-encoded": (value) => encodeURIComponent(value),
  "in base64": (value) => Buffer.from(value).toString("base64"),
  "in base64 for URLs": (value) => Buffer.from(value).toString("base64url"),
};

test("with the values of a plan, none survives in any encoding, at any chunk size", () => {
  const value = fc.oneof(
    fc.stringMatching(/^[A-Za-z0-9]{20,40}$/),
    fc.string({ minLength: 12, maxLength: 40, unit: "grapheme" }).filter((text) => text.trim().length >= 12),
  );
  fc.assert(
    fc.property(
      fc.array(value, { minLength: 1, maxLength: 5 }),
      fc.array(
        fc.record({ which: fc.nat(), encoding: fc.constantFrom(...Object.keys(ENCODINGS)), before: fc.string() }),
      ),
      fc.integer({ min: 1, max: 200 }),
      (values, places, size) => {
        const shown = places.map(({ which, encoding, before }) => {
          const chosen = values[which % values.length] as string;
          return { before, text: ENCODINGS[encoding]?.(chosen.trim()) ?? "" };
        });
        const text = shown.map(({ before, text: each }) => `${before}|${each}|`).join("\n");
        const masked = maskChunks(Buffer.from(text), size, { values, vouched: true }).toString();
        for (const { text: each } of shown)
          expect(masked.split(MASK).filter((part) => part.includes(each))).toEqual([]);
      },
    ),
    { numRuns: RUNS },
  );
});

test("a value in the middle of a base64 text is found", () => {
  for (const before of ["", "u", "us", "usr:", "user:"]) {
    const encoded = Buffer.from(`${before}${KEY}:x`).toString("base64");
    const masked = maskText(`Authorization: Basic ${encoded}\n`, { values: [KEY], vouched: true });
    expect(masked).toContain(MASK);
    expect(Buffer.from(masked.replace(/.*Basic /, ""), "base64").toString()).not.toContain(KEY.slice(3, -3));
  }
});

test.each([
  ["a color", `${KEY.slice(0, 9)}\u001b[31m${KEY.slice(9)}`, `${MASK}\u001b[31m`],
  ["the end of a line and an indentation", `${KEY.slice(0, 9)}\n      ${KEY.slice(9)}`, `${MASK}\n      `],
  ["the end of a line as on Windows", `${KEY.slice(0, 9)}\r\n${KEY.slice(9)}`, `${MASK}\r\n`],
  [
    "a link of a terminal",
    `${KEY.slice(0, 9)}\u001b]8;;https://a.b\u0007${KEY.slice(9)}`,
    `${MASK}\u001b]8;;https://a.b\u0007`,
  ],
])("a value is found where %s stands in it", (_, shown, expected) => {
  for (let size = 1; size < 60; size++)
    expect(maskChunks(Buffer.from(`key: ${shown}.`), size, { values: [KEY], vouched: true }).toString()).toBe(
      `key: ${expected}.`,
    );
});

test("every byte that is not secret stays as it is", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), fc.integer({ min: 1, max: 64 }), (noise, size) => {
      const text = Buffer.from(noise);
      expect(maskChunks(text, size, { values: [KEY], vouched: true }).equals(text)).toBe(true);
    }),
  );
});

describe("in a plan or a state, a value is known from", () => {
  const places: Readonly<Record<string, unknown>> = {
    "a change of a key": {
      resource_changes: [
        {
          type: "aws_api_gateway_api_key",
          change: { before: { value: KEY }, after: null, before_sensitive: { value: true } },
        },
      ],
    },
    "a plan key, which the provider does not mark": {
      resource_changes: [{ type: "aws_api_gateway_usage_plan_key", change: { before: null, after: { value: KEY } } }],
    },
    "a key of the Cloud Control provider": {
      planned_values: {
        root_module: {
          resources: [{ type: "awscc_apigateway_api_key", values: { value: KEY }, sensitive_values: {} }],
        },
      },
    },
    "a deferred change": {
      deferred_changes: [
        {
          reason: "instance_count_unknown",
          resource_change: { type: "x", change: { after: { a: KEY }, after_sensitive: { a: true } } },
        },
      ],
    },
    "an action": {
      action_invocations: [{ config_values: { body: [KEY] }, config_values_sensitive: { body: [true] } }],
    },
    "an identity": {
      resource_changes: [
        { type: "x", change: { after_identity: { id: KEY }, after_identity_sensitive: { id: true } } },
      ],
    },
    "a sensitive output": { output_changes: { key: { before: null, after: KEY, after_sensitive: true } } },
    "a sensitive output of a state": { values: { outputs: { key: { sensitive: true, value: { a: [KEY] } } } } },
    "a sensitive variable": {
      variables: { joe: { value: KEY } },
      configuration: { root_module: { variables: { joe: { sensitive: true } } } },
    },
    "the default of a sensitive variable": {
      configuration: { root_module: { variables: { joe: { sensitive: true, default: KEY } } } },
    },
    "a constant argument of a module's sensitive variable": {
      configuration: {
        root_module: {
          module_calls: {
            keys: {
              expressions: { joe: { constant_value: KEY } },
              module: { variables: { joe: { sensitive: true } } },
            },
          },
        },
      },
    },
    "a name in a sensitive map": {
      resource_changes: [{ type: "x", change: { after: { map: { [KEY]: 1 } }, after_sensitive: { map: true } } }],
    },
    "a stored state": {
      version: 4,
      resources: [
        {
          type: "x",
          instances: [
            {
              attributes: { list: [{ password: KEY }] },
              sensitive_attributes: [
                [
                  { type: "get_attr", value: "list" },
                  { type: "index", value: { value: 0, type: "number" } },
                  { type: "get_attr", value: "password" },
                ],
              ],
            },
          ],
        },
      ],
    },
    "a key in a stored state": {
      version: 4,
      resources: [{ type: "aws_api_gateway_api_key", instances: [{ attributes: { name: "joe", value: KEY } }] }],
    },
  };
  test.each(Object.keys(places))("%s", (place) => {
    expect([...secretValues(places[place])].filter((value) => value !== "1")).toEqual([KEY]);
  });
});

describe("without a plan, it masks what looks like a key, and what Terraform prints of outputs", () => {
  test.each<[string, string]>([
    ["terraform output", `joe = "${KEY}"\n`],
    ["terraform output, a list", `keys = [\n  "${KEY}",\n]\n`],
    ["a value of letters alone in an output", 'joe = "OnlyLettersAndNothingElse"\n'],
    [
      "changes to outputs",
      `Changes to Outputs:\n  + joe = "OnlyLettersAndNothingElse"\n  ~ b = "Other${KEY}" -> "New${KEY}"\n`,
    ],
    ["outputs behind the name of a stack", `access  Outputs:\n\naccess  joe = "OnlyLettersAndNothingElse"\n`],
    ["a heredoc in an output", "Outputs:\n\njoe = <<EOT\nOnlyLettersAndNothingElse\nEOT\n"],
    ["several JSON documents", `{"a":1}\n{"value":"${KEY}"}\n`],
    [
      "JSON that is cut",
      `{"values":{"root_module":{"resources":[{"type":"aws_api_gateway_api_key","values":{"value":"${KEY}"`,
    ],
    ["a warning before JSON", `Warning: deprecated\n\n{"value": "${KEY}"}\n`],
    ["a debug log", `[DEBUG] http.response.body="{\\"id\\":\\"abc\\",\\"value\\":\\"OnlyLettersAndNothingElse\\"}"\n`],
    ["a state as it is stored", `      "value": "${KEY}"\n`],
    ["a UUID", "key: 123e4567-e89b-12d3-a456-426614174000\n"],
    ["a color within the value", `      ~ value = "${KEY.slice(0, 8)}\u001b[33m${KEY.slice(8)}"\n`],
  ])("%s", (_, text) => {
    for (const size of [1, 7, 1_000]) {
      const masked = maskChunks(Buffer.from(text), size, { vouched: false }).toString();
      expect(masked).toContain(MASK);
      expect(masked.replaceAll("\u001b[33m", "")).not.toMatch(
        new RegExp(`OnlyLetters|${KEY}|${KEY.slice(8)}|123e4567`),
      );
    }
  });
});

test("a line of some megabytes is masked in linear time and bounded memory", () => {
  const line = `${"x".repeat(50)} "${KEY}" `.repeat(40_000);
  const masked = maskText(line, { values: [KEY], vouched: true });
  expect(masked).not.toContain(KEY);
  expect(maskText(line, { vouched: false })).not.toContain(KEY);
});
