import type { Row, Worksheet } from 'exceljs';
import { printActual } from '../assessment/fill';
import type { FilledForm, FilledLine } from '../assessment/filled-form';
import { printQuantity, unitStandsBefore } from '../core/target-text';
import type { FormColumn, FormColumnKey } from './form-grid';
import {
  charactersOf,
  heightFor,
  LEFT,
  nextRow,
  STRONG,
  TO_DO,
  writeLong,
  writeNumber,
  writeText,
} from './sheet-cells';

/** How many lines of text a row holds, and how wide a column may become for a text that is longer. */
const TEXT_LINES = 26;
const WIDEST = 60;

/** The columns, those of long texts wider: no row of a workbook is higher than 409 points; what is still over is written smaller. */
export function withRoom(columns: readonly FormColumn[], lines: readonly FilledLine[]): FormColumn[] {
  return columns.map((column) => {
    const { shows, width } = column;
    if (!('column' in shows)) return column;
    const longest = Math.max(0, ...lines.map((line) => charactersOf(wrapped(shows.column, line))));
    return { ...column, width: Math.max(width, Math.min(WIDEST, Math.ceil(longest / TEXT_LINES) + 2)) };
  });
}

/** The lines under their tiers. @returns the row of their heading */
export function drawLines(sheet: Worksheet, { lines }: FilledForm, columns: readonly FormColumn[]): number {
  const heading = nextRow(
    sheet,
    heightFor(
      columns.map(({ heading: text, width }) => ({ text, width })),
      2,
    ),
  );
  columns.forEach((column, at) => writeText(heading.getCell(at + 1), column.heading, STRONG));
  const tiers = columns.filter(({ shows }) => 'tier' in shows).length;
  for (const line of lines) {
    const texts = columns.flatMap(({ shows, width }) =>
      'column' in shows ? [{ text: wrapped(shows.column, line), width }] : [],
    );
    const row = nextRow(sheet, heightFor([...texts, ...tierTexts(line, lines, columns)]));
    columns.forEach(({ shows, width }, at) => {
      if ('column' in shows) writeColumn(row, at + 1, shows.column, line, width);
      else if (shows.tier === tiers - 1) writeText(row.getCell(at + 1), line.name, LEFT);
      else writeText(row.getCell(at + 1), line.path[shows.tier] ?? '', shows.tier === 0 ? STRONG : {});
    });
  }
  mergeTiers(sheet, lines, heading.number + 1, tiers - 1);
  return heading.number;
}

/** A tier is one cell over all its lines, and ends where the tier above it ends. */
function mergeTiers(sheet: Worksheet, lines: readonly FilledLine[], first: number, tiers: number): void {
  for (let tier = 0; tier < tiers; tier += 1) {
    let top = 0;
    for (let at = 1; at <= lines.length; at += 1) {
      const same = at < lines.length && sameTiers(lines[top]!, lines[at]!, tier);
      if (same) continue;
      if (at - 1 > top) sheet.mergeCells(first + top, tier + 1, first + at - 1, tier + 1);
      top = at;
    }
  }
}

function sameTiers(one: FilledLine, other: FilledLine, tier: number): boolean {
  return one.path.slice(0, tier + 1).join('\n') === other.path.slice(0, tier + 1).join('\n');
}

/** The tiers' names need room in the row only where they are not merged over several. */
function tierTexts(line: FilledLine, lines: readonly FilledLine[], columns: readonly FormColumn[]) {
  return columns.flatMap(({ shows, width }) => {
    if (!('tier' in shows)) return [];
    const text = line.path[shows.tier];
    if (text === undefined) return [{ text: line.name, width }];
    const below = lines.filter((other) => sameTiers(line, other, shows.tier)).length;
    return below === 1 ? [{ text, width }] : [];
  });
}

/** What may need several rows of text. */
function wrapped(column: FormColumnKey, line: FilledLine): string {
  if (column === 'source') return sourceOf(line);
  if (column === 'cause') return causeOf(line);
  if (column === 'forecast') return forecastOf(line);
  if (column === 'halfTarget') return line.halfTarget ?? '';
  if (column === 'target') return line.fullTarget;
  if (column === 'actual') return printActual(line);
  return '';
}

function writeColumn(row: Row, at: number, column: FormColumnKey, line: FilledLine, width: number): void {
  const cell = row.getCell(at);
  switch (column) {
    case 'halfTarget':
      return writeText(cell, line.halfTarget ?? '—');
    case 'target':
      return writeText(cell, line.fullTarget === '' ? '未定' : line.fullTarget, line.fullTarget === '' ? TO_DO : {});
    case 'actual':
      return writeActual(row, at, line);
    case 'weight':
      return writeAmount(row, at, line.weight, '—');
    case 'score':
      return writeAmount(row, at, line.score, line.weight === null ? '—' : '未计分');
    case 'deviation':
      if (line.deviation === null) return writeText(cell, '—');
      return writeNumber(cell, line.deviation.slice(0, -1), { after: '%' });
    case 'source':
      return writeLong(cell, sourceOf(line), width, LEFT);
    case 'forecast':
      return writeText(cell, forecastOf(line));
    case 'likelihood':
      return writeText(cell, line.forecast?.likelihood?.words.zh ?? '—');
    case 'cause':
      return writeLong(cell, causeOf(line), width, { ...LEFT, ...(line.cause === null && TO_DO) });
  }
}

function writeActual(row: Row, at: number, line: FilledLine): void {
  const cell = row.getCell(at);
  if (line.actual === null) writeText(cell, printActual(line), line.state === 'not_applicable' ? {} : TO_DO);
  else if (line.operator === 'label') writeText(cell, line.actual);
  else writeNumber(cell, line.actual, unitStandsBefore(line.unit) ? { before: line.unit } : { after: line.unit });
}

export function writeAmount(row: Row, at: number, amount: string | null, otherwise: string): void {
  if (amount === null) writeText(row.getCell(at), otherwise, otherwise === '—' ? {} : TO_DO);
  else writeNumber(row.getCell(at), amount);
}

/** What is typed beside the ledger's is told with its reason, and so is a rate that does not follow its typed parts. */
function sourceOf(line: FilledLine): string {
  const { typed, computed, reason, unit } = line;
  const found = foundIn(line);
  if (typed && computed !== null && ledgerTells(line))
    return `填报（${reason ?? '未说明理由'}）；${found}：${printQuantity(computed, unit)}`;
  return reason === null ? found : `${found}；理由：${reason}`;
}

function ledgerTells({ source }: FilledLine): boolean {
  return source.kind === 'metric' || source.kind === 'indicator';
}

function foundIn({ source, numerator, denominator }: FilledLine): string {
  if (source.kind === 'reported') return source.document ?? source.label;
  if (source.kind === 'budget') {
    if (!source.parts || numerator === null || denominator === null) return source.label;
    return `${source.label}：${source.parts.numerator} ${numerator} ÷ ${source.parts.denominator} ${denominator}`;
  }
  return source.parts && numerator !== null && denominator !== null
    ? `业务台账：${source.parts.numerator} ${numerator} ÷ ${source.parts.denominator} ${denominator}`
    : (source.document ?? '业务台账');
}

function forecastOf({ forecast, unit }: FilledLine): string {
  if (!forecast) return '—';
  const { value, low, high } = forecast;
  return `${printQuantity(value, unit)}（${low}–${high}）`;
}

/** The cause, or what is still to be written there. */
function causeOf({ cause, causeRequired, note }: FilledLine): string {
  if (cause !== null) return cause;
  const due = causeRequired ? `${causeRequired.zh}，须填写原因和改进措施。` : '';
  return (note?.zh ?? '') + due;
}
