import fc from "fast-check";
import type { LoggedCall } from "../../../src/logs/logged-call";

const ids = fc.stringMatching(/^[a-z0-9]{10}$/);

export const calls: fc.Arbitrary<LoggedCall> = fc.record({
  // Whole seconds: the common log format has no others.
  time: fc.integer({ min: Date.UTC(2016, 0) / 1000, max: Date.UTC(2100, 0) / 1000 }).map((seconds) => seconds * 1000),
  id: fc.option(fc.stringMatching(/^[A-Za-z0-9_-]{15}=$/), { nil: undefined }),
  key: fc.option(ids, { nil: undefined }),
  api: ids,
  stage: fc.stringMatching(/^[A-Za-z0-9_-]{2,8}$/),
  method: fc.constantFrom("GET", "POST", "DELETE", "OPTIONS", "HEAD"),
  path: fc.option(fc.constantFrom("/", "/pets", "/pets/{id}", "/{proxy+}", "/a,b/c;d", "/x:y"), { nil: undefined }),
  status: fc.integer({ min: 100, max: 599 }),
  errorType: fc.option(fc.constantFrom("THROTTLED", "QUOTA_EXCEEDED", "INVALID_API_KEY"), { nil: null }),
});

/** What a client chooses. */
export const agents: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: "binary-ascii", maxLength: 40 }).map((text) => text.replace(/[\r\n]/g, " ")),
  fc.string({ unit: fc.constantFrom('"', "\\", ",", " ", "{", "}", ":", "x", "é", "<", ">", "/"), maxLength: 20 }),
  fc.constantFrom(
    "curl/8.5.0",
    'x","apiKeyId":"stolen0000","status":"200',
    '","key":"stolen0000',
    '",stolen0000,',
    "</agent><key>stolen0000</key>",
    "\\",
    "x\\",
  ),
);
