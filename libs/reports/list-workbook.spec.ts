import { readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import type { ListFile } from './list-file';
import { listAsWorkbook } from './list-workbook';

async function folders(): Promise<string[]> {
  return (await readdir(tmpdir())).filter((name) => name.startsWith('marrow-ledger-list-'));
}

describe('a workbook that nobody waits for any more', () => {
  it('is given up with the page that is being read, and leaves no file behind', async () => {
    const before = await folders();
    const gone = new AbortController();
    let [read, ended] = [0, false];
    async function* pages(): ListFile['pages'] & AsyncGenerator<readonly string[][]> {
      try {
        for (; read < 1_000; read += 1) {
          if (read === 2) gone.abort();
          yield [['2024-05-10']];
        }
      } finally {
        ended = true;
      }
    }
    const list: ListFile = { name: '名单', head: [], columns: ['发生日期'], length: 1_000, pages: pages(), last: [] };

    await expect(listAsWorkbook(list, gone.signal)).rejects.toMatchObject({ code: 'nobody_waits' });
    expect([read, ended]).toEqual([2, true]);
    expect(await folders()).toEqual(before);
  });
});
