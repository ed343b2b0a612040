// A project that has installed the package writes: export { handler } from "cdktf-api-tiers/key-authorizer";
export { handler } from "../src/key-authorizer";
