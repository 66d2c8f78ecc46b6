import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildPrograms, killPrograms, ledger, type Ended } from '../support/program';
import { createSmallRegistry } from '../support/small-registry';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

jest.setTimeout(120_000);

const BYTES = '%PDF-1.7 问卷';

let database: TestDatabase;
let folder: string;

beforeAll(async () => {
  await buildPrograms();
  folder = await mkdtemp(join(tmpdir(), 'marrow-ledger-evidence-'));
  database = await createTestDatabase();
  await createSmallRegistry(database.source);
}, 180_000);

afterAll(async () => {
  await killPrograms();
  await database?.drop();
  await rm(folder, { recursive: true, force: true });
});

function evidence(...args: string[]): Promise<Ended> {
  return ledger({ DATABASE_URL: database.url, DATABASE_OWNER_URL: database.ownerUrl }, 'evidence', ...args);
}

describe('the verb evidence', () => {
  it('keeps a file of an org, and writes it out again', async () => {
    const [path, out] = [join(folder, '问卷.pdf'), join(folder, 'out.pdf')];
    await writeFile(path, BYTES);
    const added = await evidence('add', path, '--org', 'A');
    expect(added).toMatchObject({ code: 0, stdout: expect.stringMatching(/^E(-[A-Z]{4}){3}\n$/) });
    const code = added.stdout.trim();
    expect((await evidence('add', path, '--org', 'A')).stdout.trim()).toBe(code);

    expect((await evidence('get', code, '--to', out)).code).toBe(0);
    expect(await readFile(out, 'utf8')).toBe(BYTES);
    expect(await evidence('get', code, '--to', out)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('没有覆盖'),
    });
    const acts = await database.source.query('select act, thing, org, actor from audit_act order by seq limit 3');
    expect(acts).toMatchObject([
      { act: 'evidence.add', thing: code, org: 'A' },
      { act: 'evidence.add', thing: code, org: 'A' },
      { act: 'export', thing: `evidence ${code}`, org: 'A' },
    ]);
  });

  it('says what is wrong', async () => {
    const page = join(folder, 'page.pdf');
    await writeFile(page, '<html>');
    for (const [args, words] of [
      [['add', page], '网页'],
      [['add', join(folder, 'none.pdf')], '找不到文件'],
      [['add', page, '--org', 'Z'], '没有代码为“Z”的机构'],
      [['get', 'E-NONE'], '没有编号为“E-NONE”的佐证文件'],
    ] as const) {
      expect(await evidence(...args)).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining(words) });
    }
  });
});
