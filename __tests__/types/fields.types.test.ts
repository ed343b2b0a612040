import { z } from "zod";
import { fieldsOf } from "../../src/vocabulary/schema";

interface Written {
  readonly name: string;
  readonly size?: 1 | 2;
}

// The schema lacks a field of the type
// @ts-expect-error
fieldsOf<Written>()({ name: z.string() });

// The type lacks a field of the schema
fieldsOf<Written>()({
  name: z.string(),
  size: z.literal([1, 2]).optional(),
  // @ts-expect-error
  color: z.string().optional(),
});

fieldsOf<Written>()({
  name: z.string(),
  // @ts-expect-error: the schema refuses a value that may be written
  size: z.literal(1).optional(),
});

fieldsOf<Written>()({
  name: z.string(),
  // @ts-expect-error: the schema takes a value that may not be written
  size: z.literal([1, 2, 3]).optional(),
});

fieldsOf<Written>()({
  name: z.string(),
  // @ts-expect-error: the schema asks for what may be left out
  size: z.literal([1, 2]),
});

test("a schema and a type that agree compile, and the schema reads what may be written", () => {
  const schema = fieldsOf<Written>()({ name: z.string(), size: z.literal([1, 2]).optional() });
  expect(schema.safeParse({ name: "a", size: 2 } satisfies Written).success).toBe(true);
  expect(schema.safeParse({ name: "a", color: "red" }).error?.issues[0]?.message).toMatch(/its fields are name, size/);
});
