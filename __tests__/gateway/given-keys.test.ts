import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { environmentOf, keysOf } from "../../src/cli/named-values";
import { describeServing } from "../../src/cli/serve-report";
import { LocalGateway } from "../../src/gateway/local-gateway";
import { givenKeys } from "../../src/gateway/local-keys";
import { ownPage } from "../../src/gateway/own-pages";
import { PretendedIntegrations } from "../../src/testing/pretended-integrations";
import { defineUnchecked, petShop } from "../support/catalogs";
import { readSynthesized } from "../support/read-synthesized";

const [JOE, ZOE] = ["EmulatorOnlyKeyValue0000001", "EmulatorOnlyKeyValue0000002"];
const model = readSynthesized(
  defineUnchecked(
    petShop({
      subscriptions: {
        joe: { tier: "gold" },
        zoe: { tier: "gold", keyValue: { variable: "zoe_key" } },
        max: { tier: "gold" },
      },
    }),
  ),
);
const folder = mkdtempSync(join(tmpdir(), "given-keys-"));
afterAll(() => rmSync(folder, { recursive: true }));
const fileOf = (text: string) => {
  const file = join(folder, "keys.json");
  writeFileSync(file, text);
  return file;
};
const errorOf = (work: () => unknown): string => {
  try {
    work();
    return "no error";
  } catch (error) {
    return (error as Error).message;
  }
};

test("a key is known by --key, by a file, or by the variable that brings its value", async () => {
  const named = keysOf([`joe=${JOE}`], fileOf(`{"max": "${"m".repeat(20)}"}`));
  const given = givenKeys(model.keys, named, { TF_VAR_zoe_key: ZOE, TF_VAR_joe_key: "ignored" });
  expect(Object.fromEntries(given)).toEqual({
    joe: { value: JOE, from: '--key "joe"' },
    max: { value: "m".repeat(20), from: '--keys "max"' },
    zoe: { value: ZOE, from: "TF_VAR_zoe_key" },
  });
});

test("a value that was given opens its routes, and is not shown", async () => {
  const local = new LocalGateway(model, {
    behind: new PretendedIntegrations(),
    givenKeys: (keys) => givenKeys(keys, keysOf([`joe=${JOE}`], undefined), { TF_VAR_zoe_key: ZOE }),
  });
  const statusOf = async (key: string) => {
    const [api] = model.apis;
    const [route] = api?.routes ?? [];
    const request = {
      method: route?.method ?? "",
      path: route?.path ?? "",
      query: "",
      headers: [["x-api-key", key]] as const,
      body: new Uint8Array(),
      sourceIp: "127.0.0.1",
      protocol: "HTTP/1.1",
      api: api?.slug ?? "",
      stage: "prod",
    };
    return (await local.gateway.handle(request, 0)).status;
  };
  expect([await statusOf(JOE), await statusOf(ZOE), await statusOf("x".repeat(20))]).toEqual([200, 200, 403]);
  const page = ownPage(
    local,
    { method: "GET", path: "/_tiers/keys", query: "", headers: [], body: new Uint8Array(), sourceIp: "", protocol: "" },
    0,
  );
  const shown = describeServing(local, { url: "http://localhost", path: "." }) + page.body;
  expect(shown).toContain("<TF_VAR_zoe_key>");
  for (const value of [JOE, ZOE]) expect(shown).not.toContain(value);
  await local.close();
});

test.each<[string, () => unknown, RegExp]>([
  ["a key that is not there", () => givenKeys(model.keys, keysOf([`jeo=${JOE}`], undefined), {}), /jeo.*joe/],
  [
    "a value that is too short",
    () => givenKeys(model.keys, keysOf(["joe=Secret1"], undefined), {}),
    /--key "joe" is not 20 to 128 letters and digits/,
  ],
  [
    "a value that is too short in a variable",
    () => givenKeys(model.keys, new Map(), { TF_VAR_zoe_key: "Secret1" }),
    /TF_VAR_zoe_key is not 20 to 128/,
  ],
  [
    "one value of two keys",
    () => givenKeys(model.keys, keysOf([`joe=${JOE}`, `max=${JOE}`], undefined), {}),
    /--key "joe" and --key "max" have one value/,
  ],
  [
    "a key without a name",
    () => keysOf([JOE], undefined),
    /--key, the first one, is not written as it should be; write it as joe-black=VALUE/,
  ],
  ["a file that is not JSON", () => keysOf([], fileOf(JOE)), /is not valid JSON/],
  ["a file of another shape", () => keysOf([], fileOf(`{"joe": ["${JOE}"]}`)), /"joe" must be a string/],
  ["a file that is not there", () => keysOf([], join(folder, "none.json")), /cannot be read \(ENOENT\)/],
  [
    "a variable with a wrong name",
    () => environmentOf(["A=1", `my-key=${JOE}`]),
    /--env, the second one, is not written/,
  ],
  ["a variable that is not set", () => environmentOf(["NOT_SET_ANYWHERE"]), /--env "NOT_SET_ANYWHERE" has no value/],
])("%s is refused without its value", (_, work, message) => {
  const error = errorOf(work);
  expect(error).toMatch(message);
  expect(error).not.toMatch(/EmulatorOnly|Secret1/);
});
