import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeErrorWorkbook } from '../../libs/intake/error-workbook';
import { openSource } from '../../libs/intake/open-source';
import { NOTE, writeLongWorkbook } from '../workbooks/long-workbook';

jest.setTimeout(180_000);

const ROWS = 200_000;

let folder: string;
let path: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'marrow-ledger-long-'));
  path = await writeLongWorkbook(join(folder, 'long.xlsx'), ROWS);
});

afterAll(() => rm(folder, { recursive: true, force: true }));

describe(`a workbook of ${ROWS} rows and twice as many texts`, () => {
  it('is read whole', async () => {
    let [count, sum] = [0, 0];
    const source = await openSource(path, 'long.xlsx');
    for await (const { row, cells } of source.sheets[0]!.rows()) {
      count += 1;
      sum += Number(cells[3]);
      if (cells[0] !== `D-${row}` || cells[1] !== NOTE + row) throw new Error(`row ${row} is not as it was written`);
    }
    await source.close();
    expect([count, sum]).toEqual([ROWS, (ROWS * (ROWS + 3)) / 2]);
  });

  it('is given back with a wrong cell', async () => {
    const out = join(folder, 'out.xlsx');
    const sentence = { zh: '不对', en: 'wrong' };
    await writeErrorWorkbook(path, 'long.xlsx', [{ row: ROWS, column: 0, sentence }], out);
    const source = await openSource(out, 'out.xlsx');
    const said: string[] = [];
    for await (const { row, cells } of source.sheets[0]!.rows()) if (cells[4]) said.push(`${row} ${cells[4]}`);
    await source.close();
    expect(said).toEqual([`${ROWS} 【A${ROWS}】不对`]);
  });
});
