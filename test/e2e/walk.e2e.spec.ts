import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Workbook, type Worksheet } from 'exceljs';
import { ensureDemonstrationAccounts } from '../../libs/accounts/demonstration-accounts';
import { verifyAudit } from '../../libs/accounts/verify-audit';
import { recompute } from '../../libs/indicators/recompute';
import { verify } from '../../libs/indicators/verify';
import type { EntryInput } from '../../libs/ledger/entry-input';
import { HttpApplication, NOBODY, type Answer } from '../support/http-application';
import { buildPrograms, killPrograms, ledger, type Ended } from '../support/program';
import { append, createSmallRegistry, entry, opening, REGISTRY } from '../support/small-registry';
import { marksTaken } from '../support/sound-values';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

jest.setTimeout(240_000);

/** Donors who were asked on consecutive days and have not answered; R1 waits the longest. */
const ASKED = 9;
const KIND = 'ScreenAnswered';

let database: TestDatabase;
let folder: string;

beforeAll(async () => {
  await buildPrograms();
  folder = await mkdtemp(join(tmpdir(), 'marrow-ledger-walk-'));
}, 180_000);

beforeEach(async () => {
  database = await createTestDatabase();
  await createSmallRegistry(database.source);
  await append(database.source, ...opening(), ...asked());
  await recompute(database.source, REGISTRY);
});

afterEach(() => database?.drop());

afterAll(async () => {
  await killPrograms();
  await rm(folder, { recursive: true, force: true });
});

function asked(): EntryInput[] {
  return Array.from({ length: ASKED }, (_, at) => {
    const [donorCode, caseCode] = [`D${at + 1}`, `R${at + 1}`];
    return entry({ kind: 'ScreenRequested', occurredOn: `2024-05-0${at + 1}`, donorCode, caseCode });
  });
}

/** The template, filled in by somebody who errs in three of seven rows. */
async function fill(template: Buffer): Promise<Buffer> {
  return edited(template, (sheet) => {
    const columns = headOf(sheet);
    const log = (at: number, day: string, outcome: string, reason = '', caseCode = `R${at}`) => {
      const cells = { 日期: day, 机构: '甲市', 捐献者编号: `D${at}`, 请求编号: caseCode, 结果: outcome, 原因: reason };
      for (const [name, text] of Object.entries(cells)) sheet.getCell(at, columns(name)).value = text;
    };
    log(2, '2024-05-20', '同意');
    log(3, '2024/5/21', '拒绝', '家属反对');
    log(4, '2024-05-32', '同意');
    log(5, '2024年5月22日', '拒绝');
    log(6, '2024-05-23', '同意');
    log(7, '2024-05-23', '同意', '', 'R77');
    log(8, '20240524', '同意');
  });
}

/** What is wrong in it, by the cells that are marked. */
const WRONG = { A4: '2024-05-12', F5: '时间冲突', D7: 'R7' } as const;

async function edited(workbook: Buffer, edit: (sheet: Worksheet) => void): Promise<Buffer> {
  const book = new Workbook();
  await book.xlsx.load(workbook as never);
  edit(book.worksheets[0]!);
  return Buffer.from(await book.xlsx.writeBuffer());
}

function headOf(sheet: Worksheet): (name: string) => number {
  const names = (sheet.getRow(1).values as unknown[]).map((value) => String(value ?? '').replace('*', ''));
  return (name) => names.indexOf(name);
}

/** Corrects the marked cells, and nothing else, after reading what is said of them. */
function correctMarked(workbook: Buffer): Promise<Buffer> {
  return edited(workbook, (sheet) => {
    const marked: string[] = [];
    sheet.eachRow((row) =>
      row.eachCell({ includeEmpty: true }, (cell) => {
        const { fill } = cell;
        if (fill?.type === 'pattern' && fill.fgColor?.argb === 'FFFFC7CE') marked.push(cell.address);
      }),
    );
    const said = headOf(sheet)('导入问题');
    const sentences = sheet.getColumn(said).letter;
    expect(marked.filter((cell) => !cell.startsWith(sentences)).sort()).toEqual(Object.keys(WRONG).sort());
    expect(sheet.getCell(4, said).text).toMatch(/^【A4】日期“2024-05-32”不是日历上的一天/);
    expect(sheet.getCell(5, said).text).toMatch(/^【F5】必须写原因，可选：.*时间冲突/);
    expect(sheet.getCell(7, said).text).toMatch(/^【D7】R77 .*没有“初筛”/);
    for (const [address, text] of Object.entries(WRONG)) sheet.getCell(address).value = text;
  });
}

/** The file a week later: one row corrected, one taken out, one more. */
function amend(workbook: Buffer): Promise<Buffer> {
  return edited(workbook, (sheet) => {
    const columns = headOf(sheet);
    sheet.getCell(3, columns('原因')).value = '本人不愿意';
    for (const name of ['日期', '机构', '捐献者编号', '请求编号', '结果']) sheet.getCell(6, columns(name)).value = null;
    const more = { 日期: '2024-05-25', 机构: '甲市', 捐献者编号: 'D9', 请求编号: 'R9', 结果: '同意' };
    for (const [name, text] of Object.entries(more)) sheet.getCell(9, columns(name)).value = text;
  });
}

describe('a new user', () => {
  let api: HttpApplication;

  beforeEach(async () => {
    await ensureDemonstrationAccounts(database.source, REGISTRY, { root: 'P', city: 'A' });
    api = await HttpApplication.start({ databaseUrl: database.url }, { published: true });
  });

  afterEach(() => api?.close());

  async function signIn(role: string): Promise<Record<string, string>> {
    const { body } = await api.get('/api/session/demonstration', NOBODY);
    const account = body.accounts.find((one: { role: { code: string } }) => one.role.code === role);
    const { name, password } = account;
    const answer = await api.post('/api/session', { name, password }, NOBODY);
    expect(answer.status).toBe(204);
    return { cookie: answer.headers.get('set-cookie')?.split(';')[0] ?? '', 'x-marrow-ledger': 'page' };
  }

  it('fills a template, corrects three mistakes, amends, takes back, and finds all of it in the audit log', async () => {
    const clerk = await signIn('clerk');
    const get = (path: string) => api.get(`/api${path}`, clerk);
    const post = (path: string, body: unknown = {}) => api.post(`/api${path}`, body, clerk);
    const settled = async (id: string): Promise<Answer['body']> => {
      for (;;) {
        const { body } = await get(`/imports/${id}`);
        if (!['received', 'accepted', 'posting'].includes(body.state)) return body;
      }
    };
    const upload = async (file: Buffer, name: string): Promise<Answer['body']> => {
      const form = new FormData();
      form.append('file', new Blob([new Uint8Array(file)]), name);
      const answer = await api.ask('/api/imports', { method: 'POST', body: form, headers: clerk });
      expect(answer.status).toBe(202);
      return settled(answer.body.importId);
    };
    const accept = async (id: string) => {
      expect((await post(`/imports/${id}/accept`, { reason: '按更正后的文件' })).status).toBe(202);
      const done = await settled(id);
      expect(done).toMatchObject({ state: 'done', progress: { percent: 100 } });
      await marksTaken(database.source);
      return done;
    };
    const figures = async (): Promise<Record<string, string | null>> => {
      const read = async (of: string) => (await get(`/${of}/values?period=2024&org=A`)).body.values;
      const all = [...(await read('metrics')), ...(await read('indicators'))];
      return Object.fromEntries(all.map(({ key, value }: { key: string; value: string | null }) => [key, value]));
    };
    const told = async (id: string): Promise<Record<string, [string | null, string | null]>> => {
      const { effect } = (await get(`/imports/${id}/effect`)).body;
      expect(effect.figures).toMatchObject({ org: 'A', exact: true });
      const all = [...effect.figures.metrics, ...effect.figures.indicators];
      return Object.fromEntries(
        all.filter(({ period }) => period === '2024').map(({ key, before, after }) => [key, [before, after]]),
      );
    };
    /** That what was told before is exactly what has become of the figures. */
    const expectMoved = async (
      before: Record<string, string | null>,
      effect: Record<string, [string | null, string | null]>,
    ) => {
      const now = await figures();
      const moved = Object.keys({ ...before, ...now }).filter((key) => before[key] !== now[key]);
      expect(Object.keys(effect).sort()).toEqual(moved.sort());
      for (const [key, [was, is]] of Object.entries(effect)) {
        expect([key, Number(was), Number(is)]).toEqual([key, Number(before[key] ?? 0), Number(now[key] ?? 0)]);
      }
    };

    const template = await get(`/imports/templates/${KIND}.xlsx`);
    expect(template.status).toBe(200);
    const first = await upload(await fill(template.body), '五月答复.xlsx');
    expect(first).toMatchObject({ state: 'staged', org: 'A', counts: { new: 4, invalid: 3 } });
    const invalid = (await get(`/imports/${first.importId}/rows?proposal=invalid`)).body.rows;
    expect(
      invalid.map(({ row, problems }: { row: number; problems: { column: number; field: string }[] }) => [
        row,
        problems.map(({ field }) => field),
      ]),
    ).toEqual([
      [4, ['occurredOn']],
      [5, ['reason']],
      [7, ['caseCode']],
    ]);
    const back = await get(`/imports/${first.importId}/errors.xlsx`);
    const [, encoded = ''] = /filename\*=UTF-8''(\S+)/.exec(back.headers.get('content-disposition') ?? '') ?? [];
    expect((await post(`/imports/${first.importId}/cancel`)).body.state).toBe('cancelled');

    const corrected = await correctMarked(back.body);
    const second = await upload(corrected, decodeURIComponent(encoded));
    expect(second).toMatchObject({ name: '五月答复', counts: { new: 7, invalid: 0 } });
    const [before, effect] = [await figures(), await told(second.importId)];
    expect(effect).toMatchObject({ 'match.screen_agreed': [null, '5'] });
    expect(await accept(second.importId)).toMatchObject({ entriesPosted: 7 });
    await expectMoved(before, effect);

    const same = await upload(corrected, '五月答复.xlsx');
    expect(same).toMatchObject({ state: 'staged', counts: { new: 0, changed: 0, gone: 0, unchanged: 7 } });
    expect(await told(same.importId)).toEqual({});
    expect(await accept(same.importId)).toMatchObject({ entriesPosted: 0 });

    const amended = await upload(await amend(corrected), '五月答复.xlsx');
    expect(amended).toMatchObject({ counts: { new: 1, changed: 1, gone: 1, unchanged: 5, invalid: 0 } });
    const again = [await figures(), await told(amended.importId)] as const;
    expect(again[1]).not.toHaveProperty(['match.screen_requested']);
    expect(await accept(amended.importId)).toMatchObject({ entriesPosted: 4 });
    await expectMoved(...again);

    const [found] = (await get('/entries?caseCode=R9&kind=ScreenAnswered&standing=true')).body.entries;
    expect(found).toMatchObject({ source: 'import', recordedBy: 'demo-clerk' });
    expect(await post(`/entries/${found.id}/reversal`, { id: randomUUID() })).toMatchObject({
      status: 422,
      body: { field: 'justification' },
    });
    const reversal = { id: randomUUID(), justification: '捐献者尚未答复' };
    expect((await post(`/entries/${found.id}/reversal`, reversal)).status).toBe(201);
    await marksTaken(database.source);

    const { lists, counts } = (await get('/worklists')).body;
    const longest = [...counts].sort((a, b) => b.longestDays - a.longestDays)[0];
    expect(longest).toMatchObject({ key: 'screen_unanswered', org: 'A', waiting: 3, overdue: 3 });
    expect(lists.find(({ key }: { key: string }) => key === longest.key).task.zh).toContain('登记初筛答复');
    const { waiting } = (await get(`/worklists/${longest.key}`)).body;
    expect(waiting.map(({ caseCode }: { caseCode: string }) => caseCode)).toEqual(['R1', 'R6', 'R9']);

    expect((await get('/audit')).status).toBe(403);
    const acts = (await api.get('/api/audit?limit=1000', await signIn('auditor'))).body.acts.reverse();
    const done = acts
      .filter(({ actor }: { actor: string }) => actor === 'demo-clerk')
      .map(({ act, thing, result }: Record<string, string>) => `${act} ${thing} ${result}`);
    const [one, two, three, four] = [first, second, same, amended].map(({ importId }) => importId);
    expect(done).toEqual([
      'session.begin null done',
      `export /api/imports/templates/${KIND}.xlsx done`,
      `imports.receive ${one} done`,
      `imports.rows ${one} done`,
      `export /api/imports/${one}/errors.xlsx done`,
      `imports.cancel ${one} done`,
      `imports.receive ${two} done`,
      `imports.accept ${two} done`,
      `imports.post ${two} done`,
      `imports.receive ${three} done`,
      `imports.accept ${three} done`,
      `imports.receive ${four} done`,
      `imports.accept ${four} done`,
      `imports.post ${four} done`,
      'entries.list null done',
      'request POST /api/entries/:id/reversal refused',
      `entries.reverse ${found.id} done`,
      `worklist.read ${longest.key} done`,
    ]);

    expect(await verify(database.source, REGISTRY)).toMatchObject({ drift: 0, waiting: 0, audit: { broken: 0 } });
    expect(await verifyAudit(database.source.manager, REGISTRY)).toMatchObject({ broken: 0, findings: [] });
  });
});

describe('a new user of the command line', () => {
  const run = (...args: string[]): Promise<Ended> =>
    ledger({ DATABASE_URL: database.url, DATABASE_OWNER_URL: database.ownerUrl }, ...args);

  async function printed(...args: string[]): Promise<string> {
    const { code, stdout, stderr } = await run(...args);
    expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' });
    return stdout;
  }

  async function figures(): Promise<Record<string, string | null>> {
    const rows = JSON.parse(await printed('report', '--period', '2024', '--format', 'json'));
    return Object.fromEntries(rows.map((row: Record<string, string>) => [row.key, row['2024'] ?? row.value ?? null]));
  }

  /** The figures of a printed dry run, by key: what they are and what they would be. */
  function told(text: string): Record<string, [string, string]> {
    return Object.fromEntries(
      [...text.matchAll(/^\S.* ([a-z_]+\.\S+) +2024 +(\S+) +(\S+) +\S+$/gm)].map(([, key, is, then]) => [
        key,
        [is, then],
      ]),
    );
  }

  it('does the same', async () => {
    const [template, file, back] = ['模板.xlsx', '五月答复.xlsx', '退回.xlsx'].map((name) => join(folder, name));
    if (!template || !file || !back) throw new Error('three files');
    expect(await printed('template')).toMatch(/^ScreenAnswered +初筛答复/m);
    await printed('template', '初筛答复', '--to', template);
    expect(await run('template', KIND, '--to', template)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('已经存在，没有覆盖'),
    });
    await writeFile(file, await fill(await readFile(template)));

    const before = await figures();
    const dry = await run('import', file, '--dry-run');
    expect(dry.stderr.match(/^第 .*$/gm)).toEqual([
      expect.stringMatching(/^第 4 行 日期（A4）：日期“2024-05-32”不是日历上的一天/),
      expect.stringMatching(/^第 5 行 原因（F5）：必须写原因，可选：/),
      expect.stringMatching(/^第 7 行 请求编号（D7）：R77 .*没有“初筛”/),
    ]);
    expect(told(dry.stdout)).toMatchObject({ 'match.screen_agreed': ['—', '3'] });
    expect(await figures()).toEqual(before);

    const good = await run('import', file, '--errors', back);
    expect(good).toMatchObject({ code: 1, stdout: expect.stringMatching(/^新增 4，未变 0，拒收 3。/) });
    expect(good.stderr).toContain(`ledger import ${back} --name 五月答复`);
    const now = await figures();
    const moved = Object.keys(now).filter((key) => now[key] !== before[key]);
    const effect = told(dry.stdout);
    expect(Object.keys(effect).sort()).toEqual(moved.sort());
    for (const key of moved) expect([key, Number(effect[key]?.[1])]).toEqual([key, Number(now[key])]);

    await writeFile(back, await correctMarked(await readFile(back)));
    expect(await printed('import', back, '--name', '五月答复')).toMatch(/^新增 3，未变 4，拒收 0。/);
    expect(await printed('import', back, '--name', '五月答复')).toMatch(/^新增 0，未变 7，拒收 0。/);

    await writeFile(file, await amend(await readFile(back)));
    expect(await run('import', file)).toMatchObject({ code: 1, stderr: expect.stringContaining('--accept') });
    const amended = await printed('import', file, '--accept', '--reason', '核对后更正');
    expect(amended).toMatch(/新增 1，未变 5，拒收 0。[^]*更正 1，冲销 1，未冲销 0。/);

    const [found] = JSON.parse(
      await printed('entries', '--case', 'R9', '--kind', KIND, '--standing', '--format', 'json'),
    );
    expect(await printed('entries', '--case', 'R9')).toContain(found.id);
    expect(await run('reverse', found.id)).toMatchObject({ code: 1, stderr: expect.stringContaining('--reason') });
    await printed('reverse', found.id, '--reason', '捐献者尚未答复');
    expect(await run('reverse', found.id, '--reason', '再来')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('已经冲销过'),
    });

    expect(await printed('waiting')).toMatch(/^screen_unanswered +初筛待答复 +A +甲市 +3 +3 /m);
    const waiting = JSON.parse(await printed('waiting', 'screen_unanswered', '--format', 'json'));
    expect(waiting.map(({ caseCode }: { caseCode: string }) => caseCode)).toEqual(['R1', 'R6', 'R9']);

    const acts: { act: string; thing: string | null }[] = JSON.parse(await printed('audit', '--format', 'json'));
    expect(acts.map(({ act }) => act)).toEqual([
      ...['imports.receive', 'imports.cancel', 'imports.receive', 'imports.accept', 'imports.post'],
      ...['imports.receive', 'imports.accept', 'imports.post', 'imports.receive', 'imports.accept'],
      ...['imports.receive', 'imports.cancel', 'imports.receive', 'imports.accept', 'imports.post'],
      ...['entries.list', 'entries.list', 'entries.reverse', 'worklist.read'],
    ]);
    expect(acts.find(({ act }) => act === 'entries.reverse')?.thing).toBe(found.id);
    expect(await printed('audit', '--act', 'entries.reverse')).toMatch(/cli +entries\.reverse/);
    expect(await printed('verify', '--audit')).toMatch(/发现问题 0 处/);
    expect(await printed('verify')).toMatch(/不符 0 个/);
  });
});
