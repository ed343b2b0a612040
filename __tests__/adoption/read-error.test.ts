import { ADOPTING } from "../../src/adoption/read-account";
import { ReadError } from "../../src/aws/control-plane-client";

const said = (fields: object) => new ReadError("GetApiKeys", Object.assign(new Error(), fields), ADOPTING).message;

describe("an account that cannot be read to its end", () => {
  test.each<[string, object, string]>([
    [
      "rights that are missing",
      { name: "AccessDeniedException", message: "not authorized" },
      'GetApiKeys: AccessDeniedException: not authorized; allow "apigateway:GET"',
    ],
    ["an error without a name of its own", { message: "no answer" }, "GetApiKeys: no answer; see what AWS says"],
    ["a network that is down", { code: "ECONNREFUSED" }, "GetApiKeys: ECONNREFUSED; AWS cannot be reached"],
    ["a Region that is missing", { message: "Region is missing" }, "GetApiKeys: Region is missing; set AWS_REGION"],
    [
      "an account that others use as well",
      { name: "TooManyRequestsException", message: "slow down" },
      "GetApiKeys: TooManyRequestsException: slow down; AWS throttled",
    ],
    [
      "credentials that AWS does not know",
      { name: "UnrecognizedClientException", message: "no" },
      "GetApiKeys: UnrecognizedClientException: no; look at your credentials",
    ],
  ])("says what AWS said, and what to do: %s", (_, cause, message) => {
    expect(said(cause).startsWith(message)).toBe(true);
    expect(said(cause)).toMatch(/\. Nothing was written; run the command again\.$/);
  });
});
