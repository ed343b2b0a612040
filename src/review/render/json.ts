import type { Report } from "../report";

/** A report for programs; `schemas/review.schema.json` describes it. */
export const renderJson = (report: Report): string => `${JSON.stringify(report, undefined, 2)}\n`;
