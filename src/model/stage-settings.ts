import { blockOf, blocksOf, stringOf } from "../contract/attributes";
import { STAGE } from "../contract/stage";
import type { CanaryModel, WebAclModel } from "./model";
import type { ResourceIndex } from "./resource-index";
import { referencesIn, type TerraformResource } from "./terraform-resource";

/** Associations with what filters the requests of a stage. */
export function webAclAssociations(stage: TerraformResource, index: ResourceIndex): TerraformResource[] {
  const arns = index.attributeTexts(stage, "arn");
  return ["aws_wafv2_web_acl_association", "aws_wafregional_web_acl_association"]
    .flatMap((type) => index.ofType(type))
    .filter(({ attributes }) => {
      const arn = stringOf(attributes.resource_arn);
      return arns.includes(arn) || referencesIn(arn).some(({ address }) => address === stage.address);
    });
}

/** What filters the requests of a stage. */
export function webAclOf(stage: TerraformResource, index: ResourceIndex): WebAclModel | undefined {
  const [association] = webAclAssociations(stage, index);
  if (!association) return undefined;
  const { web_acl_arn, web_acl_id } = association.attributes;
  const named = stringOf(web_acl_arn) || stringOf(web_acl_id);
  const [acl] = [
    ...index.referredIn(named, "aws_wafv2_web_acl"),
    ...index.referredIn(named, "aws_wafregional_web_acl"),
    ...index.ofType("aws_wafv2_web_acl").filter((each) => index.attributeTexts(each, "arn").includes(named)),
  ];
  if (!acl) return { ...index.originOf(association), defaultAction: undefined, rules: 0 };
  const action = blockOf(acl.attributes.default_action);
  const isBlocked = "block" in action ? blocksOf(action.block).length > 0 : /^block$/i.test(stringOf(action.type));
  return {
    ...index.originOf(acl),
    defaultAction: isBlocked ? "block" : "allow",
    rules: blocksOf(acl.attributes.rule).length + blocksOf(acl.attributes.rules).length,
  };
}

/** The part of the requests of a stage that gets other variables. */
export function canaryOf({ attributes }: TerraformResource): CanaryModel | undefined {
  const { canary_settings: canary, variables } = STAGE.read(attributes);
  if (!canary) return undefined;
  return { percentTraffic: canary.percent_traffic, variables: { ...variables, ...canary.stage_variable_overrides } };
}
