import type { GatewayModel } from "../../src/model/model";
import { identitiesIn, joinedIdentities } from "../../src/replay/log-identities";

const modelOf = (parts: object) => parts as unknown as GatewayModel;
const of = (keys: Record<string, string>, apis: Record<string, string> = {}) => ({
  keys: new Map(Object.entries(keys)),
  apis: new Map(Object.entries(apis)),
});

test("a state says of ids in AWS what the catalog calls them, and of others what they are called there", () => {
  const model = modelOf({
    keys: [
      { awsId: "key1", subscription: "ann", key: "main", id: "aws_api_gateway_api_key.ann" },
      { awsId: "key2", subscription: undefined, key: undefined, id: "aws_api_gateway_api_key.old" },
      { awsId: undefined, subscription: "joe", key: "main", id: "aws_api_gateway_api_key.joe" },
    ],
    apis: [
      { awsId: "api1", api: "pets", id: "aws_api_gateway_rest_api.pets" },
      { awsId: "api2", api: undefined, id: "aws_api_gateway_rest_api.old" },
      { awsId: undefined, api: "cats", id: "aws_api_gateway_rest_api.cats" },
    ],
    external: {
      keys: [{ awsId: "key3", subscription: "eve", key: "ci", id: "key3" }],
      apis: [{ awsId: "api3", id: "dogs" }],
    },
  });
  expect(identitiesIn(model)).toEqual(
    of(
      { key1: "ann", key2: "aws_api_gateway_api_key.old", key3: "eve/ci" },
      { api1: "pets", api2: "aws_api_gateway_rest_api.old", api3: "dogs" },
    ),
  );
});

test("of an id that two sources know, the first one is believed", () => {
  const joined = joinedIdentities([
    of({ a: "1" }, { x: "9" }),
    of({ a: "2", b: "3" }),
    of({ b: "4", c: "5" }, { x: "8" }),
  ]);
  expect(joined).toEqual(of({ a: "1", b: "3", c: "5" }, { x: "9" }));
  expect(joinedIdentities([])).toEqual(of({}));
});
