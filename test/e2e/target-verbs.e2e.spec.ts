import ExcelJS from 'exceljs';
import PizZip from 'pizzip';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { closeAndRecompute, recompute } from '../../libs/indicators/recompute';
import { HttpApplication } from '../support/http-application';
import { buildPrograms, killPrograms, ledger, type Ended } from '../support/program';
import { bearer } from '../support/signed-in';
import { append, createSmallRegistry, entry, REGISTRY } from '../support/small-registry';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

jest.setTimeout(120_000);

const KEY = 'registry.recruited';

let database: TestDatabase;
let folder: string;

beforeAll(async () => {
  await buildPrograms();
  database = await createTestDatabase();
  folder = await mkdtemp(join(tmpdir(), 'targets-'));
  const { source } = database;
  await createSmallRegistry(source);
  await append(
    source,
    entry({ occurredOn: '2023-03-15', quantity: '30' }),
    entry({ org: 'B', occurredOn: '2023-03-15', quantity: '10' }),
    entry({ occurredOn: '2024-01-15', quantity: '0' }),
  );
  await recompute(source, REGISTRY);
  await closeAndRecompute(source, REGISTRY, '2023-01', 'tester');
}, 180_000);

afterAll(async () => {
  await killPrograms();
  await database?.drop();
  if (folder) await rm(folder, { recursive: true });
});

function run(...args: string[]): Promise<Ended> {
  return ledger({ DATABASE_URL: database.url, DATABASE_OWNER_URL: database.ownerUrl }, ...args);
}

async function targets(): Promise<string[]> {
  const { stdout } = await run('target', 'list', '--period', '2024', '--format', 'json');
  const rows: { org: string; key: string; operator: string; value: string }[] = JSON.parse(stdout);
  return rows.map(({ org, key, operator, value }) => `${org} ${key} ${operator} ${value}`);
}

async function workbook(name: string, rows: readonly (readonly string[])[]): Promise<string> {
  const book = new ExcelJS.Workbook();
  book.addWorksheet('目标').addRows(rows as string[][]);
  await book.xlsx.writeFile(join(folder, name));
  return join(folder, name);
}

describe('the verb target', () => {
  it('sets and lists them, and says in a sentence what it cannot take', async () => {
    expect(await run('target', 'set', 'P', '2024', KEY, '≥101人')).toMatchObject({
      code: 0,
      stderr: expect.stringContaining('新设 1 个'),
    });
    const { code, stdout } = await run('target', 'list', '--period', '2024');
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: expect.stringMatching(/P +2024 +registry\.recruited +≥101人 +1/),
    });
    expect((await run('target', 'list', '--format', 'csv')).stdout).toContain(`P,2024,${KEY},≥101人,1,`);
    const refused = await Promise.all([
      run('target', 'set', 'P', '2024', KEY, '≥120人'),
      run('target', 'set', 'P', '2024', KEY, '101'),
      run('target', 'set', 'P', '2024-H3', KEY, '≥1人'),
      run('target', 'list', '--format', 'xml'),
    ]);
    expect(refused.map(({ code: ended }) => ended)).toEqual([1, 1, 1, 1]);
    expect(refused.map(({ stderr }) => stderr.includes('    at '))).not.toContain(true);
    expect(refused[0]?.stderr).toContain('必须写明理由');
    expect(await targets()).toEqual([`P ${KEY} ge 101`]);
  });

  it('splits one by last year, shows the remainder, and writes only when it is told to', async () => {
    const shown = await run('target', 'split', '2024', KEY);
    expect(shown).toMatchObject({ code: 0, stdout: expect.stringMatching(/A +30 +76[^]*B +10 +25[^]*留在本级 +0/) });
    const kept = await run('target', 'split', '2024', KEY, '--by', 'equal', '--keep-rest');
    expect(kept.stdout).toMatch(/A +1 +50[^]*B +1 +50[^]*留在本级 +1/);
    expect(await targets()).toEqual([`P ${KEY} ge 101`]);

    expect((await run('target', 'split', '2024', KEY, '--save')).stderr).toContain('新设 2 个');
    expect(await targets()).toEqual([`A ${KEY} ge 76`, `B ${KEY} ge 25`, `P ${KEY} ge 101`]);
    const refused = await Promise.all([
      run('target', 'split', '2024', KEY, '--by', 'size'),
      run('target', 'split', '2024', KEY, '--by', 'given', '--shares', 'A=1,Z=2'),
      run('target', 'split', '2024', KEY, '--by', 'given', '--shares', 'A'),
      run('target', 'split', '2024', KEY, '--by', 'equal', '--save'),
    ]);
    expect(refused.map(({ code }) => code)).toEqual([1, 1, 1, 1]);
    expect(refused.map(({ stderr }) => stderr.includes('    at '))).not.toContain(true);
  });

  it('takes a workbook in, all of it or nothing with the rows and columns that are wrong', async () => {
    const head = ['机构', '期间', '指标', '指标值'];
    const bad = await workbook('bad.xlsx', [
      head,
      ['A', '2025', KEY, '≥10人'],
      ['A', '2025', 'donation.completed', '≥3人'],
      ['', '2025', KEY, '≥3人'],
    ]);
    const refused = await run('target', 'import', bad);
    expect(refused).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/第 3 行 D 列[^]*第 4 行 A 列[^]*一行也没有写入/),
    });
    const good = await workbook('good.xlsx', [head, ['A', '2025', KEY, '≥10人'], ['B', '2025', KEY, '≥1,000人']]);
    expect(await run('target', 'import', good, '--dry-run')).toMatchObject({
      code: 0,
      stderr: expect.stringContaining('2 行都可以写入'),
    });
    expect(await run('target', 'import', good)).toMatchObject({
      code: 0,
      stderr: expect.stringContaining('新设 2 个'),
    });
    expect(await run('target', 'import', good)).toMatchObject({
      code: 0,
      stderr: expect.stringContaining('未变 2 个'),
    });
    await writeFile(join(folder, 'none.xlsx'), 'no workbook');
    for (const name of ['none.xlsx', 'missing.xlsx']) {
      const { code, stderr } = await run('target', 'import', join(folder, name));
      expect([name, code, stderr.includes('    at ')]).toEqual([name, 1, false]);
    }
  });
});

describe('the bulletin', () => {
  it('is written by its verb', async () => {
    const path = join(folder, 'bulletin.docx');
    expect(await run('bulletin', '--month', '2023-03', '--out', path)).toMatchObject({ code: 0 });
    const text = new PizZip(await readFile(path)).file('word/document.xml')?.asText() ?? '';
    expect(text).toContain('2023年3月工作月报');
    const refused = await Promise.all([
      run('bulletin', '--month', '2023-03', '--out', path),
      run('bulletin', '--month', '2023'),
      run('bulletin', '--month', '2023-03', '--format', 'pdf'),
      run('bulletin', '--month', '2023-03', '--out', join(folder, 'no', 'such', 'folder.docx')),
    ]);
    expect(refused.map(({ code }) => code)).toEqual([1, 1, 1, 1]);
    expect(refused.map(({ stderr }) => stderr.includes('    at '))).not.toContain(true);
  });

  it('comes over HTTP as a file of its name, audited once', async () => {
    const application = await HttpApplication.start({ databaseUrl: database.url }, { worker: false });
    try {
      const officer = await bearer(database.source, 'officer');
      const before = await exports();
      const response = await fetch(`${application.url}/api/bulletins/2023-03?format=xlsx`, { headers: officer });
      expect(response.status).toBe(200);
      expect(response.headers.get('content-type')).toContain('spreadsheetml');
      expect(decodeURIComponent(response.headers.get('content-disposition') ?? '')).toContain(
        '测试省2023年3月工作月报.xlsx',
      );
      const book = new ExcelJS.Workbook();
      await book.xlsx.load(await response.arrayBuffer());
      const [sheet] = book.worksheets;
      expect(sheet?.getCell('A1').value).toBe('2023年3月工作月报');
      expect(sheet?.pageSetup).toMatchObject({ paperSize: 9, fitToHeight: 1, fitToWidth: 1 });
      expect((await exports()) - before).toBe(1);

      const city = await bearer(database.source, 'officer', { org: 'B' });
      const own = await fetch(`${application.url}/api/bulletins/2023-03?format=docx`, { headers: city });
      const text = new PizZip(Buffer.from(await own.arrayBuffer())).file('word/document.xml')?.asText() ?? '';
      expect([text.includes('乙市'), text.includes('甲市')]).toEqual([true, false]);
      for (const [path, status] of [
        ['2023-03?format=docx&org=A', 422],
        ['2023-03?format=pdf', 422],
        ['2023-13?format=docx', 422],
        ['2020-01?format=docx', 404],
      ] as const) {
        expect([path, (await application.get(`/api/bulletins/${path}`, city)).status]).toEqual([path, status]);
      }
    } finally {
      await application.close();
    }
  });

  async function exports(): Promise<number> {
    const [acts] = await database.source.query(`select count(*)::int as count from audit_act where act = 'export'`);
    return acts.count;
  }
});
