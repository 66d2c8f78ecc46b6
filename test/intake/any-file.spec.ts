import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { DomainError } from '../../libs/core/domain-error';
import { OrgNames } from '../../libs/intake/cell-orgs';
import { readCells } from '../../libs/intake/cell-reader';
import { proposeMapping } from '../../libs/intake/mapping';
import { openSource } from '../../libs/intake/open-source';
import type { SourceFile, SourceRow } from '../../libs/intake/source-file';
import { checkEntry } from '../../libs/ledger/check-entry';
import { writeWorkbook } from '../workbooks/hand-made-workbook';

jest.setTimeout(120_000);

const CONTEXT = { orgs: new OrgNames([{ org: 'CS', nameZh: '长沙市', nameEn: 'Changsha' }]), from1904: false };
const BOUNDS = { orgs: new Map([['CS', null]]), firstDay: '2020-01-01', today: '2024-12-31' };
const ID = '0194f000-0000-7000-8000-000000000001';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'marrow-ledger-any-'));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

/** Every row as far as the check of its entry; a refusal of the whole file is given by its code. */
async function through(path: string, fileName: string): Promise<SourceRow[] | string> {
  let source: SourceFile | undefined;
  const rows: SourceRow[] = [];
  try {
    source = await openSource(path, fileName);
    for (const sheet of source.sheets) {
      const mapping = proposeMapping(sheet.head, null);
      for await (const row of sheet.rows()) {
        rows.push(row);
        const { input } = readCells(row, mapping, CONTEXT);
        expect(isRefusalOrEntry({ id: ID, ...input })).toBe(true);
      }
    }
    return rows;
  } catch (error) {
    if (error instanceof DomainError) return error.code;
    throw error;
  } finally {
    await source?.close();
  }
}

function isRefusalOrEntry(input: Record<string, unknown>): boolean {
  try {
    return checkEntry(input, BOUNDS) !== undefined;
  } catch (error) {
    if (error instanceof DomainError) return true;
    throw error;
  }
}

const NAMES = ['种类', '机构', '日期', '捐献者编号', '结果', '原因', '数量', '备注', '颜色', '', 'attributes.sequence'];
const CELL = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.constantFrom(
    '采样',
    '初筛答复',
    '长沙',
    'CS',
    '2024-05-31',
    '31/2/2024',
    '拒绝',
    '其他',
    '1,234',
    '１２',
    '=1+1',
    '"',
    '""',
    "'",
    '\t',
    '\r\n',
    '__proto__',
    'constructor',
    '13812345678',
  ),
);
const HEAD = fc
  .shuffledSubarray(NAMES, { minLength: 3 })
  .map((names) => ['日期', '机构', ...names.filter((one) => one !== '日期' && one !== '机构')]);

describe('any file', () => {
  it('of bytes is refused with a sentence or read, and nothing else', async () => {
    const begins = fc.constantFrom(
      '',
      'PK\u0003\u0004',
      '{"kind":',
      '种类,机构,日期\n',
      '\u00ef\u00bb\u00bf',
      '<?xml',
      '%PDF',
    );
    await fc.assert(
      fc.asyncProperty(
        begins,
        fc.uint8Array({ maxLength: 400 }),
        fc.constantFrom('a.csv', 'a.xlsx', 'a.ndjson'),
        async (begin, bytes, name) => {
          const path = join(folder, 'bytes');
          await writeFile(path, Buffer.concat([Buffer.from(begin), bytes]));
          const result = await through(path, name);
          expect(typeof result === 'string' ? result : 'rows').toMatch(/^[a-z_]+$/);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('of CSV, well written, gives every row that is not blank, cell by cell', async () => {
    const line = (cells: readonly string[]): string => cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',');
    await fc.assert(
      fc.asyncProperty(
        HEAD,
        fc.array(fc.array(CELL, { minLength: 1, maxLength: 13 }), { maxLength: 12 }),
        async (head, table) => {
          const path = join(folder, 'any.csv');
          const kept = table.map((row) => row.map((cell) => Buffer.from(cell).toString().replaceAll('\u0000', '')));
          await writeFile(path, [head, ...kept].map(line).join('\n'));
          const rows = await through(path, 'any.csv');
          const width = named(head);
          const expected = kept.flatMap((cells, at) =>
            cells.some((cell) => cell.trim() !== '')
              ? [{ row: at + 2, cells: head.slice(0, width).map((_, column) => cells[column] ?? '') }]
              : [],
          );
          expect((rows as SourceRow[]).map(({ row, cells }) => ({ row, cells }))).toEqual(expected);
          for (const { row, problems = [] } of rows as SourceRow[]) {
            const unnamed = kept[row - 2]!.flatMap((cell, column) =>
              !head[column] && cell.trim() !== '' ? [column] : [],
            );
            expect(problems.map(({ column }) => column)).toEqual(unnamed);
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  it('of a workbook gives every row that is not blank, or names what it is refused for', async () => {
    const look = fc.record({ text: CELL, as: fc.constantFrom('text', 'formula', 'error', 'number', 'nothing') });
    const rowOf = fc.record({ hidden: fc.boolean(), cells: fc.array(look, { maxLength: 8 }), gap: fc.nat(3) });
    await fc.assert(
      fc.asyncProperty(fc.array(rowOf, { maxLength: 12 }), async (table) => {
        let number = 1;
        const wanted: { row: number; wrong: boolean }[] = [];
        const rows = table.map(({ hidden, cells, gap }) => {
          number += 1 + gap;
          const shown = cells.filter(
            ({ as, text }) => as !== 'nothing' && (as !== 'text' || clean(text).trim() !== ''),
          );
          const wrong = hidden || shown.some(({ as }) => as === 'formula' || as === 'error');
          if (shown.length > 0) wanted.push({ row: number, wrong });
          return `<row r="${number}"${hidden ? ' hidden="1"' : ''}>${cells.map(cellXml).join('')}</row>`;
        });
        const head = ['日期', '机构', 'a', 'b', 'c', 'd', 'e', 'f']
          .map((text) => cellXml({ text, as: 'text' }))
          .join('');
        const path = await writeWorkbook(join(folder, 'any.xlsx'), {
          rows: `<row r="1">${head}</row>${rows.join('')}`,
        });
        const read = (await through(path, 'any.xlsx')) as SourceRow[];
        expect(read.map(({ row, problems = [] }) => ({ row, wrong: problems.length > 0 }))).toEqual(wanted);
      }),
      { numRuns: 200 },
    );
  });
});

/** How many columns there are up to the last that has a name. */
function named(head: readonly string[]): number {
  return head.findLastIndex((name) => name !== '') + 1;
}

function clean(text: string): string {
  return Buffer.from(text)
    .toString()
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '');
}

function cellXml({ text, as }: { text: string; as: string }): string {
  const shown = clean(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  if (as === 'nothing') return '<c/>';
  if (as === 'formula') return '<c><f>A1</f><v>1</v></c>';
  if (as === 'error') return '<c t="e"><v>#N/A</v></c>';
  if (as === 'number') return `<c><v>${text.length}</v></c>`;
  return `<c t="inlineStr"><is><t xml:space="preserve">${shown}</t></is></c>`;
}
