import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { catalog } from "../../catalog";
import { Issuer, signedToken, signingKey } from "../handlers/support/issuer";
import { serveJson } from "../handlers/support/loopback";
import { defineUnchecked } from "../support/catalogs";
import { synthesizeInto } from "../support/read-synthesized";
import type { Json } from "../support/synthesize";
import { ServeProgram } from "./support/serve-program";

jest.setTimeout(60_000);

const folder = mkdtempSync(join(tmpdir(), "api-tiers-serve-"));
afterAll(() => rmSync(folder, { recursive: true }));

const PETS = {
  apis: {
    pets: {
      stages: { prod: {}, test: {} },
      routes: { "GET /pets": { mock: 200 }, "GET /health": { mock: 200, apiKeyRequired: false } },
    },
  },
  tiers: {
    bronze: {
      access: { pets: ["prod"] },
      throttle: { rateLimit: 0.001, burstLimit: 3 },
      quota: { limit: 1_000, period: "DAY" },
    },
  },
  subscriptions: { acme: { tier: "bronze", customer: "Acme" } },
};

/** Synthesizes a catalog into a folder of its own. */
function synthesized(written: unknown = PETS): string {
  const out = join(mkdtempSync(join(folder, "out-")), "cdktf.out");
  synthesizeInto(out, defineUnchecked(written));
  return out;
}

/** Edits what was synthesized of a stack, as somebody would by hand. */
function edit(out: string, stack: string, change: (json: Json) => void): void {
  const file = join(out, "stacks", stack, "cdk.tf.json");
  const json = JSON.parse(readFileSync(file, "utf8"));
  change(json);
  writeFileSync(file, JSON.stringify(json, undefined, 2));
}

/** Runs a command that was printed to be pasted, as far as `fetch` can. */
async function paste(command: string): Promise<Response> {
  const [, header, url = ""] = /^curl(?: -i)?(?: -H '([^']*)')? (\S+)$/.exec(command.trim()) ?? [];
  const [name, value] = header?.split(": ") ?? [];
  return fetch(url, { headers: name && value ? { [name]: value } : {} });
}

const keyOf = (customer: string, { printed }: ServeProgram) =>
  new RegExp(`${customer}.*(local[A-Za-z0-9]{35})`).exec(printed)?.[1] ?? "";

describe("api-tiers serve", () => {
  let out: string;
  let program: ServeProgram;
  beforeAll(async () => {
    out = synthesized();
    program = await ServeProgram.start(out, "--seed", "one");
  });
  afterAll(async () => {
    expect(await program.stop()).toBe(0);
  });

  test("shows customers with their limits and local keys, and routes", () => {
    expect(program.printed).toMatch(
      /acme \(Acme\) +│ bronze +│ 0\.001\/s, burst 3 +│ 1,000 a day +│ pets\/prod +│ local\w{35} │/,
    );
    expect(program.printed).toMatch(/pets +│ prod, test +│ GET \/health +│ none +│ mock/);
    expect(program.printed).toMatch(/pets +│ prod, test +│ GET \/pets +│ x-api-key +│ mock/);
  });

  test("shows commands that work as they are", async () => {
    const commands = program.printed.match(/^ {2}curl .*$/gm) ?? [];
    const answers = await Promise.all(commands.map(paste));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    // Answers may come before the lines that are printed of them.
    for (const path of ["health", "pets"]) await program.prints(new RegExp(`GET /pets/prod/${path} .* 200`));
  });

  test("says of each request when, what, who, with which status, and what is left", async () => {
    const from = program.printed.length;
    await fetch(`${program.url}/pets/prod/pets`, { headers: { "x-api-key": keyOf("acme", program) } });
    await fetch(`${program.url}/pets/prod/pets`);
    const lines = await program.prints(/no key came/, from).then(() => program.printed.slice(from).split("\n"));

    expect(lines).toEqual([
      expect.stringMatching(
        /^\d\d:\d\d:\d\d\.\d{3} {2}GET \/pets\/prod\/pets {2}acme \(bronze\) {2}200 {2}1 tokens, 998 of the quota left$/,
      ),
      expect.stringMatching(
        /^\d\d:\d\d:\d\d\.\d{3} {2}GET \/pets\/prod\/pets {2}- {2}403 {2}no key came with the request$/,
      ),
      "",
    ]);
  });

  test("gives figures in the shape of GetUsage, by days that can be chosen", async () => {
    const usage = (query = "") => fetch(`${program.url}/_tiers/usage${query}`).then((answer) => answer.json());
    const today = new Date().toISOString().slice(0, 10);
    expect(await usage()).toEqual({
      items: [{ usagePlanId: "bronze", startDate: today, endDate: today, values: { acme: [[2, 998]] } }],
    });
  });

  test("serves the files as they are: deleting api_key_required there opens the route", async () => {
    const url = `${program.url}/pets/prod/pets`;
    expect((await fetch(url)).status).toBe(403);
    const from = program.printed.length;
    edit(out, "pets", (json) => {
      for (const method of Object.values<Json>(json.resource.aws_api_gateway_method)) delete method.api_key_required;
    });
    await program.prints(/reloaded\n[\s\S]*GET \/pets +│ none +│/, from);
    expect((await fetch(url)).status).toBe(200);
  });

  test("keeps serving what it has read when a file is broken, and reloads when it is fixed", async () => {
    const file = join(out, "stacks", "pets", "cdk.tf.json");
    const text = readFileSync(file, "utf8");
    const from = program.printed.length;
    writeFileSync(file, text.slice(0, 100));
    expect(await program.prints(/not reloaded/, from)).toContain("cdk.tf.json");
    expect((await fetch(`${program.url}/pets/prod/health`)).status).toBe(200);
    writeFileSync(file, text);
    await program.prints(/^reloaded/m, from);
  });

  test("keeps to its keys with a seed, and makes others without", async () => {
    const again = await ServeProgram.start(out, "--seed", "one");
    const other = await ServeProgram.start(out);
    expect(keyOf("acme", again)).toBe(keyOf("acme", program));
    expect(keyOf("acme", other)).not.toBe(keyOf("acme", program));
    await Promise.all([again.stop(), other.stop()]);
  });
});

test("only one stage is served with --stage", async () => {
  const program = await ServeProgram.start(synthesized(), "--stage", "prod");
  expect((await fetch(`${program.url}/pets/prod/health`)).status).toBe(200);
  expect((await fetch(`${program.url}/pets/test/health`)).status).toBe(403);
  await program.stop();
});

test("a function whose code is gone is named, and its routes answer as on AWS, with 500 or more", async () => {
  const out = join(mkdtempSync(join(folder, "out-")), "cdktf.out");
  synthesizeInto(out, catalog);
  rmSync(join(out, "handlers", "meditations.zip"));

  const program = await ServeProgram.start(out);
  expect(program.printed).toMatch(/Not as on AWS:\n.*meditations\.zip/);
  const headers = { "x-api-key": keyOf("joe-black", program) };
  const answer = await fetch(`${program.url}/meditations/prod/meditations`, { headers });
  expect(answer.status).toBeGreaterThanOrEqual(500);
  expect((await fetch(`${program.url}/meditations/prod/health`)).status).toBe(200);
  await program.stop();
});

test("an authorizer's real bundle finds the customer's local key, and the backend is called", async () => {
  const out = join(mkdtempSync(join(folder, "out-")), "cdktf.out");
  synthesizeInto(out, catalog);
  const issuer = new Issuer();
  const key = signingKey("1");
  issuer.keys = [key];
  await issuer.start();
  const backend = await serveJson(() => ({ status: 200, body: { entries: [] } }));
  // The authorizer speaks https only; this takes it to the issuer of this test.
  const preloaded = join(folder, "issuer-is-here.cjs");
  const redirect = `const real = fetch; globalThis.fetch = (to, init) => {
    const { origin, pathname } = new URL(to instanceof Request ? to.url : to);
    if (origin !== ${JSON.stringify(issuer.url)}) return real(to, init);
    return real(${JSON.stringify(issuer.origin)} + pathname, init);
  };`;
  writeFileSync(preloaded, redirect);

  const program = await ServeProgram.start(
    ...[
      out,
      "--backend",
      `https://backend.example.com=${backend.origin}`,
      "--env",
      `NODE_OPTIONS=--require=${preloaded}`,
    ],
  );
  const now = Math.floor(Date.now() / 1_000);
  const token = (sub: string) =>
    signedToken(key, { iss: issuer.url, aud: "journal", sub, iat: now, exp: now + 60, subscription: sub });
  const ask = async (sub: string) => {
    const headers = { Authorization: `Bearer ${token(sub)}` };
    const answer = await fetch(`${program.url}/journal/prod/entries`, { headers });
    return [answer.status, await answer.text()];
  };

  expect(await ask("globex")).toEqual([200, '{"entries":[]}']);
  expect(await ask("joe-black")).toEqual([403, '{"message":"Forbidden"}']);
  expect((await ask("nobody"))[0]).toBeGreaterThanOrEqual(400);
  expect(program.printed).not.toContain(token("globex"));
  await Promise.all([program.stop(), issuer.stop(), backend.close()]);
});

describe("what cannot be served is said, with exit code 1", () => {
  const ends = async (...args: string[]) => {
    const program = new ServeProgram(args);
    return [await program.ends(), program.printed] as const;
  };

  test("a port that is in use", async () => {
    const out = synthesized();
    const program = await ServeProgram.start(out);
    const { port } = new URL(program.url);
    expect(await ends(out, "--port", port)).toEqual([
      1,
      `error: port ${port} of 127.0.0.1 is in use; choose another by --port, or 0 for any that is free\n`,
    ]);
    await program.stop();
  });

  test.each<[string, () => string[], RegExp]>([
    ["a folder that is not there", () => [join(folder, "nowhere")], /nowhere holds no synthesized stack/],
    [
      "a folder without stacks",
      () => [mkdtempSync(join(folder, "empty-"))],
      /holds no synthesized stack; run "npm start" there first/,
    ],
    ["a stage that no API has", () => [synthesized(), "--stage", "beta"], /no stage "beta" here; there are prod, test/],
    [
      "a file that is not JSON",
      () => {
        const out = synthesized();
        writeFileSync(join(out, "stacks", "pets", "cdk.tf.json"), "{");
        return [out];
      },
      /pets.cdk\.tf\.json/,
    ],
    [
      "JSON that is not a plan",
      () => {
        const file = join(folder, "list.json");
        writeFileSync(file, "[1]");
        return [file];
      },
      /list\.json/,
    ],
  ])("%s", async (_, args, message) => {
    const [code, printed] = await ends(...args(), "--port", "0");
    expect(code).toBe(1);
    expect(printed).toMatch(message);
    expect(printed).toMatch(/^error: /);
    expect(printed).not.toMatch(/^\s+at /m);
  });

  test.each([
    ["--port", "99999", "It must be a number from 0 to 65535."],
    ["--port", "http", "It must be a number from 0 to 65535."],
    ["--backend", "backend", "Write it as https://backend.example.com=http://127.0.0.1:3000."],
    ["--env", "2X=1", "--env, the first one, is not written as it should be; write it as NAME=value"],
    [
      "--key",
      "EmulatorOnlyKeyValue0000001",
      "--key, the first one, is not written as it should be; write it as joe-black",
    ],
    ["--prot", "EmulatorOnlyKeyValue0000001", "unknown option '--prot'"],
  ])("%s %s", async (option, value, message) => {
    const [code, printed] = await ends(option, value);
    expect(code).not.toBe(0);
    expect(printed).toContain(message);
    expect(printed).not.toContain("EmulatorOnlyKeyValue");
  });
});
