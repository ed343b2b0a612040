import type { Tags } from "../vocabulary/tags";
import type { EditingOptions } from "./editing-files";

/** Options of all commands that edit a subscription. */
export interface EditCommandOptions extends EditingOptions {
  readonly catalog: string;
  /** The day that is taken as today's, in UTC. */
  readonly today: string;
}

export interface AddOptions extends EditCommandOptions {
  readonly tier: string;
  readonly file?: string;
  readonly customer?: string;
  readonly cohort?: string;
  readonly startsOn?: string;
  readonly endsOn?: string;
  readonly trial?: string;
  readonly trialUntil?: string;
  readonly tag: Tags;
}

export interface MoveOptions extends EditCommandOptions {
  readonly tier: string;
  readonly on?: string;
}

export interface ResumeOptions extends EditCommandOptions {
  readonly endsOn?: string;
}

export interface RenameOptions extends EditCommandOptions {
  readonly deployed?: boolean;
}

export interface RotateOptions extends EditCommandOptions {
  readonly key?: string;
  readonly on?: string;
  readonly disable?: string;
  readonly remove?: string;
  readonly leaked?: string;
  readonly force: boolean;
}

export interface EndOptions extends EditCommandOptions {
  readonly on?: string;
  readonly force: boolean;
}
