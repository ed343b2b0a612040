import { API_SHAPES } from "./apis";
import { CDKTF_SHAPES } from "./cdktf";
import { KEY_SHAPES } from "./keys";
import { MODULE_SHAPES } from "./modules";
import type { Shape } from "./shape";
import { UNKNOWN_SHAPES } from "./unknown";

/** Shapes of public Terraform, by name. */
export const SHAPES: Readonly<Record<string, Shape>> = {
  ...KEY_SHAPES,
  ...MODULE_SHAPES,
  ...API_SHAPES,
  ...CDKTF_SHAPES,
  ...UNKNOWN_SHAPES,
};
