/** Who answers, each by the file in `servers` that it names, and what it answers with. */
export const CONTESTANTS = {
  fastify: { name: "Fastify alone", server: "fastify", kind: "mock" },
  mock: { name: "this project", server: "this-project", kind: "mock" },
  "serverless-offline": { name: "serverless-offline", server: "serverless-offline", kind: "function" },
  function: { name: "this project", server: "this-project", kind: "function" },
} as const;

export type Contestant = keyof typeof CONTESTANTS;

/** What answers: a text that the server has, or a function that is called for each request. */
export type Kind = (typeof CONTESTANTS)[Contestant]["kind"];

/** What each request is answered with. */
export const BODY = JSON.stringify({ pets: [] });

/** The function, for contestants that run functions. */
export const HANDLER = `export const handler = async () => ({
  statusCode: 200,
  headers: { "Content-Type": "application/json" },
  body: ${JSON.stringify(BODY)},
});
`;

/** What a server tells when it listens. */
export interface Listening {
  readonly url: string;
  /** What `x-api-key` must be. @default - anybody may call */
  readonly key?: string;
}

/** What each file in `servers` exports as `listen`; it keeps its files in the folder, and ends with its process. */
export type Listen = (kind: Kind, folder: string) => Promise<Listening>;
