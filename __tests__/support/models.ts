/** What refers to a model of a catalog. */
export const ref = (name: string) => ({ $ref: `#/models/${name}` });

export const owner = { type: "object", required: ["name"], properties: { name: { type: "string" } } };
export const pet = { type: "object", description: "A pet", properties: { owner: ref("Owner") } };

/** A person lives in a house, which contains people. */
export const circle = {
  Person: { type: "object", required: ["name"], properties: { name: { type: "string" }, house: ref("House") } },
  House: { type: "object", properties: { contains: { type: "array", items: ref("Person") } } },
};
