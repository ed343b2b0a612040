import { readFileSync } from "node:fs";
import Ajv from "ajv/dist/2020";
import { replayReportSchema } from "../../../src/replay/report/report-schema";
import { REPORT } from "./support";

const validate = new Ajv({ strict: false, validateFormats: false }).compile(
  JSON.parse(readFileSync("schemas/replay.schema.json", "utf8")),
);

test("a report is one by the published schema, as it is printed", () => {
  const printed: unknown = JSON.parse(JSON.stringify(REPORT));
  expect([validate(printed), validate.errors]).toEqual([true, null]);
  expect(replayReportSchema.parse(printed)).toEqual(REPORT);
});

test("a field that the schema does not have is refused", () => {
  expect(validate({ ...REPORT, verdict: "fine" })).toBe(false);
});
