/**
 * Outputs of the stacks: a public contract, since states keep them under these names, and other stacks, pipelines and
 * people read them there.
 */
export const outputNames = {
  /** Of a definition: id of the REST API. */
  restApiId: "rest_api_id",
  /** Of a definition: `arn:aws:execute-api:…`, without a stage. */
  executionArn: "execution_arn",
  /** Of a definition: the version that the last deploy published, which a release pins. */
  functionVersion: (handler: string): string => `function_version_${handler}`,
  /** Of a release: where the stage answers. */
  invokeUrl: "invoke_url",
  /** Of a release whose stage has an access log of its own. */
  accessLogGroup: "access_log_group",
  /** Of `domains`: where the DNS record of each name must lead, by name, with the hosted zone of that target. */
  domainTargets: "domain_targets",
  /** Of `access`: id of a tier's usage plan. */
  usagePlanId: (tier: string): string => `usage_plan_id_${tier}`,
} as const;
