import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSource } from '../../libs/intake/open-source';
import { BROKEN_FORMS } from '../support/broken-forms';
import { HttpApplication, type Answer } from '../support/http-application';
import { countEntries, HEAD } from '../support/importing';
import { bearer } from '../support/signed-in';
import { createSmallRegistry } from '../support/small-registry';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

jest.setTimeout(120_000);

let database: TestDatabase;
let api: HttpApplication;

beforeAll(async () => {
  database = await createTestDatabase();
  await createSmallRegistry(database.source);
  api = await HttpApplication.start({ databaseUrl: database.url });
});

afterAll(async () => {
  await api?.close();
  await database?.drop();
});

const tally = (day: string, quantity: number | string, org = 'A') =>
  `RecruitmentRegistered,${org},${day},${quantity},,,,`;

async function upload(
  lines: readonly string[],
  fields: Record<string, string> = {},
  headers: Record<string, string> = {},
): Promise<Answer> {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  form.append('file', new Blob([lines.join('\n')]), 'may.csv');
  return api.ask('/api/imports', { method: 'POST', body: form, headers });
}

const settled = ({ body }: Answer) => !['received', 'accepted', 'posting'].includes(body.state);

async function uploaded(lines: readonly string[], fields: Record<string, string> = {}): Promise<Answer['body']> {
  const { status, body } = await upload(lines, fields);
  expect(status).toBe(202);
  return (await api.until(`/api/imports/${body.importId}`, settled)).body;
}

describe('a file that is uploaded', () => {
  it('shows what it would do, and does it once it is accepted', async () => {
    const staged = await uploaded([HEAD, tally('2024-05-10', 12), tally('2024-05-11', 20)]);
    expect(staged).toMatchObject({ state: 'staged', counts: { new: 2 }, name: 'may', fileName: 'may.csv', org: 'P' });
    expect(await countEntries(database.source)).toBe(0);

    const { body: effect } = await api.get(`/api/imports/${staged.importId}/effect`);
    expect(effect.effect.figures.metrics).toContainEqual({
      org: 'P',
      key: 'registry.recruited',
      period: '2024-05',
      before: null,
      after: '32',
      difference: null,
    });
    expect((await api.post(`/api/imports/${staged.importId}/accept`, {})).status).toBe(202);
    const done = await api.until(`/api/imports/${staged.importId}`, settled);
    expect(done.body).toMatchObject({ state: 'done', entriesPosted: 2, progress: { phase: 'post', percent: 100 } });
    expect(await countEntries(database.source)).toBe(2);
  });

  it('that was amended shows each row with what it replaces', async () => {
    const staged = await uploaded([HEAD, tally('2024-05-10', 15), tally('2024-05-11', 20)]);
    const { body } = await api.get(`/api/imports/${staged.importId}/rows?proposal=changed`);
    expect(body.rows).toEqual([
      expect.objectContaining({
        row: 2,
        proposal: 'changed',
        stated: expect.objectContaining({ quantity: '15' }),
        before: expect.objectContaining({ quantity: '12', occurredOn: '2024-05-10' }),
      }),
    ]);
    expect((await api.post(`/api/imports/${staged.importId}/cancel`, {})).body).toMatchObject({ state: 'cancelled' });
    expect((await api.post(`/api/imports/${staged.importId}/accept`, {})).status).toBe(409);
  });

  it('comes back as a workbook with its bad cells named', async () => {
    const staged = await uploaded([HEAD, tally('2024-05-32', 1), tally('2024-05-10', 'x')], { name: 'bad' });
    expect(staged.counts).toMatchObject({ invalid: 2 });
    const { body } = await api.get(`/api/imports/${staged.importId}/rows?proposal=invalid`);
    expect(
      body.rows.map((one: { row: number; problems: { field: string }[] }) => [one.row, one.problems[0]?.field]),
    ).toEqual([
      [2, 'occurredOn'],
      [3, 'quantity'],
    ]);
    const workbook = await api.get(`/api/imports/${staged.importId}/errors.xlsx`);
    expect(workbook.status).toBe(200);
    const folder = await mkdtemp(join(tmpdir(), 'marrow-ledger-errors-'));
    try {
      const path = join(folder, 'errors.xlsx');
      await writeFile(path, workbook.body as Buffer);
      const file = await openSource(path, 'errors.xlsx');
      expect(file.sheets[0]?.head).toContain('种类');
      await file.close();
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });

  it('with a column that nobody knows waits for somebody to say what it is, and then remembers it', async () => {
    const lines = ['种类,机构,日期,合格量,颜色', 'RecruitmentRegistered,A,2024-07-10,3,红'];
    const asked = await uploaded(lines, { name: 'colours' });
    expect(asked).toMatchObject({ state: 'mapping', question: { code: 'mapping_unclear' } });
    const columns = { 合格量: 'quantity', 颜色: null };
    const mapped = await api.ask(`/api/imports/${asked.importId}/mapping`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ columns }),
    });
    expect(mapped.status).toBe(200);
    const staged = (await api.until(`/api/imports/${asked.importId}`, settled)).body;
    expect(staged).toMatchObject({ state: 'staged', counts: { new: 1 } });
    await api.post(`/api/imports/${asked.importId}/accept`, {});
    await api.until(`/api/imports/${asked.importId}`, settled);
    expect(await uploaded(lines, { name: 'more colours' })).toMatchObject({ state: 'staged', counts: { new: 1 } });
  });

  it.each(['%', '', ' # '])('is not read by a choice for a column called "%s"', async (name) => {
    const asked = await uploaded(['种类,机构,日期,若干', 'RecruitmentRegistered,A,2024-07-11,3'], { name: 'marks' });
    const { status, body } = await api.ask(`/api/imports/${asked.importId}/mapping`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ columns: { [name]: '数量' } }),
    });
    expect([status, body.code]).toEqual([422, 'field_not_readable']);
    expect((await api.get(`/api/imports/${asked.importId}`)).body.mapping).toBeNull();
    expect((await api.get('/api/imports')).status).toBe(200);
  });

  it('shows what its columns were taken for, and counts columns from 1 like rows, also where a guard refuses', async () => {
    const staged = await uploaded([HEAD, 'ExamStarted,A,2024-03-05,,D7,R7,,', tally('2024-05-32', 1)], {
      name: 'places',
    });
    expect(staged.mapping).toEqual([
      {
        sheet: expect.any(String),
        kind: null,
        columns: expect.arrayContaining([
          { column: 1, name: '种类', field: 'kind', by: 'name' },
          { column: 3, name: '日期', field: 'occurredOn', by: 'name' },
        ]),
      },
    ]);
    const { body } = await api.get(`/api/imports/${staged.importId}/rows?proposal=invalid`);
    const places = body.rows.map(({ row, problems: [{ field, column }] }: Answer['body']) => [row, field, column]);
    expect(places).toEqual([
      [2, 'caseCode', 6],
      [3, 'occurredOn', 3],
    ]);
  });

  it('lists each of its counts', async () => {
    const staged = await uploaded([HEAD, tally('2024-05-10', 12)], { name: 'lists' });
    for (const [proposal, count] of Object.entries(staged.counts)) {
      const { status, body } = await api.get(`/api/imports/${staged.importId}/rows?proposal=${proposal}`);
      expect({ status, rows: body.rows.length }).toEqual({ status: 200, rows: count });
    }
  });

  it('waits in a list of those that need an answer until it has one', async () => {
    const staged = await uploaded([HEAD, tally('2024-09-10', 12)], { name: 'waits' });
    const waiting = async () =>
      (await api.get('/api/imports?waiting=true')).body.imports.map(({ importId }: Answer['body']) => importId);
    expect(await waiting()).toContain(staged.importId);
    await api.post(`/api/imports/${staged.importId}/cancel`, {});
    expect(await waiting()).not.toContain(staged.importId);
    expect((await api.get(`/api/imports?before=${staged.createdAt}`)).body.imports).not.toContainEqual(
      expect.objectContaining({ importId: staged.importId }),
    );
  });

  it('that takes entries back or came before is accepted with a reason, or an explicit yes', async () => {
    const again = await uploaded([HEAD, tally('2024-05-10', 12), tally('2024-05-11', 20)], { name: 'twice' });
    const acceptance = (id: string, answer: object) => api.post(`/api/imports/${id}/accept`, answer);
    const duplicate = { status: 422, body: { code: 'file_imported_before', field: 'duplicate' } };
    expect(await acceptance(again.importId, {})).toMatchObject(duplicate);
    expect(await acceptance(again.importId, { duplicate: 'yes' })).toMatchObject({ status: 422 });
    const amended = await uploaded([HEAD, tally('2024-05-10', 15), tally('2024-05-11', 20)]);
    const unjustified = { status: 422, body: { code: 'justification_missing', field: 'reason' } };
    expect(await acceptance(amended.importId, {})).toMatchObject(unjustified);
    for (const { importId } of [again, amended]) await api.post(`/api/imports/${importId}/cancel`, {});
  });

  it('of another city is out of reach, in its rows and as a whole', async () => {
    const clerk = await bearer(database.source, 'clerk', { org: 'A' });
    const { body } = await upload([HEAD, tally('2024-08-10', 1, 'B'), tally('2024-08-10', 1)], { name: 'ours' }, clerk);
    const staged = await api.until(`/api/imports/${body.importId}`, settled);
    expect(staged.body).toMatchObject({ org: 'A', counts: { new: 1, invalid: 1 } });
    expect((await upload([HEAD, tally('2024-08-10', 1)], { org: 'B' }, clerk)).body).toMatchObject({
      code: 'org_unknown',
    });

    const other = await bearer(database.source, 'clerk', { org: 'B' });
    for (const path of ['', '/rows?proposal=new', '/effect', '/errors.xlsx']) {
      expect((await api.get(`/api/imports/${body.importId}${path}`, other)).status).toBe(404);
    }
    expect((await api.post(`/api/imports/${body.importId}/accept`, {}, other)).status).toBe(404);
    expect((await api.get('/api/imports', other)).body.imports).toEqual([]);
  });

  it.each<[string, Record<string, string>, string]>([
    ['an unknown kind', { kind: 'Unheard' }, 'kind_unknown'],
    ['an unknown mode', { mode: 'some' }, 'field_not_readable'],
    ['an unknown field', { colour: 'red' }, 'field_unknown'],
    ['a name that holds a number', { name: '13812345678' }, 'personal_number'],
  ])('with %s is refused with a sentence', async (_, fields, code) => {
    const { status, body } = await upload([HEAD, tally('2024-05-10', 1)], fields);
    expect({ status, code: body.code }).toEqual({ status: 422, code });
    expect(body.detail).toMatch(/[\u4e00-\u9fff]/);
  });

  it.each(BROKEN_FORMS)('in a form $what is refused with a sentence', async ({ type, body: sent }) => {
    const request = { method: 'POST', headers: { 'content-type': type }, body: sent };
    const { status, body } = await api.ask('/api/imports', request);
    expect({ status, ...body }).toMatchObject({
      ...{ status: 400, code: 'form_not_readable', detail: expect.stringMatching(/^表单不完整/) },
    });
  });

  it('is needed: JSON is none, and neither is a form without one', async () => {
    expect((await api.post('/api/imports', {})).body).toMatchObject({ code: 'upload_missing' });
    const form = new FormData();
    form.append('name', 'nothing');
    expect((await api.ask('/api/imports', { method: 'POST', body: form })).body).toMatchObject({
      code: 'upload_missing',
    });
  });
});

describe('a template', () => {
  it('of each kind can be filled in and uploaded', async () => {
    const { status, type } = await api.get('/api/imports/templates/ScreenAnswered.xlsx');
    expect({ status, type }).toEqual({ status: 200, type: expect.stringContaining('spreadsheetml') });
    expect((await api.get('/api/imports/templates/Unheard.xlsx')).body).toMatchObject({ code: 'kind_unknown' });
  });
});

describe('history with gaps', () => {
  const lines = [HEAD, 'ExamStarted,A,2024-03-05,,D1,R1,,'];

  it('is let in by the registry itself, and then found', async () => {
    const staged = await uploaded(lines, { keepGaps: 'true', name: 'history' });
    expect(staged).toMatchObject({ state: 'staged', keepGaps: true, counts: { new: 1, invalid: 0 } });
    await api.post(`/api/imports/${staged.importId}/accept`, {});
    await api.until(`/api/imports/${staged.importId}`, settled);
    const gaps = '/api/quality/findings?rule=entry_gap&org=';
    expect((await api.until(`${gaps}A`, ({ body }) => body.findings.length > 0)).body).toMatchObject({
      findings: [
        {
          ...{ rule: 'entry_gap', org: 'A', period: '2024-03', measured: 'ExamStarted', state: 'open' },
          sentence: { zh: expect.stringContaining('R1 在 2024-03-05 或之前没有') },
          detail: { caseCode: 'R1', gaps: [{ kind: 'HrTypingConcluded', outcome: 'match' }] },
        },
      ],
      next: null,
    });
    expect((await api.get(`${gaps}B`)).body).toMatchObject({ findings: [] });
  });

  it('is for no city to let in, nor to see of another', async () => {
    const clerk = await bearer(database.source, 'clerk', { org: 'B' });
    const asked = await upload(lines, { keepGaps: 'true', org: 'B' }, clerk);
    expect(asked).toMatchObject({ status: 403, body: { code: 'keep_gaps_refused', field: 'keepGaps' } });
    expect((await api.get('/api/quality/findings', clerk)).body).toMatchObject({ findings: [] });
    expect(await upload(lines, { keepGaps: 'yes' })).toMatchObject({ status: 422, body: { field: 'keepGaps' } });
  });
});
