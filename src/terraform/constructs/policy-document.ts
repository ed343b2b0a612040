import type { PolicyStatement } from "../../vocabulary/handler";

const policy = (statements: readonly object[]) => JSON.stringify({ Version: "2012-10-17", Statement: statements });

/** A policy document that lets a role do what the statements name. */
export const allowing = (statements: readonly PolicyStatement[]): string =>
  policy(statements.map(({ actions, resources }) => ({ Effect: "Allow", Action: actions, Resource: resources })));

/** A statement that holds under a condition. */
export interface ConditionalStatement extends PolicyStatement {
  /** @default - none */
  readonly condition?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** A policy document that lets a role do what the statements name, each under its condition. */
export const allowingWhere = (statements: readonly ConditionalStatement[]): string =>
  policy(
    statements.map(({ actions, resources, condition }) => ({
      Effect: "Allow",
      Action: actions,
      Resource: resources,
      ...(condition === undefined ? {} : { Condition: condition }),
    })),
  );

/**
 * A policy document that lets a service take a role.
 *
 * @param service its principal, such as `"lambda.amazonaws.com"`
 */
export const assumedBy = (service: string): string =>
  policy([{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: service } }]);
