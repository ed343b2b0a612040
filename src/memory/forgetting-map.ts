/** What may be forgotten. */
export interface Forgettable {
  /** When it was last used, in milliseconds of a clock that never goes back. */
  readonly usedAt: number;
  /** Whether, from this time on, a new one would behave just as it does. */
  isAsNew(now: number): boolean;
}

/** Who comes back within this time, in milliseconds, is known still: forgetting pays for who stays away. */
const REMEMBERED = 60_000;

/**
 * A map that forgets what is as good as new and was not used for a minute. It does so without a timer and without a pause:
 * each new entry looks at two old ones, in turns. So it holds about as many as were in use at one time, however many it has
 * ever held.
 *
 * This is not `lru-cache`: that package forgets when it is full, or after a time. Here that would give a client a full
 * bucket again, so only `isAsNew` may decide.
 */
export class ForgettingMap<Key, Value extends Forgettable> {
  private readonly values = new Map<Key, Value>();
  private turn = this.values.entries();

  get size(): number {
    return this.values.size;
  }

  get(key: Key): Value | undefined {
    return this.values.get(key);
  }

  /** @param now milliseconds of a clock that never goes back */
  add(key: Key, value: Value, now: number): Value {
    this.lookAtNext(now);
    this.lookAtNext(now);
    this.values.set(key, value);
    return value;
  }

  private lookAtNext(now: number): void {
    const next = this.turn.next();
    if (next.done) {
      this.turn = this.values.entries();
      return;
    }
    const [key, value] = next.value;
    if (now - value.usedAt >= REMEMBERED && value.isAsNew(now)) this.values.delete(key);
  }
}
