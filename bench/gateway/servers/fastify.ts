import fastify from "fastify";
import { BODY, type Listen } from "../contestant";

/** A popular HTTP library, with one route, no key and no limits. */
export const listen: Listen = async () => {
  const server = fastify();
  server.get("/pets/prod/pets", (_, reply) => reply.type("application/json").send(BODY));
  return { url: `${await server.listen({ port: 0, host: "127.0.0.1" })}/pets/prod/pets` };
};
