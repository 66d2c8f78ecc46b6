import { createHash } from 'node:crypto';
import { Workbook, type CellValue } from 'exceljs';
import PizZip from 'pizzip';
import type { DataSource } from 'typeorm';
import { RULE_PACKS } from '../../libs/assessment/packs/shipped-packs';
import { recompute } from '../../libs/indicators/recompute';
import { reopenMonths } from '../../libs/ledger/months';
import { closeMonths } from '../support/assessing';
import { HttpApplication, type Answer } from '../support/http-application';
import { bearer, makeAccount, tokenOf, type TestAccount } from '../support/signed-in';
import { append, createSmallRegistry, entry, opening, REGISTRY } from '../support/small-registry';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

jest.setTimeout(180_000);

let database: TestDatabase;
let source: DataSource;
let application: HttpApplication;
let maker: TestAccount;
let officer: Record<string, string>;
let colleague: Record<string, string>;
let reviewer: Record<string, string>;

const AT = '/api/assessments/hunan/2024';

beforeAll(async () => {
  database = await createTestDatabase();
  ({ source } = database);
  await createSmallRegistry(source);
  await append(source, ...opening(), entry({ quantity: '100' }));
  await recompute(source, REGISTRY);
  application = await HttpApplication.start({ databaseUrl: database.url }, { worker: false });
  maker = await makeAccount(source, 'officer', { name: 'li.wei' });
  officer = { authorization: `Bearer ${await tokenOf(source, maker)}` };
  colleague = await bearer(source, 'officer');
  reviewer = await bearer(source, 'reviewer');
});

afterAll(async () => {
  await application?.close();
  await database?.drop();
});

function put(path: string, body: object, as = officer): Promise<Answer> {
  return application.ask(AT + path, {
    method: 'PUT',
    headers: { 'content-type': 'application/json', ...as },
    body: JSON.stringify(body),
  });
}

async function opened(path = AT): Promise<Answer['body']> {
  return (await application.get(path, officer)).body;
}

async function go(to: string, as = reviewer, note?: string): Promise<Answer> {
  const { record, fingerprint } = await opened();
  return application.post(`${AT}/steps`, { to, note, version: record.version, fingerprint }, as);
}

async function upload(bytes: Buffer, fields: Record<string, string>, to = AT): Promise<Answer> {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  form.set('file', new Blob([new Uint8Array(bytes)]), '自评表.xlsx');
  return application.ask(`${to}/targets`, { method: 'POST', headers: officer, body: form });
}

describe('an assessment', () => {
  it('is typed by two at once: the second at a place is told what stands there', async () => {
    expect((await put('/lines/recruited', { cause: '学校放假' })).body).toMatchObject({ field: 'version' });
    const first = await put('/lines/recruited', { cause: '学校放假', version: 0 });
    expect(first).toMatchObject({ status: 200, body: { record: { version: 1, revision: 1, makers: ['li.wei'] } } });
    const second = await put('/lines/recruited', { cause: '天气', version: 0 }, colleague);
    expect(second).toMatchObject({
      status: 409,
      body: {
        code: 'assessment_written_meanwhile',
        standing: [{ place: 'recruited', content: { cause: '学校放假' }, version: 1, writtenBy: 'li.wei' }],
      },
    });
    const elsewhere = await put(
      '/budget/total',
      { initial: '1,200', adjusted: '1200', executed: '1199.5', version: 0 },
      colleague,
    );
    expect(elsewhere.body.filled.budget[0]).toMatchObject({ initial: '1200', executed: '1199.5', rate: '99.96%' });
  });

  it.each([
    ['/lines/unheard', { cause: '无' }, 'assessment_place_unknown'],
    ['/lines/budget:total', { cause: '无' }, 'assessment_place_unknown'],
    ['/lines/recruited', { target: '≥100例' }, 'target_unit_differs'],
    ['/lines/recruited', { colour: 'red' }, 'field_unknown'],
    ['/lines/recruited', { cause: '请联系 13812345678' }, 'personal_number'],
    ['/budget/total', { executed: '很多' }, 'field_not_readable'],
    ['/tasks/unheard', { completion: '完成' }, 'assessment_place_unknown'],
    ['/pack', { pack: 'unheard' }, 'rule_pack_unknown'],
  ])('takes nothing at %s that does not fit: %j', async (path, body, code) => {
    const { record } = await opened();
    expect(await put(path, { ...body, version: record.version })).toMatchObject({ status: 422, body: { code } });
  });

  it("takes targets in the form's own layout, after a look, and names row and column of what is wrong", async () => {
    const { body: bytes } = await application.get(`${AT}/files/form.xlsx`, officer);
    const workbook = new Workbook();
    await workbook.xlsx.load(bytes);
    const cellOf = (text: string) => {
      let found;
      workbook.worksheets[0]!.eachRow((row) => row.eachCell((cell) => (cell.text === text ? (found ??= cell) : null)));
      return found as unknown as { value: CellValue; address: string };
    };
    const { record } = await opened();
    const version = String(record.version);
    expect((await upload(bytes, { version })).body).toMatchObject({ changes: [], problems: [], done: false });

    const cell = cellOf('≥12000人');
    // A formula that no program has reckoned yet has no text, and is told all the same.
    cell.value = { formula: 'A1' };
    const unreckoned = await upload(Buffer.from(await workbook.xlsx.writeBuffer()), { version });
    expect(unreckoned.body).toMatchObject({ done: false, problems: [{ code: 'cell_not_plain' }] });
    cell.value = '≥1万人';
    const wrong = await upload(Buffer.from(await workbook.xlsx.writeBuffer()), { version });
    expect(wrong.body).toMatchObject({ done: false, changes: [] });
    const [problem] = wrong.body.problems;
    expect(`${problem.column}${problem.row}`).toBe(cell.address);

    cell.value = '≥13000人';
    const right = Buffer.from(await workbook.xlsx.writeBuffer());
    const change = { code: 'recruited', what: 'target', before: '≥12000人', after: '≥13000人' };
    expect((await upload(right, { version, mode: 'dry_run' })).body).toMatchObject({ done: false, changes: [change] });
    expect((await opened()).filled.lines[0].target).toBe('≥12000人');
    expect((await upload(right, { version, mode: 'dry-run' })).body).toMatchObject({ field: 'mode' });
    expect((await upload(right, { version })).body).toMatchObject({ done: true, changes: [change] });
    const { filled } = await opened();
    expect(filled.lines[0]).toMatchObject({ target: '≥13000人', cause: '学校放假' });
    // What the file has as the form has it is the office's own from now on.
    expect(filled.assumptions.filter(({ zh }: { zh: string }) => zh.startsWith('表式自带'))).toEqual([]);
  });

  it('takes half-year targets as July prints them, also where the form has no column for them at the year’s end', async () => {
    const half = '/api/assessments/hunan/2024-H1';
    const { body: bytes } = await application.get(`${half}/files/form.xlsx`, officer);
    const workbook = new Workbook();
    await workbook.xlsx.load(bytes);
    workbook.worksheets[0]!.eachRow((row) =>
      row.eachCell((cell) => {
        if (cell.text === '≥6000人') cell.value = '≥6500人';
      }),
    );
    const { record } = await opened(half);
    const changed = await upload(
      Buffer.from(await workbook.xlsx.writeBuffer()),
      { version: String(record.version), mode: 'dry_run' },
      half,
    );
    const change = { code: 'recruited', what: 'halfTarget', before: '≥6000人', after: '≥6500人' };
    expect(changed.body).toMatchObject({ problems: [], changes: [change] });
  });

  it('takes the targets of the year before', async () => {
    const next = '/api/assessments/hunan/2025';
    const body = { from: 'last_year', version: 0 };
    const look = await application.post(`${next}/targets`, { ...body, dryRun: true }, officer);
    expect(look.body).toMatchObject({ done: false, version: 0, changes: [{ code: 'recruited', after: '≥13000人' }] });
    const said = await application.post(`${next}/targets`, { ...body, dryRun: 'true' }, officer);
    expect(said).toMatchObject({ status: 422, body: { field: 'dryRun' } });
    expect((await application.post(`${next}/targets`, body, officer)).body).toMatchObject({ done: true, version: 1 });
    const { filled } = await opened(next);
    expect(filled.lines[0].target).toBe('≥13000人');
    expect(filled.assumptions.filter(({ zh }: { zh: string }) => zh.startsWith('表式自带'))).toEqual([]);
    expect((await application.post(`${AT}/targets`, { ...body, version: 3 }, officer)).body.code).toBe(
      'assessment_unknown',
    );
  });

  it("is scored by the office's own rules, a version of which is never changed", async () => {
    const hunan = RULE_PACKS.find(({ code }) => code === 'hunan')!;
    const own = { ...hunan, code: 'our-city', causeBeyond: '20' };
    const wrong = await application.post('/api/rule-packs', { ...own, causeBeyond: 'x' }, officer);
    expect(wrong.status).toBe(422);
    expect((await application.post('/api/rule-packs', hunan, officer)).body.code).toBe('rule_pack_code');
    expect((await application.post('/api/rule-packs', own, officer)).body).toMatchObject({ rules: { version: 1 } });
    const { record } = await opened();
    const chosen = await put('/pack', { pack: 'our-city', version: record.version });
    expect(chosen.body.record.pack).toMatchObject({ code: 'our-city', version: 1, own: true });
    await application.post('/api/rule-packs', { ...own, causeBeyond: '10' }, officer);
    expect((await opened()).record.pack.version).toBe(1);
    const { packs } = (await application.get('/api/rule-packs', officer)).body;
    expect(packs.filter((one: { own: boolean }) => one.own).map((one: { rules: object }) => one.rules)).toMatchObject([
      { code: 'our-city', version: 1, causeBeyond: '20' },
      { code: 'our-city', version: 2, causeBeyond: '10' },
    ]);
  });

  it('goes its way by other hands than typed it, and is handed out as it was frozen for ever', async () => {
    const refused = await go('reviewed');
    expect(refused).toMatchObject({ status: 409, body: { code: 'assessment_incomplete' } });
    for (const { place } of refused.body.due) {
      const { record } = await opened();
      await put(`/lines/${place}`, { cause: '样本较少', target: undefined, version: record.version });
    }
    await source.query(`update account set role = 'reviewer' where id = $1`, [maker.id]);
    const promoted = { authorization: `Bearer ${await tokenOf(source, { ...maker, role: 'reviewer' })}` };
    expect(await go('reviewed', promoted)).toMatchObject({ status: 403, body: { code: 'maker_is_checker' } });
    await source.query(`update account set role = 'officer' where id = $1`, [maker.id]);

    const { record: typed, fingerprint: looked } = await opened();
    const review = { to: 'reviewed', version: typed.version };
    expect((await application.post(`${AT}/steps`, review, reviewer)).body).toMatchObject({ field: 'fingerprint' });
    await append(source, entry({ quantity: '3' }));
    await recompute(source, REGISTRY);
    const unseen = await application.post(`${AT}/steps`, { ...review, fingerprint: looked }, reviewer);
    expect(unseen).toMatchObject({ status: 409, body: { code: 'assessment_figures_moved' } });
    expect((await opened()).record.state).toBe('draft');

    expect((await go('reviewed')).body.record.state).toBe('reviewed');
    expect((await go('draft')).body.code).toBe('note_missing');
    expect((await go('approved')).body.record.state).toBe('approved');
    expect(await go('frozen')).toMatchObject({ status: 409, body: { code: 'assessment_months_open' } });
    await closeMonths(source, '2023-01', '2024-12');
    const { body: frozen } = await go('frozen');
    expect(frozen.record).toMatchObject({ state: 'frozen' });
    expect(frozen.record.files.map(({ kind }: { kind: string }) => kind)).toEqual([
      ...['data.json', 'evidence.zip', 'form.xlsx', 'report.docx'],
    ]);

    const evidenceOf = async (line: string): Promise<Buffer> => {
      return (await application.get(`${AT}/files/evidence.zip?line=${line}`, officer)).body;
    };
    const evidence = await evidenceOf('recruited');
    expect([...new PizZip(evidence).file(/./)].map(({ name }) => name.replace(/-.*/, '')).sort()).toEqual(
      ['登记名单/招募人数', '完成值.csv', '附件清单.csv'].sort(),
    );

    await source.transaction((manager) => reopenMonths(manager, REGISTRY, '2024-12', 'closer', '补登'));
    await append(source, entry({ quantity: '9', occurredOn: '2024-12-03' }));
    await recompute(source, REGISTRY);
    const { filled, differences } = await opened();
    expect(filled).toEqual(frozen.filled);
    expect(differences).toContainEqual(
      expect.objectContaining({ place: 'recruited', before: '103人', after: '112人' }),
    );
    const { sha256 } = frozen.record.files.find(({ kind }: { kind: string }) => kind === 'form.xlsx');
    const { body } = await application.get(`${AT}/files/form.xlsx`, officer);
    expect(createHash('sha256').update(body).digest('hex')).toBe(sha256);
    expect((await evidenceOf('recruited')).equals(evidence)).toBe(true);
    expect((await application.get(`${AT}/files/evidence.zip?line=nothing`, officer)).body.code).toBe('line_unknown');
    expect(await put('/lines/recruited', { version: 99 })).toMatchObject({ status: 409 });
  });

  it('goes on as a revision, and is listed with how far it is', async () => {
    expect((await application.post(`${AT}/revisions`, {}, officer)).body.record).toMatchObject({ revision: 2 });
    const { body } = await application.get(`${AT}/differences?since=revision`, officer);
    expect(body).toMatchObject({ revision: 2, since: { revision: 1, to: 'frozen' } });
    expect((await opened(`${AT}?revision=1`)).record.state).toBe('frozen');
    expect((await opened(`${AT}?revision=3`)).code).toBe('assessment_unknown');
    const list = (await application.get('/api/assessments?year=2024', reviewer)).body;
    expect(list.assessments).toMatchObject([
      { form: 'hunan', period: '2024', revision: 2, state: 'draft', progress: { filled: expect.any(Number) } },
    ]);
    expect(list.forms.map(({ code }: { code: string }) => code)).toContain('hunan');
    expect(list.forms.map(({ packLabel }: { packLabel: { zh: string } }) => packLabel.zh)).toContain('湖南省自评规则');
    expect((await application.get('/api/assessments/due?year=2024', reviewer)).body.lines).toEqual(expect.any(Number));
  });

  it('takes a file of evidence from who writes it, as one of its org', async () => {
    const send = (as: Record<string, string>, query = '') => {
      const form = new FormData();
      form.set('file', new Blob(['%PDF-1.7\n决算']), '决算.pdf');
      return application.ask(`/api/assessments/hunan/2025/evidence${query}`, {
        method: 'POST',
        headers: as,
        body: form,
      });
    };
    const { body } = await send(officer);
    expect(body).toEqual({ code: expect.stringMatching(/^E(-[A-Z]{4}){3}$/), name: '决算.pdf' });
    expect(await send(reviewer)).toMatchObject({ status: 403 });
    const city = await bearer(source, 'officer', { org: 'A' });
    expect((await send(city)).body.code).toBe('org_out_of_reach');
    expect((await send(city, '?org=A')).status).toBe(201);
    const { record } = await opened('/api/assessments/hunan/2025');
    const written = await application.ask('/api/assessments/hunan/2025/lines/public_expense', {
      method: 'PUT',
      headers: { 'content-type': 'application/json', ...officer },
      body: JSON.stringify({ actual: '96.4', evidence: [body.code], version: record.version }),
    });
    const line = written.body.filled.lines.find((one: { code: string }) => one.code === 'public_expense');
    expect(line).toMatchObject({ actual: '96.4', evidence: [body.code] });
  });

  it("of a city is that city's, and the registry's is not", async () => {
    const city = await bearer(source, 'officer', { org: 'A' });
    expect((await application.get(AT, city)).body.code).toBe('org_out_of_reach');
    expect((await application.get(`${AT}?org=P`, city)).body.code).toBe('org_unknown');
    const own = await application.ask(`${AT}/lines/recruited?org=A`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json', ...city },
      body: JSON.stringify({ cause: '本市', version: 0 }),
    });
    expect(own.body.address).toMatchObject({ org: 'A', revision: 1 });
    const listed = async (as: Record<string, string>) =>
      (await application.get('/api/assessments?year=2024', as)).body.assessments.map(({ org }: { org: string }) => org);
    expect([await listed(city), await listed(reviewer)]).toEqual([['A'], ['A', 'P']]);
    expect((await application.post('/api/rule-packs', {}, city)).body.code).toBe('org_out_of_reach');
  });
});
