/** The end of a remedy where a key or a usage plan goes: AWS forgets with it what was used. */
export const COLLECT_FIRST =
  'Run "api-tiers usage collect" before this is applied, if it is billed: its use goes with it.';
