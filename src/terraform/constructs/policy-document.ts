import type { PolicyStatement } from "../../vocabulary/handler";

const policy = (statements: readonly object[]) => JSON.stringify({ Version: "2012-10-17", Statement: statements });

/** A policy document that lets a role do what the statements name. */
export const allowing = (statements: readonly PolicyStatement[]): string =>
  policy(statements.map(({ actions, resources }) => ({ Effect: "Allow", Action: actions, Resource: resources })));

/**
 * A policy document that lets a service take a role.
 *
 * @param service its principal, such as `"lambda.amazonaws.com"`
 */
export const assumedBy = (service: string): string =>
  policy([{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: service } }]);
