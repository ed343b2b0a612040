import { FIXED_LIMITS } from "../../vocabulary/aws-limits";
import { DEEPEST_NESTING, isHost, isList, MappingTemplateError, type Value } from "./value";

/** Far more than a template of 300 KB with loops of 1,000 iterations needs. */
const MOST_STEPS = 1_000_000;
/** Characters that are handled in one step. */
const STEP_CHARACTERS = 256;
/** An item of a list or an entry of a map takes as long as these characters. */
const ITEM_CHARACTERS = 16;

/** What one template may use, so that no template can stop the gateway. */
export class Budget {
  private steps = 0;
  private characters = 0;

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

  /**
   * Counts what it takes to print a value, to compare it or to search in it. What is in it several times counts as often.
   *
   * @throws MappingTemplateError for a value that is too large, or that holds itself
   */
  weigh(value: Value, depth = 0): void {
    this.characters += typeof value === "string" ? value.length : ITEM_CHARACTERS;
    if (this.characters >= STEP_CHARACTERS) {
      this.spend(this.characters);
      this.characters = 0;
    }
    if (typeof value !== "object" || value === null || isHost(value)) return;
    if (depth > DEEPEST_NESTING)
      throw new MappingTemplateError("it makes lists or maps that are nested too deeply, or hold themselves");
    if (isList(value)) for (const item of value.items) this.weigh(item, depth + 1);
    else
      for (const [name, item] of value) {
        this.characters += name.length;
        this.weigh(item, depth + 1);
      }
  }
}
