export { TestAnswer, TestAnswers, TestCaller, TestClient, type TestRequest } from "./test-client";
export { type Duration, TestClock } from "./test-clock";
export { TestGateway, type TestGatewayOptions } from "./test-gateway";
