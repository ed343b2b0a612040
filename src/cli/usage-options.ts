export const USAGE_FORMATS = ["table", "json", "csv", "html"] as const;

export interface UsageReportOptions {
  readonly store: string;
  readonly month?: string;
  readonly from?: string;
  readonly to?: string;
  readonly tier?: string;
  readonly stacks?: string;
  readonly failAt?: number;
  readonly maxAge: number;
  readonly now?: string;
  readonly format: (typeof USAGE_FORMATS)[number];
  readonly output?: string;
}
