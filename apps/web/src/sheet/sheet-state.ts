import type { EntryInput } from '../api/answers';
import type { DayTally } from '../api/sheet';
import { addDecimals, compareDecimals } from '../figures/format';
import { problemOfCell, readCell, type CellProblem } from './cell-text';
import type { SheetColumn } from './sheet-columns';
import type { SheetDraft } from './sheet-draft';

export function cellKey(org: string, column: SheetColumn): string {
  return `${org} ${column.code}`;
}

/** A cell of the sheet: what stands, what was typed, and what saving would do. */
export interface Cell {
  readonly key: string;
  readonly org: string;
  readonly column: SheetColumn;
  readonly text: string;
  readonly standing: readonly DayTally[];
  /** What stands in all; nothing if nothing was logged. */
  readonly stands: string | null;
  readonly problem: CellProblem | undefined;
  readonly does: 'nothing' | 'logs' | 'corrects';
  /** What it will hold: typed, or standing. */
  readonly value: string | null;
}

export function cellOf(org: string, column: SheetColumn, draft: SheetDraft, tallies: readonly DayTally[]): Cell {
  const key = cellKey(org, column);
  const text = draft.cells[key]?.text ?? '';
  const standing = tallies.filter(
    (one) => one.org === org && one.kind === column.kind && one.outcome === column.outcome,
  );
  const nil = tallies.filter((one) => one.org === org && one.kind === column.kind && one.quantity === '0');
  // A nil return of a kind with outcomes says no outcome.
  const all = column.outcome !== null ? [...standing, ...nil.filter((one) => !standing.includes(one))] : standing;
  const stands = all.length === 0 ? null : addDecimals(all.map(({ quantity }) => quantity));
  const typed = readCell(text);
  const problem = typed === '' ? undefined : problemOfCell(typed, column.step);
  const same = stands !== null && problem === undefined && typed !== '' && compareDecimals(typed, stands) === 0;
  const does = typed === '' || problem || same ? 'nothing' : stands === null ? 'logs' : 'corrects';
  return {
    ...{ key, org, column, text, standing: all, stands, problem, does },
    value: typed !== '' && problem === undefined ? typed : stands,
  };
}

/** What is sent for some cells, with ids that are kept until it was taken. */
export function sheetBody(
  cells: readonly Cell[],
  day: string,
  draft: SheetDraft,
  late: boolean,
): { entries: EntryInput[]; taken: { id: string; reverses: string }[]; draft: SheetDraft } {
  const typed = { ...draft.cells };
  const reversals: Record<string, string> = { ...draft.reversals };
  const why = draft.why.trim();
  const takenBack = new Set<string>();
  const entries = cells.map((cell): EntryInput => {
    const kept = typed[cell.key];
    // What was logged already, and is to be another number now, is another entry.
    const used = kept === undefined || cell.standing.some(({ id }) => id === kept.id);
    const id = used ? crypto.randomUUID() : kept.id;
    typed[cell.key] = { text: cell.text, id };
    for (const one of cell.standing) {
      reversals[one.id] ??= crypto.randomUUID();
      takenBack.add(one.id);
    }
    const quantity = readCell(cell.text);
    return {
      id,
      kind: cell.column.kind,
      org: cell.org,
      occurredOn: day,
      quantity,
      outcome: quantity === '0' ? undefined : (cell.column.outcome ?? undefined),
      justification: late && why !== '' ? why : undefined,
    };
  });
  const taken = [...takenBack].map((reverses) => ({ id: reversals[reverses]!, reverses }));
  return { entries, taken, draft: { ...draft, cells: typed, reversals } };
}
