import { unknownName } from "../vocabulary/identifier";
import { at, type EntryReader } from "../vocabulary/read-entry";
import { type SelfService, selfServiceSchema, toSelfService } from "../vocabulary/self-service";

const PLACE = "selfService";

/** Reads what is written of customers who sign up by themselves, and finds the tiers that it names. */
export function joinSelfService(
  reader: EntryReader,
  written: unknown,
  tiers: readonly string[],
): SelfService | undefined {
  if (written === undefined) return undefined;
  const read = reader.read(selfServiceSchema, written, at(PLACE));
  if (read === undefined) return undefined;
  for (const [index, tier] of read.tiers.entries()) {
    if (!tiers.includes(tier)) reader.refuse(PLACE, `tiers: ${unknownName(tier, "tier", tiers)}`);
    else if (read.tiers.indexOf(tier) < index) reader.refuse(PLACE, `tiers: names "${tier}" twice; name it once`);
  }
  return toSelfService(read);
}
