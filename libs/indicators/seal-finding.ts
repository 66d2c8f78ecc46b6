import type { ValueMoved } from './verify-seals.queries';

/** Where the seals do not hold. */
export interface SealFinding {
  readonly period: string | null;
  readonly number: number | null;
  /**
   * `missing`: the period was closed, or an earlier recount saw the seal, and there is none. `added`: the period was not
   * closed so often. `broken`: does not follow the seal before it. `changed`: its hash is not that of what it says.
   * `rewritten`: another hash was noted before. `entries`: the ledger's entries of the month are others. `figures`: the
   * values stored with it are others. `value`: a value of today is not what was sealed.
   * `history`: what is kept of closing and reopening the month is not what was done.
   */
  readonly problem:
    'missing' | 'added' | 'broken' | 'changed' | 'rewritten' | 'entries' | 'figures' | 'value' | 'history';
  /** Of `value`: which one, as it was sealed and as it is. */
  readonly value?: ValueMoved;
}
