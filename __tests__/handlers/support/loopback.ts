import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

interface Reply {
  readonly status: number;
  readonly body: unknown;
}

/** A reply, or none: the connection is cut. */
type Reaction = Reply | undefined;

/** A server of JSON on a free port of this machine. */
export interface LoopbackServer {
  readonly origin: string;
  close(): Promise<void>;
}

export async function serveJson(reply: (request: IncomingMessage, body: string) => Reaction): Promise<LoopbackServer> {
  const server = createServer(async (request, response) => {
    const reaction = reply(request, await text(request));
    if (reaction === undefined) return void request.socket.destroy();
    const { status, body } = reaction;
    response.writeHead(status, { "Content-Type": "application/x-amz-json-1.1" }).end(JSON.stringify(body));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
