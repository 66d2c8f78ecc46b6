import { useRef, type ClipboardEvent, type KeyboardEvent } from 'react';
import { addDecimals, group } from '../figures/format';
import { orgName } from '../entries/entry-words';
import { useWords, type Words } from '../language';
import { useView } from '../view';
import { readBlock, readCell } from './cell-text';
import { columnName, type SheetColumn } from './sheet-columns';
import type { Cell } from './sheet-state';

interface SheetGridProps {
  rows: readonly { org: string; cells: readonly Cell[] }[];
  columns: readonly SheetColumn[];
  /** What the server refused, by cell. */
  refused: ReadonlyMap<string, string>;
  type: (texts: ReadonlyMap<string, string>) => void;
  /** Told of what was pasted beyond the sheet. */
  outside: (texts: readonly string[]) => void;
}

/** Orgs down, kinds across; it is filled like a spreadsheet. */
export function SheetGrid({ rows, columns, refused, type, outside }: SheetGridProps) {
  const words = useWords();
  const { t, unit } = words;
  const view = useView();
  const table = useRef<HTMLTableElement>(null);
  const focus = (row: number, column: number): boolean => {
    const field = table.current?.querySelector<HTMLInputElement>(`[data-place="${row} ${column}"]`);
    field?.focus();
    field?.select();
    return field !== null && field !== undefined;
  };
  const move = (event: KeyboardEvent<HTMLInputElement>, row: number, column: number, cell: Cell) => {
    if (event.nativeEvent.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const { selectionStart, selectionEnd, value } = event.currentTarget;
    const whole = selectionStart === 0 && selectionEnd === value.length;
    const to: Readonly<Record<string, readonly [number, number] | undefined>> = {
      ArrowUp: [row - 1, column],
      ArrowDown: [row + 1, column],
      Enter: event.shiftKey ? [row - 1, column] : [row + 1, column],
      ArrowLeft: whole || selectionEnd === 0 ? [row, column - 1] : undefined,
      ArrowRight: whole || selectionStart === value.length ? [row, column + 1] : undefined,
    };
    if (event.key === 'Escape') {
      event.preventDefault();
      type(new Map([[cell.key, '']]));
      return;
    }
    const [toRow, toColumn] = to[event.key] ?? [];
    if (toRow === undefined || toColumn === undefined || (event.shiftKey && event.key !== 'Enter')) return;
    event.preventDefault();
    // At the foot of a column Enter goes on at the head of the next one.
    if (!focus(toRow, toColumn) && event.key === 'Enter' && !event.shiftKey) focus(0, column + 1);
  };
  const paste = (event: ClipboardEvent<HTMLInputElement>, row: number, column: number) => {
    const text = event.clipboardData.getData('text/plain');
    if (!/[\t\n\r]/.test(text)) return;
    event.preventDefault();
    const [texts, beyond] = [new Map<string, string>(), [] as string[]];
    readBlock(text).forEach((line, down) =>
      line.forEach((pasted, right) => {
        const cell = rows[row + down]?.cells[column + right];
        if (cell) texts.set(cell.key, pasted.trim());
        else if (pasted.trim() !== '') beyond.push(pasted.trim());
      }),
    );
    type(texts);
    outside(beyond);
  };
  const total = (cells: readonly Cell[]) => sayTotal(cells, unit);
  return (
    <div className="scroll sheet-scroll">
      <table className="sheet" ref={table}>
        <caption className="away">{t('daySheet')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('org')}</th>
            {columns.map((column) => (
              <th key={column.code} scope="col">
                {columnName(column, view, words)}
                <small>{unit(column.unit)}</small>
              </th>
            ))}
            <th scope="col">{t('sheetRowTotal')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ org, cells }, row) => (
            <tr key={org}>
              <th scope="row">{orgName(org, view, words)}</th>
              {cells.map((cell, column) => {
                const said = sayProblem(cell, refused, t);
                const note = said ?? sayStanding(cell, t);
                return (
                  <td key={cell.key} className={said ? 'sheet-wrong' : `sheet-${cell.does}`}>
                    <input
                      data-place={`${row} ${column}`}
                      aria-label={t('sheetCell', {
                        org: orgName(org, view, words),
                        kind: columnName(cell.column, view, words),
                      })}
                      aria-invalid={said ? true : undefined}
                      aria-describedby={note ? `about ${cell.key}`.replaceAll(/[^\w]/g, '-') : undefined}
                      inputMode="decimal"
                      autoComplete="off"
                      value={cell.text}
                      placeholder={cell.stands === null ? '' : group(cell.stands)}
                      onChange={({ target }) => type(new Map([[cell.key, target.value]]))}
                      onFocus={({ target }) => target.select()}
                      onBlur={({ target }) => {
                        const read = readCell(target.value);
                        if (read !== target.value) type(new Map([[cell.key, read]]));
                      }}
                      onKeyDown={(event) => move(event, row, column, cell)}
                      onPaste={(event) => paste(event, row, column)}
                    />
                    {note && <small id={`about ${cell.key}`.replaceAll(/[^\w]/g, '-')}>{note}</small>}
                  </td>
                );
              })}
              <td className="sheet-total">{total(cells)}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{t('sheetColumnTotal')}</th>
            {columns.map((column, index) => (
              <td key={column.code} className="sheet-total">
                {total(rows.flatMap(({ cells }) => cells[index] ?? []))}
              </td>
            ))}
            <td />
          </tr>
        </tfoot>
      </table>
    </div>
  );
}

type Say = Words['t'];

function sayProblem({ key, problem, column }: Cell, refused: ReadonlyMap<string, string>, t: Say): string | undefined {
  if (problem === 'number') return t('sheetNotNumber');
  if (problem === 'multiple') return t('sheetNotMultiple', { step: column.step ?? '1' });
  return refused.get(key);
}

function sayStanding({ stands, standing, does, value }: Cell, t: Say): string | undefined {
  if (stands === null) return undefined;
  if (does === 'corrects') return t('sheetCorrects', { from: group(stands), to: group(value ?? '') });
  const quantity = group(stands);
  return standing.length > 1
    ? t('sheetStandsOf', { count: standing.length, quantity })
    : t('sheetStands', { quantity });
}

/** What cells come to, a number for each unit. */
function sayTotal(cells: readonly Cell[], unit: Words['unit']): string {
  const units = [...new Set(cells.map(({ column }) => column.unit))];
  return units
    .flatMap((one) => {
      const values = cells.flatMap(({ column, value }) => (column.unit === one && value !== null ? [value] : []));
      const sum = addDecimals(values);
      return values.length === 0 ? [] : [`${group(sum)} ${unit(one, sum)}`];
    })
    .join(' · ');
}
