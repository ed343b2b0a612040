import { LOG_VARIABLE, shapeOf } from "./log-variables";

/** Values of a line by variable, without those that the request does not have; but `-` of a variable whose absence says something. */
export type LineValues = ReadonlyMap<string, string>;

/** A line of which a template gives more than one reading. */
export const AMBIGUOUS = Symbol("ambiguous");

interface Variable {
  readonly name: string;
  readonly shape: RegExp | undefined;
}

/** How many places a line may be tried at: a caller chooses some of its values, such as the user agent. */
const MOST_STEPS = 500_000;

/**
 * A text with variables, read backwards: from what API Gateway wrote to the values. Nothing escapes the values in a line
 * of text, so a value may hold what stands between two of them: a line counts as read only if there is one way to read it.
 */
export class LineTemplate {
  /** One more than there are variables. */
  private readonly literals: readonly string[];
  private readonly variables: readonly Variable[];

  constructor(template: string) {
    const parts = template.split(LOG_VARIABLE);
    this.literals = parts.filter((_, index) => index % 2 === 0);
    this.variables = parts
      .filter((_, index) => index % 2 === 1)
      .map((name) => {
        const shape = shapeOf(name);
        return { name, shape: shape === undefined ? undefined : new RegExp(`^${shape}$`) };
      });
  }

  /** What every line begins and ends with. */
  get ends(): { readonly first: string; readonly last: string } {
    return { first: this.literals[0] ?? "", last: this.literals.at(-1) ?? "" };
  }

  /** The values in the order of the variables; `undefined` for a line of something else. */
  read(line: string): readonly string[] | undefined | typeof AMBIGUOUS {
    // The first of all readings in the order of lengths, and the last: where they are the same, there is no other.
    const shortest = new Reading(line, this.literals, this.variables, "shortest").values();
    if (shortest === undefined || shortest === AMBIGUOUS) return shortest;
    const longest = new Reading(line, this.literals, this.variables, "longest").values();
    return Array.isArray(longest) && longest.every((value, index) => value === shortest[index]) ? shortest : AMBIGUOUS;
  }

  get names(): readonly string[] {
    return this.variables.map(({ name }) => name);
  }
}

/** One way through a line: each value as short, or as long, as the rest of the line allows. */
class Reading {
  private readonly failed = new Set<number>();
  private steps = 0;

  constructor(
    private readonly line: string,
    private readonly literals: readonly string[],
    private readonly variables: readonly Variable[],
    private readonly order: "shortest" | "longest",
  ) {}

  values(): string[] | undefined | typeof AMBIGUOUS {
    const [first = ""] = this.literals;
    if (!this.line.startsWith(first)) return undefined;
    const values = this.from(0, first.length);
    return this.steps > MOST_STEPS ? AMBIGUOUS : values;
  }

  /** The values from a variable on, which begins at a place. */
  private from(index: number, start: number): string[] | undefined {
    const variable = this.variables[index];
    if (!variable) return start === this.line.length ? [] : undefined;
    const key = start * this.literals.length + index;
    if (this.failed.has(key)) return undefined;
    for (const end of this.endsOf(index, start)) {
      if (++this.steps > MOST_STEPS) return undefined;
      const value = this.line.slice(start, end);
      if (variable.shape && !variable.shape.test(value)) continue;
      const others = this.from(index + 1, end + (this.literals[index + 1] ?? "").length);
      if (others) return [value, ...others];
    }
    this.failed.add(key);
    return undefined;
  }

  /** Where the value of a variable may end: before the text that follows it. */
  private *endsOf(index: number, start: number): Generator<number> {
    const { line } = this;
    const next = this.literals[index + 1] ?? "";
    if (index === this.variables.length - 1) {
      const end = line.length - next.length;
      if (end >= start && line.endsWith(next)) yield end;
    } else if (this.order === "shortest") {
      for (let end = start; end <= line.length; end++) {
        end = line.indexOf(next, end);
        if (end === -1) return;
        yield end;
      }
    } else {
      for (let end = line.length - next.length; end >= start; end--) {
        end = line.lastIndexOf(next, end);
        if (end < start) return;
        yield end;
      }
    }
  }
}
