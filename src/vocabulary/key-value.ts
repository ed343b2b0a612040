import { z } from "zod";
import { looksLikeAKey } from "../text/like-a-key";

/** A key value that is brought along. It never stands in the catalog: Terraform asks for it. */
export interface KeyValueInput {
  /** Name of the sensitive Terraform variable that holds the value, set as `TF_VAR_<name>` when deploying. */
  readonly variable: string;
}

/** Reserved by Terraform as meta-arguments of a module. */
const RESERVED_VARIABLES = ["source", "version", "providers", "count", "for_each", "lifecycle", "depends_on", "locals"];

/** Says what came by its type alone: what stands here by mistake may be a live key. */
export const keyValueSchema = z
  .custom<KeyValueInput>((written) => typeof written === "object" && written !== null && "variable" in written, {
    error:
      'must be { variable: "name_of_a_terraform_variable" }; a key value never stands in the catalog, ' +
      "so take out what is there and replace the key if it was committed",
  })
  .pipe(
    z.strictObject(
      {
        variable: z
          .string({ error: "must be the name of a Terraform variable" })
          .refine((name) => !looksLikeAKey(name), {
            error: "looks like a key's value; name the Terraform variable that holds it, such as globex_key",
            abort: true,
          })
          .regex(/^[a-z_][a-z0-9_]{0,63}$/, {
            error: "must be the name of a Terraform variable: lower-case letters, digits and _, a letter first",
          })
          .refine((name) => !RESERVED_VARIABLES.includes(name), {
            error: "is a word that Terraform reserves; choose another",
          }),
      },
      { error: "knows only the field variable; a key value never stands in the catalog" },
    ),
  );
