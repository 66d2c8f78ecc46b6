import type { KindDefinition } from '../../../../libs/catalogue/kind-definition';
import { kindName, outcomeName } from '../entries/entry-words';
import type { Words } from '../language';
import type { View } from '../view';

/** What a column counts: a kind, or one outcome of it. */
export interface SheetColumn {
  readonly code: string;
  readonly kind: string;
  readonly outcome: string | null;
  readonly unit: string;
  readonly step: '0.5' | '0.01' | undefined;
}

/** What a day's number says enough of: tallies that need no reason and nothing else. */
function columnsOf(kind: KindDefinition): SheetColumn[] {
  if (!kind.tally || kind.opening || kind.reported || kind.reasons) return [];
  if (kind.attributes?.some(({ required }) => required)) return [];
  const { unit, step } = kind;
  if (!kind.outcomes) return [{ code: kind.code, kind: kind.code, outcome: null, unit, step }];
  return kind.outcomes
    .filter(({ reasons }) => !reasons)
    .map(({ code }) => ({ code: `${kind.code}:${code}`, kind: kind.code, outcome: code, unit, step }));
}

export function sheetColumns({ catalogue, kinds }: View): { family: string; columns: SheetColumn[] }[] {
  return catalogue.families
    .map((family) => ({
      family: family.code,
      columns: family.kinds.flatMap((code) => {
        const kind = kinds.get(code);
        return kind ? columnsOf(kind) : [];
      }),
    }))
    .filter(({ columns }) => columns.length > 0);
}

export function columnName({ kind, outcome }: SheetColumn, view: View, words: Words): string {
  return [kindName(kind, view, words), outcomeName(kind, outcome, view, words)].filter(Boolean).join(' · ');
}

export const FIRST_COLUMNS = [
  'RecruitmentRegistered',
  'SampleCollected',
  'SampleSent',
  'SampleReceived',
  'DonorEnrolled',
];
