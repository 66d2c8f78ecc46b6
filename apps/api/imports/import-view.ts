import type {
  ImportPhase,
  ImportQuestion,
  ImportRecord,
  KeptProblem,
  SheetColumns,
} from '../../../libs/intake/import-record';
import type { ProposedRow } from '../../../libs/intake/import-rows.queries';

/** How far an import has come. */
export interface ImportProgress {
  readonly phase: ImportPhase;
  readonly percent: number | null;
  /** Of entries, while they are posted. */
  readonly posted: number;
  /** At the speed until now; null while that is not known. */
  readonly secondsLeft: number | null;
}

export type ImportView = Omit<
  ImportRecord,
  'registryId' | 'sourceId' | 'phase' | 'done' | 'total' | 'proposedVersion' | 'mapping' | 'sheets'
> & {
  /** What the columns of each sheet were taken for; null: not yet. */
  readonly mapping: readonly SheetColumns[] | null;
  readonly progress: ImportProgress;
};

/** An import as the API shows it. */
export function viewOf(record: ImportRecord): ImportView {
  const { registryId, sourceId, phase, done, total, proposedVersion, mapping, sheets, ...view } = record;
  const begun = phase === 'read' ? record.createdAt : phase === 'post' ? record.acceptedAt : null;
  const seconds = begun === null ? null : (record.progressedAt.getTime() - begun.getTime()) / 1000;
  const known = total === null || total === 0 ? null : Math.min(1, done / total);
  const share = record.state === 'done' ? 1 : known;
  const secondsLeft = seconds !== null && share ? Math.round((seconds * (1 - share)) / share) : null;
  const percent = share === null ? null : Math.floor(share * 100);
  return {
    ...view,
    mapping: sheets?.map((sheet) => ({ ...sheet, columns: sheet.columns.map(fromOne) })) ?? null,
    notices: view.notices.map(fromOne),
    problem: view.problem && fromOne(view.problem),
    question: view.question && questionView(view.question),
    progress: { phase, percent, posted: record.entriesPosted, secondsLeft },
  };
}

/** A row as the API shows it. */
export function rowView(row: ProposedRow): ProposedRow {
  return { ...row, problems: row.problems.map((problem: KeptProblem) => fromOne(problem)) };
}

function questionView(question: ImportQuestion): ImportQuestion {
  if (question.code !== 'mapping_unclear') return question;
  const sheets = question.sheets.map((sheet) => ({
    ...sheet,
    columns: sheet.columns.map(fromOne),
    problems: sheet.problems.map((problem) => ({ ...problem, columns: problem.columns.map((column) => column + 1) })),
  }));
  return { ...question, sheets };
}

/** Columns are counted as rows are: 1 is column A. */
function fromOne<Placed extends { readonly column: number | null }>(placed: Placed): Placed {
  return { ...placed, column: placed.column === null ? null : placed.column + 1 };
}
