import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { writeLongWorkbook } from '../workbooks/long-workbook';
import type { BenchPart } from './bench-part';
import { timesBaseline } from './bench-row';

const run = promisify(execFile);
const ROWS = 200_000;
const BASELINE_ROWS = 20_000;

/** The most memory a process takes for a long workbook; the baseline is one for a tenth of its rows. */
export const workbook: BenchPart = {
  name: 'workbook',
  rows: [
    { row: 'memory of reading a workbook of 200,000 rows', unit: 'MB', target: [timesBaseline('≤', 2)] },
    { row: 'memory of giving it back with a wrong cell', unit: 'MB', target: [timesBaseline('≤', 2)] },
  ],
  async measure() {
    const folder = await mkdtemp(join(tmpdir(), 'marrow-ledger-workbook-'));
    try {
      const long = await writeLongWorkbook(join(folder, 'long.xlsx'), ROWS);
      const short = await writeLongWorkbook(join(folder, 'short.xlsx'), BASELINE_ROWS);
      const out = join(folder, 'out.xlsx');
      return [
        { value: await memoryOf(long), baseline: await memoryOf(short) },
        { value: await memoryOf(long, out), baseline: await memoryOf(short, out) },
      ];
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
};

async function memoryOf(...paths: string[]): Promise<number> {
  const { stdout } = await run(process.execPath, [join(__dirname, 'read-workbook.js'), ...paths]);
  return Number(stdout) / 1_000;
}
