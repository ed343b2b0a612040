export const FORMATS = ["text", "markdown", "json"] as const;

/** Options of `api-tiers review`, as commander reads them. */
export interface ReviewCommandOptions {
  readonly synthesized?: string;
  readonly base?: string;
  readonly format: (typeof FORMATS)[number];
  readonly output?: string;
  readonly accept: readonly string[];
  readonly because: readonly string[];
  readonly accepted: readonly string[];
  readonly selfServiceExport?: string;
  readonly usage?: string;
  readonly usageMonth?: string;
  readonly traffic: readonly string[];
  readonly trafficKeys: readonly string[];
  readonly color: boolean;
  readonly width?: number;
}
