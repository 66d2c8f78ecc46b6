import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildPrograms, killPrograms, ledger, type Ended } from '../support/program';
import { append, caseEntries, createSmallRegistry, entry, opening } from '../support/small-registry';
import { createTestDatabase, type TestDatabase } from '../support/test-database';
import type { EntryInput } from '../../libs/ledger/entry-input';

let database: TestDatabase;
let folder: string;

beforeAll(async () => {
  await buildPrograms();
  folder = await mkdtemp(join(tmpdir(), 'marrow-ledger-files-'));
  database = await createTestDatabase();
  await createSmallRegistry(database.source);
  await append(database.source, ...opening());
}, 180_000);

afterAll(async () => {
  await killPrograms();
  await database?.drop();
  await rm(folder, { recursive: true, force: true });
});

function run(...args: string[]): Promise<Ended> {
  return ledger({ DATABASE_URL: database.url, DATABASE_OWNER_URL: database.ownerUrl }, ...args);
}

async function importing(name: string, lines: readonly string[]): Promise<Ended> {
  await writeFile(join(folder, name), lines.join('\n'));
  return run('import', join(folder, name));
}

function lineOf({ id, kind, org, occurredOn, donorCode, caseCode, outcome }: EntryInput): string {
  return [id, kind, org, occurredOn, donorCode, caseCode, outcome].join(',');
}

const HEAD = 'id,kind,org,occurredOn,donorCode,caseCode,outcome';

describe('a file', () => {
  it('is one set: a row may rest on one that comes more than 10,000 rows later', async () => {
    const [asked, agreed] = caseEntries('2024-04-01', [['ScreenRequested'], ['ScreenAnswered', 'agreed']]);
    const [, never] = caseEntries('2024-04-01', [['ScreenRequested'], ['ScreenAnswered', 'agreed']]);
    if (!asked || !agreed || !never) throw new Error('a case has its entries');
    const between = Array.from({ length: 10_000 }, () => entry());
    const lines = [HEAD, ...[agreed, never, ...between, asked].map(lineOf)];
    const result = await importing('turned.csv', lines);
    expect(result).toMatchObject({ code: 1, stdout: expect.stringMatching(/新增 10002，未变 0，拒收 1。/) });
    expect(result.stderr.match(/^第 .*$/gm)).toEqual([expect.stringMatching(/^第 3 行 请求编号（F3）：/)]);
  });

  it('changes nothing when it comes again with its columns in another order', async () => {
    await importing('order.csv', ['kind,org,occurredOn,quantity', 'RecruitmentRegistered,A,2024-05-10,3']);
    expect(
      await importing('order.csv', ['quantity,occurredOn,org,kind', '3,2024-05-10,A,RecruitmentRegistered']),
    ).toMatchObject({ code: 0, stdout: expect.stringMatching(/新增 0，未变 1，拒收 0。/) });
  });
});

describe('a verb that is not to be followed', () => {
  it.each([
    ['a demonstration in a database that somebody keeps', ['demo'], /--into-database-url/],
    ["a demonstration in the office's database", ['--office', 'demo'], /--office/],
    ['both', ['--office', 'demo', '--into-database-url'], /--office/],
    ['a verification in an unknown format', ['verify', '--format', 'xml'], /没有格式“xml”/],
    ['a report in an unknown language', ['report', '--period', '2024', '--format', 'json', '--language', 'fr'], /“fr”/],
    ['a month divided into quarters', ['report', '--period', '2024-05', '--by', 'quarter'], /2024-05 里没有完整的季度/],
    ['a closure whose reason holds a number', ['close', '2023-01', '--reason', '问 13812345678'], /手机号/],
  ])('%s stops with a sentence', async (_, args, pattern) => {
    const { code, stdout, stderr } = await run(...args);
    expect(stderr).toMatch(pattern);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).not.toMatch(/^\s+at /m);
  });
});
