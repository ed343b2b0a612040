import { prepareWith } from "./aws-cdk";

/** AWS CDK without all that can be switched off: the validation of its templates, and `tree.json`. */
export const prepare = prepareWith({ builtinCloudFormationValidation: false, treeMetadata: false });
