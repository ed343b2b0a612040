import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";

/** A port of this machine on which nobody listens now. */
export const freePort = async (): Promise<number> => (await portIfFree(0)) as number;

/**
 * A port that stays free as long as nobody asks for it by its number: systems give those above where any port will do,
 * and to each connection.
 *
 * @param from the first that is tried, below 32,000
 */
export async function reservedPort(from: number): Promise<number> {
  for (let port = from; port < 32_000; port++) if ((await portIfFree(port)) !== undefined) return port;
  throw new Error(`no port from ${from} to 31999 is free`);
}

async function portIfFree(wanted: number): Promise<number | undefined> {
  const probe = createServer().listen(wanted, "127.0.0.1");
  try {
    await once(probe, "listening");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EADDRINUSE") return undefined;
    throw error;
  }
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, "close");
  return port;
}
