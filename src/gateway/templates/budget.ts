import { FIXED_LIMITS } from "../../vocabulary/aws-limits";
import { MappingTemplateError } from "./value";

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

  /**
   * Counts what makes a string longer.
   *
   * @param characters of the whole string
   * @param added characters that are new; by default all of them
   * @throws MappingTemplateError for a string over API Gateway's 10 MB
   */
  hold(characters: number, added = characters): void {
    if (characters > FIXED_LIMITS.payloadBytes) throw new MappingTemplateError("it makes a string over 10 MB");
    this.spend(added);
  }
}
