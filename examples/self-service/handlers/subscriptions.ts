// In a project of your own: export { handler } from "cdktf-api-tiers/self-service";
export { handler } from "../../../src/self-service";
