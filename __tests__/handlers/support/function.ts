import { resolve } from "node:path";
import { inspect } from "node:util";
import { buildSync } from "esbuild";
import type { handler } from "../../../src/key-authorizer";

// The SDK announces at each start that it will need Node 22 from 2027 on.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";

/** The bundle of a handler, as Lambda gets it: all but the AWS SDK, which the runtime has. */
export function bundleOf(name: string): string {
  const { outputFiles } = buildSync({
    entryPoints: [resolve(__dirname, `../../../handlers/${name}.ts`)],
    bundle: true,
    platform: "node",
    target: "node20",
    format: "cjs",
    minify: true,
    external: ["@aws-sdk/*"],
    write: false,
  });
  return outputFiles.map(({ text }) => text).join("");
}

/** What a call came to, and everything that it said. */
export interface Call {
  readonly answer?: Awaited<ReturnType<typeof handler>>;
  readonly error?: Error;
  /** Parsed lines of the log. */
  readonly log: readonly Readonly<Record<string, unknown>>[];
  /** All that was logged or thrown. */
  readonly said: string;
}

const CONSOLE = ["log", "info", "warn", "error", "debug"] as const;
const METHOD_ARN = "arn:aws:execute-api:eu-central-1:123456789012:a1b2c3/prod/GET/meditations";

/** The authorizer in an execution environment of its own, with nothing in its caches yet. */
export function coldStart(bundle: string): (authorizationToken?: string) => Promise<Call> {
  const module = { exports: {} as { handler: typeof handler } };
  // Not required as a file, since Jest would keep one instance for all tests.
  new Function("module", "exports", "require", bundle)(module, module.exports, require);
  return async (authorizationToken) => {
    const lines: string[] = [];
    const spies = CONSOLE.map((method) =>
      jest.spyOn(console, method).mockImplementation((...texts) => void lines.push(texts.join(" "))),
    );
    const event = { type: "TOKEN", methodArn: METHOD_ARN, authorizationToken };
    const result = await module.exports.handler(event).then(
      (answer) => ({ answer }),
      (error: Error) => ({ error }),
    );
    for (const spy of spies) spy.mockRestore();
    const said = [...lines, "error" in result ? inspect(result.error, { depth: 9 }) : ""].join("\n");
    return { ...result, log: lines.map((line) => JSON.parse(line)), said };
  };
}
