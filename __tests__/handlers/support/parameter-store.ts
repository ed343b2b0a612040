import { type LoopbackServer, serveJson } from "./loopback";

/** SSM's GetParameter on this machine, to count lookups and to let them fail; the emulator does neither. */
export class ParameterStore {
  readonly parameters = new Map<string, string>();
  /** Answered instead, as AWS words it, or by cutting the connection. */
  failure: { readonly status: number; readonly type: string } | "cut" | undefined;
  /** Names that were looked up. */
  readonly lookups: string[] = [];

  private server: LoopbackServer | undefined;

  async start(): Promise<void> {
    this.server = await serveJson((_, body) => {
      const { Name, WithDecryption } = JSON.parse(body) as { Name: string; WithDecryption: boolean };
      this.lookups.push(Name);
      if (this.failure === "cut") return undefined;
      if (this.failure) return { status: this.failure.status, body: { __type: this.failure.type, message: "no" } };
      const Value = this.parameters.get(Name);
      if (Value === undefined || !WithDecryption) return { status: 400, body: { __type: "ParameterNotFound" } };
      return { status: 200, body: { Parameter: { Name, Type: "SecureString", Value } } };
    });
  }

  async stop(): Promise<void> {
    await this.server?.close();
  }

  /** What a program needs in its environment to ask here instead of AWS. */
  get env(): Readonly<Record<string, string>> {
    return {
      AWS_ENDPOINT_URL: this.server?.origin ?? "",
      AWS_ACCESS_KEY_ID: "test",
      AWS_SECRET_ACCESS_KEY: "test",
      AWS_REGION: "us-east-1",
    };
  }
}
