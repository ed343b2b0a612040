import type { CollectionTag, ScalarTag, YAMLMap, YAMLSeq } from "yaml";

/** Functions that CloudFormation's YAML writes as tags, such as `!Sub`. */
const FUNCTIONS = [
  "And",
  "Base64",
  "Cidr",
  "Condition",
  "Equals",
  "FindInMap",
  "GetAtt",
  "GetAZs",
  "If",
  "ImportValue",
  "Join",
  "Not",
  "Or",
  "Ref",
  "Select",
  "Split",
  "Sub",
  "Transform",
] as const;

const nameOf = (tag: string) => (tag === "Ref" || tag === "Condition" ? tag : `Fn::${tag}`);

/** Reads the short forms of CloudFormation's functions as the long ones: without them, `!Sub` would be a plain text. */
export function cloudFormationTags({
  Pair,
  Scalar,
  YAMLMap: MapNode,
}: typeof import("yaml")): (ScalarTag | CollectionTag)[] {
  const inFunction = (tag: string, argument: unknown) => {
    const map: YAMLMap = new MapNode();
    map.items.push(new Pair(new Scalar(nameOf(tag)), argument));
    return map;
  };
  return FUNCTIONS.flatMap((tag): (ScalarTag | CollectionTag)[] => [
    { tag: `!${tag}`, resolve: (text: string) => ({ [nameOf(tag)]: text }) },
    {
      tag: `!${tag}`,
      collection: "seq",
      resolve: (argument: YAMLSeq.Parsed | YAMLMap.Parsed) => inFunction(tag, argument),
    },
    {
      tag: `!${tag}`,
      collection: "map",
      resolve: (argument: YAMLSeq.Parsed | YAMLMap.Parsed) => inFunction(tag, argument),
    },
  ]);
}
