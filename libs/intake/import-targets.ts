import type { DataSource } from 'typeorm';
import type { Principal } from '../accounts/principal';
import { DomainError, type Sentence } from '../core/domain-error';
import { readTarget, type TargetFields, type TargetInput } from '../targets/target-input';
import { setTargets, type TargetsSet } from '../targets/targets';
import { openSource } from './open-source';
import { columnLetters, type SourceRow, type SourceSheet } from './source-file';

/** A cell of a file of targets that cannot be taken; as Excel names it. */
export interface TargetProblem {
  readonly row: number;
  /** Null: the whole row. */
  readonly column: string | null;
  readonly code: string;
  readonly sentence: Sentence;
}

export interface TargetsImported {
  readonly problems: readonly TargetProblem[];
  /** What was set; null where nothing was, because of a problem or because nothing was to be. */
  readonly done: TargetsSet | null;
  readonly rows: number;
}

const COLUMNS: Readonly<Record<string, keyof TargetFields>> = {
  org: 'org',
  机构: 'org',
  机构代码: 'org',
  period: 'period',
  期间: 'period',
  key: 'key',
  指标: 'key',
  指标代码: 'key',
  target: 'target',
  指标值: 'target',
  目标: 'target',
  目标值: 'target',
};
const NEEDED = ['org', 'period', 'key', 'target'] as const;
const PROBLEMS_AT_MOST = 200;

/**
 * Takes targets in from an xlsx or CSV file with the columns 机构, 期间, 指标 and 指标值 (org, period, key, target), the
 * last as printed: `≥100例`. All of them are set, or none.
 *
 * @param dryRun only looks
 * @throws {DomainError} when the file cannot be read, or lacks a column; or as `setTargets` does
 */
export async function importTargets(
  source: DataSource,
  principal: Principal,
  file: { readonly path: string; readonly name: string },
  { reason, dryRun }: { readonly reason: string | null; readonly dryRun: boolean },
): Promise<TargetsImported> {
  const { rows, inputs, problems } = await readFile(principal, file);
  if (problems.length > 0 || dryRun) return { rows, problems, done: null };
  return { rows, problems, done: await setTargets(source, principal, inputs, reason) };
}

async function readFile(
  principal: Principal,
  { path, name }: { readonly path: string; readonly name: string },
): Promise<{ rows: number; inputs: TargetInput[]; problems: TargetProblem[] }> {
  const opened = await openSource(path, name);
  try {
    const [sheet] = opened.sheets;
    if (!sheet) throw columnsMissing(NEEDED);
    const places = placesOf(sheet);
    const inputs: TargetInput[] = [];
    const problems: TargetProblem[] = [];
    const seen = new Map<string, number>();
    let rows = 0;
    for await (const row of sheet.rows()) {
      rows += 1;
      if (problems.length >= PROBLEMS_AT_MOST) break;
      const read = readRow(principal, row, places);
      if ('sentence' in read) problems.push(read);
      else if (seen.has(placeOf(read))) problems.push(twice(row.row, seen.get(placeOf(read)) ?? 0));
      else inputs.push(read);
      if (!('sentence' in read)) seen.set(placeOf(read), row.row);
    }
    if (rows === 0) throw new DomainError('file_empty', NO_ROWS, { field: 'file' });
    return { rows, inputs, problems };
  } finally {
    await opened.close();
  }
}

function placesOf({ head }: SourceSheet): Map<keyof TargetFields, number> {
  const places = new Map<keyof TargetFields, number>();
  head.forEach((name, at) => {
    const field = COLUMNS[name.trim().toLowerCase()];
    if (field && !places.has(field)) places.set(field, at);
  });
  const missing = NEEDED.filter((field) => !places.has(field));
  if (missing.length > 0) throw columnsMissing(missing);
  return places;
}

function readRow(
  principal: Principal,
  { row, cells, problems = [] }: SourceRow,
  places: ReadonlyMap<keyof TargetFields, number>,
): TargetInput | TargetProblem {
  const [cell] = problems;
  if (cell) return problemAt(row, cell.column, cell.problem);
  try {
    return readTarget(principal, Object.fromEntries([...places].map(([field, at]) => [field, cells[at] ?? ''])));
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return problemAt(row, places.get(error.details.field as keyof TargetFields) ?? null, error);
  }
}

function problemAt(row: number, column: number | null, { code, sentence }: DomainError): TargetProblem {
  return { row, column: column === null ? null : columnLetters(column), code, sentence };
}

function twice(row: number, before: number): TargetProblem {
  const sentence = {
    zh: `与第 ${before} 行是同一个机构、期间和指标，请只留一行。`,
    en: `The same org, period and figure stand in row ${before}; keep one.`,
  };
  return { row, column: null, code: 'target_twice', sentence };
}

function placeOf({ org, period, key }: TargetInput): string {
  return `${org} ${period} ${key}`;
}

const NO_ROWS: Sentence = { zh: '文件里没有一行目标。', en: 'The file holds no row of targets.' };

function columnsMissing(fields: readonly (keyof TargetFields)[]): DomainError {
  const names = { org: '机构', period: '期间', key: '指标', target: '指标值', operator: '', value: '' };
  const missing = fields.map((field) => `${names[field]}（${field}）`).join('、');
  return new DomainError(
    'columns_missing',
    { zh: `文件缺少列：${missing}。`, en: `The file lacks the columns ${fields.join(', ')}.` },
    { field: 'file' },
  );
}
