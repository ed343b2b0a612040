import type { UsagePlanModel } from "../model/model";
import type { CustomerChange } from "./customers";

/** What the limits after a change refuse more than those before, of calls that were logged; in words. */
export interface Replayed {
  /** Of the calls of a tier's customers. */
  ofTier(plan: UsagePlanModel): string;
  /** Of one customer's calls. */
  ofCustomer(customer: CustomerChange): string;
}
