import { createInterface } from 'node:readline/promises';
import type { DataSource } from 'typeorm';
import { INDICATORS } from '../../libs/catalogue/indicators';
import { findKind } from '../../libs/catalogue/kinds';
import { METRICS } from '../../libs/catalogue/metrics';
import { DomainError } from '../../libs/core/domain-error';
import { FIELD_NAMES, fieldName, fieldsCalled, plainName } from '../../libs/intake/column-names';
import type { ImportEffect } from '../../libs/intake/import-effect';
import type { ImportCounts, ImportQuestion, ImportRecord } from '../../libs/intake/import-record';
import { placed } from '../../libs/intake/import-places';
import { findProposedRows } from '../../libs/intake/import-rows.queries';
import type { RememberedMapping } from '../../libs/intake/mapping';
import { columnLetters } from '../../libs/intake/source-file';
import type { Progress } from './progress';
import { asTable } from './table';

const ROWS_AT_ONCE = 500;
const ROWS_SAID = 1_000;
const FIGURES_SHOWN = 40;

const NAMES = new Map<string, string>([...METRICS, ...INDICATORS].map(({ key, label }) => [key, label.zh]));

/** What an import would do, to be read before it is accepted. */
export function tableOfEffect({ counts, months, figures, notice }: ImportEffect): string {
  const counted = asTable(
    [
      '新增 new',
      '其中重新登记 returning',
      '未变 unchanged',
      '更正 changed',
      '冲销 gone',
      '无效 invalid',
      '未冲销 left',
    ],
    [
      [
        counts.new,
        counts.returning,
        counts.unchanged,
        counts.changed,
        counts.gone,
        counts.invalid,
        counts.held + counts.blocked,
      ].map(String),
    ],
  );
  const moved = asTable(
    ['月份 month', '种类 kind', '登记 entries', '冲销 reversals', '数量 quantity'],
    months.map(({ month, kind, entries, reversals, quantity }) => [
      month,
      findKind(kind)?.label.zh ?? kind,
      `${entries}`,
      `${reversals}`,
      quantity,
    ]),
  );
  if (figures === null) {
    return `${counted}\n${moved}\n${notice?.zh ?? ''} ${notice?.en ?? ''}\n`;
  }
  const lines = [...figures.metrics, ...figures.indicators].filter(({ period }) => period.length === 4);
  const shown = lines.slice(0, FIGURES_SHOWN);
  const values = asTable(
    ['指标 figure', '编码 key', '期间 period', '现值 now', '导入后 then', '差 difference'],
    shown.map(({ key, period, before, after, difference }) => [
      NAMES.get(key) ?? '',
      key,
      period,
      before ?? '—',
      after ?? '—',
      difference ?? '—',
    ]),
  );
  const rest = lines.length - shown.length;
  return `${counted}\n${moved}\n${values}${rest > 0 ? `另有 ${rest} 个指标变动。 ${rest} more figures would move.\n` : ''}`;
}

/** What somebody has to agree to who has seen the table. */
export function acceptanceMissing({ changed, gone, returning }: ImportCounts, reasonNeeded: boolean): DomainError {
  const acts = [
    { count: changed, zh: `更正 ${changed} 条`, en: `correct ${changed} entries` },
    { count: gone, zh: `冲销 ${gone} 条`, en: `take back ${gone}` },
    { count: returning, zh: `重新登记 ${returning} 条此前已冲销的`, en: `log again ${returning} that were taken back` },
  ].filter(({ count }) => count > 0);
  const options = reasonNeeded ? '--accept --reason 理由' : '--accept';
  return new DomainError('acceptance_missing', {
    zh: `这份文件会${acts.map(({ zh }) => zh).join('、')}登记，没有写入。看过上表后加 ${options} 再运行。`,
    en: `This file would ${acts.map(({ en }) => en).join(', ')}; nothing was written. See the table above, and run it again with ${options}.`,
  });
}

/** The question of an import that cannot go on, with the way to answer it here. */
export function stoppedBy(question: ImportQuestion): DomainError {
  const {
    code,
    sentence: { zh, en },
  } = question;
  if (code === 'program_fault') return new DomainError(code, { zh, en });
  if (code === 'mapping_unclear') {
    const kindMissing = question.sheets.some(({ problems }) => problems.some(({ field }) => field === 'kind'));
    const kinds = new Set(question.sheets.flatMap(({ kind }) => (kind === null ? [] : [kind])));
    const attributes = [...kinds].flatMap((kind) => findKind(kind)?.attributes ?? []);
    const fields = [...FIELD_NAMES.map(({ field }) => fieldName(field)), ...attributes.map(({ label }) => label)];
    return new DomainError(code, {
      zh: `${zh}请加 --map 列名=项 再运行，不导入的列写 --map 列名=；项有：${fields.map((field) => field.zh).join('、')}。${
        kindMissing
          ? '整份文件是同一种类时，用 --kind 种类 代替“种类”列，不带参数运行 ledger template 可看到全部种类。'
          : ''
      }`,
      en: `${en} Run it again with --map column=field, or --map column= for one that is not imported; the fields are: ${fields.map((field) => field.en).join(', ')}.${
        kindMissing
          ? ' Where all rows are of one kind, --kind stands for that column; ledger template lists the kinds.'
          : ''
      }`,
    });
  }
  return new DomainError(code, {
    zh: `${zh}用同一命令加 --reason 理由 再运行即可继续。`,
    en: `${en} Run the same command with --reason to go on.`,
  });
}

/** Each invalid row with its sentence. */
export async function sayInvalidRows(source: DataSource, record: ImportRecord, progress: Progress): Promise<void> {
  const { registryId, importId } = record;
  let after = { sheet: -1, row: 0 };
  for (let said = 0; said < ROWS_SAID; said += ROWS_AT_ONCE) {
    const rows = await findProposedRows(source.manager, registryId, importId, 'invalid', after, ROWS_AT_ONCE);
    for (const { sheet, row, problems } of placed(record, rows)) {
      for (const { field, column, sentence } of problems) {
        const place = sheet === 0 ? `第 ${row} 行` : `第 ${(sheet ?? 0) + 1} 张表第 ${row} 行`;
        const name = field === null ? '' : ` ${fieldName(field).zh}`;
        const cell = column === null ? '' : `（${columnLetters(column)}${row}）`;
        progress.say(`${place}${name}${cell}：${sentence.zh} ${sentence.en}`);
      }
    }
    const last = rows.at(-1);
    if (!last || rows.length < ROWS_AT_ONCE) return;
    after = { sheet: last.sheet ?? 0, row: last.row ?? 0 };
  }
  progress.say('还有更多无效的行，请用 --errors 写出工作簿。 There are more; write them to a workbook with --errors.');
}

/** Asks on the terminal. */
export async function confirm(): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^(y|yes|是)$/i.test((await terminal.question('写入台账？ Import it? (y/N) ')).trim());
  } finally {
    terminal.close();
  }
}

/**
 * `--map 列名=项`: what a column is taken for; nothing after the sign: it is not imported.
 *
 * @throws {DomainError} when it is written otherwise, or there is no such field
 */
export function readColumns(given: readonly string[]): RememberedMapping {
  return Object.fromEntries(
    given.map((one) => {
      const at = one.lastIndexOf('=');
      const [name, called] = [one.slice(0, Math.max(at, 0)), one.slice(at + 1).trim()];
      const [field, other] = called === '' ? [null] : fieldsCalled(called);
      if (plainName(name) !== '' && field !== undefined && other === undefined) return [plainName(name), field];
      throw new DomainError('mapping_not_readable', {
        zh: `--map 应写作“列名=项”，例如“合计=数量”；不导入的列写“列名=”。“${one}”不是。`,
        en: `--map takes "column=field", like "total=quantity", or "column=" for one that is not imported; "${one}" is neither.`,
      });
    }),
  );
}
