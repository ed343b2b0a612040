import { readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { type PlanFile, readPlanFiles } from "../../../../src/review/plan-file";

/** A change of a shape; `found.ts` has all that a review must say of it. */
export interface ShapeChange {
  /**
   * Texts of files of the shape, and what stands there afterwards, where `@{address}` is the id that AWS gave.
   *
   * @default - the files stay as they are
   */
  readonly edits?: readonly (readonly [file: string, from: string | RegExp, to: string])[];
  /**
   * Arguments of `terraform plan`, such as `-replace=aws_api_gateway_api_key.acme`.
   *
   * @default - none
   */
  readonly args?: readonly string[];
  /**
   * Addresses that are tainted for this plan.
   *
   * @default - none
   */
  readonly tainted?: readonly string[];
}

/** Terraform as public repositories write it, and changes of it. It is planned fresh, applied, changed, and planned again. */
export interface Shape {
  /** Folders of `__tests__/review/shapes`, whose files are laid into one; the last is its own. */
  readonly folders: readonly string[];
  /**
   * Whether cdktf writes its file, `cdk.tf.json`.
   *
   * @default false
   */
  readonly synthesized?: true;
  /** By the change; `fresh` is the plan before anything exists. */
  readonly changes: Readonly<Record<string, ShapeChange>>;
}

export const SHAPE_FILES = resolve(__dirname, "../../shapes");
export const SHAPE_PLANS = resolve(__dirname, "../../fixtures/shapes");

/** The plan that the real Terraform made; `scripts/write-shape-fixtures.ts` makes it again. */
export const planOfShape = (shape: string, change: string): PlanFile[] =>
  readPlanFiles([join(SHAPE_PLANS, shape, `${change}.json.gz`)]).map((plan) => ({ ...plan, stack: "shop" }));

/** All plans that are there, as `shape/change`. */
export const plannedShapes = (): string[] =>
  readdirSync(SHAPE_PLANS)
    .flatMap((shape) => readdirSync(join(SHAPE_PLANS, shape)).map((file) => `${shape}/${file.replace(".json.gz", "")}`))
    .sort();
