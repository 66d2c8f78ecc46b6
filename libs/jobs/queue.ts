/** The one queue of the product. */
export const LEDGER_QUEUE = 'ledger';

/** What each job carries. A job is only a wake-up: what there is to do stands in the database. */
export interface JobPayloads {
  /** Recompute what the marks of one registry name. */
  recompute: { readonly registryId: number };
  /** Recompute every registry that has a mark left, so that a lost `recompute` loses nothing. */
  sweep: Record<string, never>;
  /** Read and compare a file that has been received, or post one that has been accepted. */
  import: { readonly registryId: number; readonly importId: string };
  /** Recount with independent SQL and report every drift. */
  verify: Record<string, never>;
  /** Let the rules of data quality look at every registry. */
  quality: Record<string, never>;
  /** Queue what is told each morning to who wants to be told. */
  notify: Record<string, never>;
  /** Send what is due to be sent. */
  deliver: Record<string, never>;
  /** Make a backup, restore it beside the office, and recount it there. */
  drill: Record<string, never>;
}

export type JobName = keyof JobPayloads;

export const JOB_NAMES = [
  'recompute',
  'sweep',
  'import',
  'verify',
  'quality',
  'notify',
  'deliver',
  'drill',
] as const satisfies readonly JobName[];
