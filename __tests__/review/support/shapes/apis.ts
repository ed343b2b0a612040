import type { Shape } from "./shape";

const main = (from: string | RegExp, to: string) => ["main.tf", from, to] as const;
const openapi = (from: string | RegExp, to: string) => ["openapi.yaml", from, to] as const;

/** APIs: routes in bodies, stages of deployments, and all that a request passes. */
export const API_SHAPES: Readonly<Record<string, Shape>> = {
  "body-from-template": {
    folders: ["body-from-template"],
    changes: {
      fresh: {},
      nothing: {},
      "key-not-demanded": {
        edits: [openapi("    post:\n      security:\n        - api_key: []", "    post:\n      security: []")],
      },
      "path-removed": { edits: [openapi(/^ {2}\/health:[\s\S]*$/m, "")] },
      "backend-changed": { edits: [main("https://orders.internal", "https://orders-2.internal")] },
      "description-changed": { edits: [openapi("description: An order", "description: The order")] },
      "body-known-after-apply": {
        edits: [
          main("    backend = var.backend", "    backend = terraform_data.backend.output"),
          main(
            'resource "aws_api_gateway_deployment"',
            'resource "terraform_data" "backend" {\n  input = var.backend\n}\n\nresource "aws_api_gateway_deployment"',
          ),
        ],
      },
      "swagger-2": { edits: [openapi('openapi: "3.0.1"', 'swagger: "2.0"')] },
    },
  },
};
