import type { ExportedSubscription } from "../contract/self-service-export";
import type { GivenKey } from "../gateway/local-keys";
import type { GatewayModel } from "../model/model";
import { withRuntimeKeys } from "../model/runtime-keys";
import { canonicalJson } from "../text/canonical-json";
import { readingSelfService } from "./exporting-self-service";

/** How long a new key may be unknown to the gateway. */
const EVERY_MILLISECONDS = 1_000;

/** The keys of a service as a gateway on this machine knows them. Their values are asked of AWS once, and kept in memory alone. */
export class ServedSelfService {
  private subscriptions: readonly ExportedSubscription[] = [];
  /** By id in AWS. */
  private readonly values = new Map<string, string>();
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly table: string) {}

  /** @returns whether anything has changed */
  async read(): Promise<boolean> {
    return readingSelfService("serve --self-service", this.table, async ({ readSubscriptions, readValues }) => {
      const before = canonicalJson(this.subscriptions);
      const subscriptions = await readSubscriptions(this.table);
      const ids = subscriptions.flatMap(({ keys }) => keys.filter(({ to }) => to === undefined).map(({ id }) => id));
      const unknown = ids.filter((id) => !this.values.has(id));
      for (const [id, value] of await readValues(this.table, unknown)) this.values.set(id, value);
      // A key whose value cannot be read is not there, and nobody can call with it.
      this.subscriptions = subscriptions.map((subscription) => ({
        ...subscription,
        keys: subscription.keys.filter(({ id }) => this.values.has(id)),
      }));
      return canonicalJson(this.subscriptions) !== before;
    });
  }

  /** The model with these keys. */
  added = (model: GatewayModel): GatewayModel => withRuntimeKeys(model, this.subscriptions);

  /** Their values, by the ids of the model. */
  given(): Map<string, GivenKey> {
    const keys = this.subscriptions.flatMap(({ subscription, keys }) => keys.map((key) => ({ subscription, ...key })));
    return new Map(
      keys.flatMap(({ subscription, name, id, to }) => {
        const value = this.values.get(id);
        return value === undefined || to !== undefined
          ? []
          : [[`${subscription}/${name}`, { value, from: `self-service ${subscription}/${name}` }]];
      }),
    );
  }

  /** Calls whenever something has changed, until it is stopped. */
  watch(onChange: () => void, onError: (error: Error) => void): void {
    const next = () => {
      this.timer = setTimeout(async () => {
        try {
          if (await this.read()) onChange();
        } catch (error) {
          onError(error as Error);
        }
        if (this.timer !== undefined) next();
      }, EVERY_MILLISECONDS);
    };
    next();
  }

  stop(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }
}
