import { z } from "zod";
import type {
  CatalogInput,
  CohortInput,
  DomainNameInput,
  ExistingApiInput,
  KeyStoreInput,
  OwnApiInput,
  SelfServiceInput,
  SubscriptionInput,
  TierInput,
} from "../../src";
import type { ReplayReport } from "../../src/replay/replay-report";
import { ownApiSchema } from "../../src/vocabulary/api";
import { cohortSchema } from "../../src/vocabulary/cohort";
import { domainNameSchema } from "../../src/vocabulary/domain-name";
import { existingApiSchema } from "../../src/vocabulary/existing-api";
import { keyStoreSchema } from "../../src/vocabulary/key-store";
import { routeSchema } from "../../src/vocabulary/route";
import { selfServiceSchema } from "../../src/vocabulary/self-service";
import { existingStageSchema, stageSchema } from "../../src/vocabulary/stage";
import { subscriptionSchema } from "../../src/vocabulary/subscription";
import { tierSchema } from "../../src/vocabulary/tier";

/** The concepts of a catalog as they are written, and what is printed; the docs of their fields are read from these types. */
export interface Described {
  readonly Catalog: CatalogInput;
  readonly Api: OwnApiInput;
  readonly ExistingApi: ExistingApiInput;
  readonly Tier: TierInput;
  readonly Cohort: CohortInput;
  readonly Subscription: SubscriptionInput;
  readonly KeyStore: KeyStoreInput;
  readonly DomainName: DomainNameInput;
  readonly SelfService: SelfServiceInput;
  readonly ReplayReport: ReplayReport;
}

const byName = <Schema extends z.ZodType>(schema: Schema) => z.record(z.string(), schema);

/** The schemas of the concepts; an API with its stages and routes, which are read one by one. */
export const SCHEMAS: Readonly<Record<Exclude<keyof Described, "Catalog" | "ReplayReport">, z.ZodType>> = {
  Api: ownApiSchema.extend({ stages: byName(stageSchema), routes: byName(routeSchema).optional() }),
  ExistingApi: existingApiSchema.extend({ stages: byName(existingStageSchema) }),
  Tier: tierSchema,
  Cohort: cohortSchema,
  Subscription: subscriptionSchema,
  KeyStore: keyStoreSchema,
  DomainName: domainNameSchema,
  SelfService: selfServiceSchema,
};
