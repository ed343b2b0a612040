import { remembering } from "../../memory/remembering";
import { Evaluation } from "./evaluate";
import { parseTemplate } from "./parse";
import { MappingTemplateError, type Value } from "./value";
import {
  contextVariable,
  inputVariable,
  type Overrides,
  type Parameters,
  stageVariablesMap,
  UTIL_VARIABLE,
} from "./variables";

/** What a mapping template is filled from. */
export interface TemplateInput {
  readonly body: string;
  /** Values by name: `context.stage`. */
  readonly variables: (name: string) => string | undefined;
  readonly stageVariables: Readonly<Record<string, string>>;
  readonly parameters: Parameters;
  /** What the template may change; one for all templates of a request. */
  readonly overrides: Overrides;
}

/** Whether nothing in a template is to be filled in. */
export const isConstant = remembering((template) => !/[$#]/.test(template));

/**
 * Fills a mapping template (Velocity) of an integration. A template reaches values only: no prototype and no function of
 * JavaScript, and it ends within bounds of steps and output, wherever it comes from.
 *
 * @throws MappingTemplateError for a template that API Gateway would answer with 500
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html
 */
export function fillTemplate(
  template: string,
  { body, variables, stageVariables, parameters, overrides }: TemplateInput,
): string {
  if (isConstant(template)) return template;
  const nodes = parseTemplate(template);
  const evaluation = new Evaluation(
    new Map<string, Value>([
      ["context", contextVariable(variables, overrides)],
      ["stageVariables", stageVariablesMap(stageVariables)],
      ["input", inputVariable(body, parameters)],
      ["util", UTIL_VARIABLE],
    ]),
  );
  try {
    const filled = evaluation.run(nodes);
    for (const values of [overrides.request, overrides.response]) evaluation.weigh(values);
    return filled;
  } catch (error) {
    // JavaScript's own bounds of strings, lists and calls.
    if (error instanceof Error && error.name === "RangeError")
      throw new MappingTemplateError(`it is too large: ${error.message}`);
    throw error;
  }
}
