import { z } from "zod";
import { wrong } from "./schema";

/**
 * An amount of money as it is written: `"49.00"`, `"0.0005"`, or a number such as `49`. It is a decimal, never a binary
 * fraction, so `0.1` is a tenth.
 */
export type Amount = string | number;

/** Digits after the point that a unit price may have; a number with more was computed, and is not what its author meant. */
const MOST_DECIMALS = 12;
/** Digits before it. */
const MOST_DIGITS = 12;

const ALLOWED = `must be an amount of 0 or more such as "49.00" or "0.0005", with at most ${MOST_DECIMALS} decimals`;

const PLAIN = /^0*(\d+)(?:\.(\d*?)0*)?$/;

/** The amount without zeros around it, so that `"49.00"` and `49` are written the same; `undefined` for anything else. */
export function readAmount(written: unknown): string | undefined {
  if (typeof written !== "number" && typeof written !== "string") return undefined;
  if (typeof written === "string" && !/^\d+(?:\.\d+)?$/.test(written)) return undefined;
  const [, digits = "", decimals = ""] = PLAIN.exec(plainText(written)) ?? [];
  if (digits === "" || digits.length > MOST_DIGITS || decimals.length > MOST_DECIMALS) return undefined;
  return decimals === "" ? digits : `${digits}.${decimals}`;
}

/** A number in digits: JavaScript writes the smallest ones with an exponent, which is as many decimals as an amount may have. */
function plainText(written: string | number): string {
  const text = String(written);
  return /e-/.test(text) && Number(Number(written).toFixed(MOST_DECIMALS)) === written
    ? Number(written).toFixed(MOST_DECIMALS)
    : text;
}

export const amountSchema = z
  .union([z.string(), z.number()], { error: wrong(ALLOWED) })
  .refine((written) => readAmount(written) !== undefined, { error: wrong(ALLOWED) });

/** The currencies that Node knows: those of ISO 4217, and former ones. */
const currencies: ReadonlySet<string> = new Set(Intl.supportedValuesOf("currency"));

export const isCurrency = (code: string): boolean => currencies.has(code);

export const currencySchema = z
  .string({ error: wrong("must be a currency of ISO 4217", 'write "EUR" or "USD"') })
  .refine(isCurrency, {
    error: wrong("must be a currency of ISO 4217", 'write its three capital letters, such as "EUR" or "USD"'),
  });

const decimals = new Map<string, number>();

/** Digits after the point in which a currency is paid: 2 for EUR, 0 for JPY, 3 for KWD. */
export function decimalsOf(currency: string): number {
  const known = decimals.get(currency);
  if (known !== undefined) return known;
  const { maximumFractionDigits = 2 } = new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions();
  decimals.set(currency, maximumFractionDigits);
  return maximumFractionDigits;
}
