import type { Shape } from "./shape";

const json = (from: string, to: string) => ["cdk.tf.json", from, to] as const;

/** JSON that cdktf writes, as `cdktf-app.ts` does. */
export const CDKTF_SHAPES: Readonly<Record<string, Shape>> = {
  "cdktf-app": {
    folders: [],
    synthesized: true,
    changes: {
      fresh: {},
      nothing: {},
      "customer-removed": { edits: [json('[\\"acme\\", \\"globex\\"]', '[\\"globex\\"]')] },
      "customer-added": { edits: [json('\\"globex\\"]', '\\"globex\\", \\"initech\\"]')] },
      "rate-lowered": { edits: [json('"rate_limit": 20', '"rate_limit": 2')] },
      "key-not-demanded": { edits: [json('\\"security\\" = [{\\"api_key\\" = []}]', '\\"security\\" = []')] },
    },
  },
};
