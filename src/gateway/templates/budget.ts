import { MappingTemplateError } from "./value";

/** API Gateway's largest payload, in bytes. */
const LARGEST_STRING = 10 * 1_024 * 1_024;
/** Far more than a template of 300 KB with loops of 1,000 iterations needs. */
const MOST_STEPS = 1_000_000;
/** Characters that are handled in one step. */
const STEP_CHARACTERS = 256;

/** What one template may use, so that no template can stop the gateway. */
export class Budget {
  private steps = 0;

  /** Counts a step, and more for a long string. @throws MappingTemplateError for too many */
  spend(characters = 0): void {
    this.steps += 1 + Math.floor(characters / STEP_CHARACTERS);
    if (this.steps > MOST_STEPS) throw new MappingTemplateError("it takes too many steps; shorten its loops");
  }

  /** @throws MappingTemplateError for a string over API Gateway's 10 MB */
  hold(characters: number): void {
    if (characters > LARGEST_STRING) throw new MappingTemplateError("it makes a string over 10 MB");
    this.spend(characters);
  }
}
