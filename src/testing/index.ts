export type { SigningKeys } from "../gateway/authorizers/signed-tokens";
export type { Difference } from "../gateway/differences";
export type { FunctionRunnerOptions } from "../gateway/functions/function-runner";
export type { IntegrationsOptions } from "../gateway/integrations";
export type { LocalAws } from "../gateway/local-aws";
export type { GatewayAnswer, Header } from "../gateway/request";
export type { LimitChoices } from "../limiter/choices";
export type { LanesOptions } from "../limiter/lanes";
export type { LimiterOptions } from "../limiter/limiter";
export type { UsageOnDay, UsageReport } from "../limiter/usage-report";
export type { Layer, ThrottleLayer } from "../limiter/verdict";
export type { BodyProblem } from "../model/body/problems";
export type * from "../model/model";
export type { UnsupportedCall, UnsupportedPart } from "../model/unsupported";
export type {
  CandidateReport,
  CustomerReport,
  LeftCalls,
  LimitReport,
  Refused,
  ReplayNote,
  ReplayReport,
  SafeLimits,
  SafePoint,
  SafeQuota,
  SafeRoute,
  Series,
  Span,
  TierReport,
} from "../replay/replay-report";
export type {
  Credit,
  Invoice,
  InvoiceDay,
  InvoiceLine,
  InvoiceLineKind,
  InvoiceProblem,
} from "../usage/invoice/invoice";
export type { MonthOfInvoices } from "../usage/invoice/invoices";
export {
  type RecordedLog,
  type RecordedLogOptions,
  type RefusedCustomer,
  ReplayedLog,
  replay,
} from "./recorded-log";
export { TestAnswer, TestAnswers, TestCaller, TestClient, type TestRequest } from "./test-client";
export { type Duration, TestClock } from "./test-clock";
export { TestGateway, type TestGatewayOptions } from "./test-gateway";
