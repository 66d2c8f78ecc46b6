import type { FilledForm, FilledLine } from '../assessment/filled-form';

type StoredLine = Omit<FilledLine, 'reason' | 'typed'> & {
  readonly reason?: string | null;
  readonly typed: (NonNullable<FilledLine['typed']> & { readonly reason?: string | null }) | null;
};

/** As a step kept it; earlier the reason stood with what was typed, and a line had none of its own. */
export type StoredForm = Omit<FilledForm, 'lines'> & { readonly lines: readonly StoredLine[] };

export function formOfStored(stored: StoredForm): FilledForm {
  return {
    ...stored,
    lines: stored.lines.map(({ typed, reason, ...line }) => ({
      ...line,
      typed: typed && { actual: typed.actual, difference: typed.difference },
      reason: reason ?? typed?.reason ?? null,
    })),
  };
}
