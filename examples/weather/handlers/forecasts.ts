import { createHash } from "node:crypto";
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from "aws-lambda";
import { headersForPages } from "./lib/pages";

const SKIES = ["clear", "cloudy", "rain", "snow", "thunder"] as const;
const MOST_DAYS = 10;
const HOURS_OF_A_DAY = 24;

/** Forecasts of the example: made up, and always the same for a place. */
export async function handler(event: APIGatewayProxyEvent): Promise<APIGatewayProxyResult> {
  const answer = (statusCode: number, body: unknown): APIGatewayProxyResult => ({
    statusCode,
    headers: { "Content-Type": "application/json", ...headersForPages(event.headers) },
    body: JSON.stringify(body),
  });
  const place = decodeURIComponent(event.pathParameters?.place ?? "");
  if (event.resource.endsWith("/hourly")) return answer(200, { place, hours: forecast(place, HOURS_OF_A_DAY) });
  const days = Number(event.queryStringParameters?.days ?? 3);
  if (!Number.isInteger(days) || days < 1 || days > MOST_DAYS)
    return answer(400, { message: `days must be a whole number, 1 to ${MOST_DAYS}` });
  return answer(200, { place, days: forecast(place, days) });
}

function forecast(place: string, steps: number) {
  return Array.from({ length: steps }, (_, step) => {
    const drawn = createHash("sha256").update(`${place} ${step}`).digest();
    return { step, celsius: (drawn.readUInt8(0) % 45) - 10, sky: SKIES[drawn.readUInt8(1) % SKIES.length] };
  });
}
