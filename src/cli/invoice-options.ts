export const INVOICE_FORMATS = ["table", "csv", "json"] as const;

export interface InvoiceOptions {
  readonly month: string;
  readonly store: string;
  readonly subscription?: string;
  readonly format: (typeof INVOICE_FORMATS)[number];
  readonly close: boolean;
  readonly accept: readonly string[];
}

/** Of the events for a billing system. */
export interface BillingOptions {
  readonly month: string;
  readonly store: string;
  readonly meter?: string;
  readonly customers?: string;
  readonly productCode?: string;
  readonly now?: string;
}
