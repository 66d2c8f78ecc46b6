import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeErrorWorkbook } from '../../libs/intake/error-workbook';
import { openSource } from '../../libs/intake/open-source';
import { HEAD_ROW, writeWorkbook } from '../support/hand-made-workbook';

jest.setTimeout(180_000);

const ROWS = 200_000;
const MIB = 1024 * 1024;
/** Long enough that all of them together go into a file. */
const NOTE = '备注'.repeat(48);

let folder: string;
let path: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'marrow-ledger-long-'));
  path = await writeWorkbook(join(folder, 'long.xlsx'), {
    rows: function* () {
      yield HEAD_ROW;
      for (let row = 2; row < ROWS + 2; row++) {
        yield `<row r="${row}"><c r="A${row}" t="s"><v>${2 * (row - 2)}</v></c><c r="B${row}" t="s"><v>${2 * (row - 2) + 1}</v></c><c r="D${row}"><v>${row}</v></c></row>`;
      }
    },
    strings: function* () {
      for (let row = 2; row < ROWS + 2; row++) yield `<si><t>D-${row}</t></si><si><t>${NOTE}${row}</t></si>`;
    },
    styles: '<fills count="1"><fill/></fills><cellXfs count="1"><xf numFmtId="0" fillId="0"/></cellXfs>',
  });
});

afterAll(() => rm(folder, { recursive: true, force: true }));

/** How much more memory the program took while something was done, at its peak. */
async function memoryOf(act: () => Promise<void>): Promise<number> {
  const before = process.memoryUsage().rss;
  let peak = before;
  const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage().rss)), 20);
  await act();
  clearInterval(watch);
  return (Math.max(peak, process.memoryUsage().rss) - before) / MIB;
}

describe(`a workbook of ${ROWS} rows and twice as many texts`, () => {
  it('is read whole in less than 150 MiB', async () => {
    let [count, sum] = [0, 0];
    const memory = await memoryOf(async () => {
      const source = await openSource(path, 'long.xlsx');
      for await (const { row, cells } of source.sheets[0]!.rows()) {
        count += 1;
        sum += Number(cells[3]);
        if (cells[0] !== `D-${row}` || cells[1] !== NOTE + row) throw new Error(`row ${row} is not as it was written`);
      }
      await source.close();
    });
    expect([count, sum]).toEqual([ROWS, (ROWS * (ROWS + 3)) / 2]);
    expect(memory).toBeLessThan(150);
  });

  it('is given back with a wrong cell in less than 150 MiB', async () => {
    const out = join(folder, 'out.xlsx');
    const sentence = { zh: '不对', en: 'wrong' };
    const memory = await memoryOf(() =>
      writeErrorWorkbook(path, 'long.xlsx', [{ row: ROWS, column: 0, sentence }], out),
    );
    const source = await openSource(out, 'out.xlsx');
    const said: string[] = [];
    for await (const { row, cells } of source.sheets[0]!.rows()) if (cells[4]) said.push(`${row} ${cells[4]}`);
    await source.close();
    expect(said).toEqual([`${ROWS} 【A${ROWS}】不对`]);
    expect(memory).toBeLessThan(150);
  });
});
