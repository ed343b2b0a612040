import { LogFormat } from "../../src/logs/log-format";
import type { LogSource } from "../../src/logs/log-reader";
import type { LoggedCall } from "../../src/logs/logged-call";
import { readTraffic } from "../../src/replay/read-traffic";
import type { Traffic } from "../../src/replay/traffic";
import { ACCESS_LOG_FORMAT } from "../../src/vocabulary/access-log";
import { rendered, variablesOf } from "../logs/support/rendered-lines";

export const OWN_FORMAT = new LogFormat(ACCESS_LOG_FORMAT);

/** A line of a call in this project's format. Where it is not known why the call was refused, the line does not say it. */
export const lineOf = (call: LoggedCall, format = ACCESS_LOG_FORMAT): string => {
  const line = rendered(format, variablesOf(call));
  return call.errorType === undefined ? line.replace(/,"errorResponseType":"-"/, "") : line;
};

/** A file that comes in pieces of a size. */
export const sourceOf = (content: string | Buffer, size = 1 << 16, name = "api.log"): LogSource => ({
  name,
  async *bytes() {
    const bytes = Buffer.from(content);
    for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
  },
});

/** The calls of traffic, without their ids. */
export const callsOf = ({ kinds, days }: Traffic): Omit<LoggedCall, "id">[] =>
  days.flatMap(({ day, times, kinds: indices }) =>
    [...times].map((time, index) => {
      const kind = kinds[indices[index] ?? -1];
      if (!kind) throw new Error(`there is no kind ${indices[index]}`);
      return { time: day * 86_400_000 + time, ...kind };
    }),
  );

/** The traffic of a log that has some calls. */
export const trafficOf = (calls: readonly LoggedCall[]): Promise<Traffic> =>
  readTraffic({ sources: [sourceOf(calls.map((each) => lineOf(each)).join("\n"))], formats: [OWN_FORMAT] });
