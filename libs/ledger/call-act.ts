import type { Act } from '../accounts/audit';
import type { AppendResult, PreparedCall } from './append';
import type { AppendedRow } from './appended-row';

type Counts = Omit<AppendResult, 'results'>;

/** What became of a call's rows. */
export function countsOf(answers: ReadonlyMap<number, AppendedRow>): Counts {
  const counts = { created: 0, unchanged: 0, refused: 0 };
  for (const { status } of answers.values()) counts[status] += 1;
  return counts;
}

/** R22: one row per request. */
export function actOf({ stated, options }: PreparedCall, { created, unchanged, refused }: Counts): Act[] {
  const { audit, registryId, actor } = options;
  if (!audit) return [];
  const [only] = stated.length === 1 ? stated : [];
  return [
    {
      ...audit,
      registryId,
      actor,
      thing: only?.id ?? null,
      org: only?.checked?.org ?? options.org ?? null,
      result: refused > 0 && created + unchanged === 0 ? 'refused' : 'done',
      detail: { ...audit.detail, created, unchanged, refused },
    },
  ];
}
