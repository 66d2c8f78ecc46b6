import { randomBytes } from 'node:crypto';
import { templateWorkbook } from '../../libs/intake/template-workbook';
import { findKind } from '../../libs/catalogue/kinds';
import { HttpApplication, type Answer } from '../support/http-application';
import { bearer } from '../support/signed-in';
import { createSmallRegistry, entry } from '../support/small-registry';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

jest.setTimeout(120_000);

const PDF = Buffer.from('%PDF-1.7\n一份问卷的汇总\n%%EOF');
const PNG = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), randomBytes(64)]);
const MIB = 1024 * 1024;

let database: TestDatabase;
let api: HttpApplication;
let workbook: Buffer;

beforeAll(async () => {
  database = await createTestDatabase();
  await createSmallRegistry(database.source);
  api = await HttpApplication.start({ databaseUrl: database.url }, { worker: false });
  const kind = findKind('DonorSatisfaction');
  if (!kind) throw new Error('there is that kind');
  workbook = await templateWorkbook(kind, [], '2023-01-01');
});

afterAll(async () => {
  await api?.close();
  await database?.drop();
});

function send(
  name: string,
  bytes: Buffer | string,
  fields: Record<string, string> = {},
  headers: Record<string, string> = {},
): Promise<Answer> {
  const form = new FormData();
  for (const [field, value] of Object.entries(fields)) form.append(field, value);
  form.append('file', new Blob([Buffer.from(bytes)]), name);
  return api.ask('/api/evidence', { method: 'POST', body: form, headers });
}

const share = (evidence: string, fields: object = {}) =>
  entry({ kind: 'DonorSatisfaction', quantity: '91', attributes: { source: '年终问卷', evidence }, ...fields });

async function acts(): Promise<{ act: string; thing: string; org: string; result: string; detail: object }[]> {
  return database.source.query('select act, thing, org, result, detail from audit_act order by seq desc limit 1');
}

describe('a file of evidence', () => {
  it('gets a code, which a reported value takes, and comes back as it was, as a file to keep', async () => {
    const name = "满意度 '2024'(终).pdf";
    const { status, body } = await send(name, PDF, { org: 'A' });
    expect(status).toBe(201);
    expect(body).toEqual({
      code: expect.stringMatching(/^E(-[A-Z]{4}){3}$/),
      name,
      size: PDF.length,
      mediaType: 'application/pdf',
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect(await acts()).toMatchObject([
      { act: 'evidence.add', thing: body.code, org: 'A', result: 'done', detail: { size: PDF.length } },
    ]);
    expect((await api.post('/api/entries', share(body.code))).status).toBe(201);

    const got = await api.get(`/api/evidence/${body.code}`);
    expect(got.status).toBe(200);
    expect(PDF.equals(got.body)).toBe(true);
    expect(Object.fromEntries(got.headers)).toMatchObject({
      'content-type': 'application/pdf',
      'x-content-type-options': 'nosniff',
      'content-disposition': `attachment; filename="${body.code}.pdf"; filename*=UTF-8''%E6%BB%A1%E6%84%8F%E5%BA%A6%20%272024%27%28%E7%BB%88%29.pdf`,
    });
    expect(await acts()).toMatchObject([{ act: 'export', thing: `/api/evidence/${body.code}`, result: 'done' }]);
  });

  it('of the same bytes is one file to its org, whatever it is called, and another to another', async () => {
    const first = (await send('a.png', PNG, { org: 'A' })).body;
    expect((await send('b.png', PNG, { org: 'A' })).body).toEqual(first);
    expect(await acts()).toMatchObject([{ act: 'evidence.add', thing: first.code, detail: { unchanged: true } }]);
    expect((await send('b.png', PNG, { org: 'B' })).body.code).not.toBe(first.code);
    const [{ count }] = await database.source.query(
      `select count(*)::int as count from evidence_file where name like '_.png'`,
    );
    expect(count).toBe(2);
  });

  it('that two send at once is one', async () => {
    const bytes = Buffer.concat([PNG, randomBytes(8)]);
    const sent = await Promise.all(Array.from({ length: 4 }, () => send('c.png', bytes)));
    expect(new Set(sent.map(({ status, body }) => `${status} ${body.code}`)).size).toBe(1);
  });

  it.each<[string, string, () => Buffer | string]>([
    ['a PDF', 'a.PDF', () => `${PDF}1`],
    ['a workbook', 'a.xlsx', () => workbook],
    ['a JPG', 'a.jpeg', () => Buffer.from('ffd8ffe000104a464946', 'hex')],
    ['a CSV of Excel, in GB18030', 'a.csv', () => Buffer.from('bbfab9b92cc2fad2e2b6c80d0a', 'hex')],
    ['a CSV in UTF-8', 'a.csv', () => '\ufeff机构,满意度\r\n'],
    ['plain text', 'a.txt', () => '满意度 91%'],
    ['20 MiB', 'most.pdf', () => Buffer.concat([PDF, Buffer.alloc(20 * MIB - PDF.length)])],
  ])('may be %s', async (_, name, bytes) => {
    const sent = Buffer.from(bytes());
    const { status, body } = await send(name, sent);
    expect({ status, size: body.size }).toEqual({ status: 201, size: sent.length });
    expect(sent.equals((await api.get(`/api/evidence/${body.code}`)).body)).toBe(true);
  });

  it.each<[string, string, () => Buffer | string, number, string, string]>([
    ['is empty', 'a.pdf', () => '', 422, 'file_empty', '是空的'],
    ['is a PNG with another name', 'a.pdf', () => PNG, 422, 'evidence_not_as_named', '其实是PNG 图片'],
    ['is a workbook that is called a document', 'a.docx', () => workbook, 422, 'evidence_not_as_named', 'xlsx'],
    ['is a web page that is called text', 'a.txt', () => ' <!doctype html><script>', 422, 'evidence_not_taken', '网页'],
    ['is a web page that is called a PDF', 'a.pdf', () => '\ufeff<html>', 422, 'evidence_not_taken', '网页'],
    ['is a drawing that runs', 'a.svg', () => '<svg onload="x"/>', 422, 'evidence_not_taken', 'PDF、Word'],
    ['is a web page', 'a.html', () => '<html>', 422, 'evidence_not_taken', 'PDF、Word'],
    ['is a program', 'a.exe', () => Buffer.from('4d5a9000', 'hex'), 422, 'evidence_not_taken', 'PDF、Word'],
    ['is no text', 'a.csv', () => Buffer.from([65, 0, 66]), 422, 'evidence_not_taken', '别的格式'],
    ['is a broken package', 'a.docx', () => 'PK\x03\x04 and so on', 422, 'evidence_not_taken', '损坏'],
    ['has an ID number for a name', '13800138000.pdf', () => PDF, 422, 'personal_number', '文件名'],
    ['is too large', 'a.pdf', () => Buffer.concat([PDF, Buffer.alloc(20 * MIB)]), 413, 'file_too_large', '20 MiB'],
  ])('that %s is refused with a sentence', async (_, name, bytes, status, code, words) => {
    const answer = await send(name, bytes());
    expect(answer).toMatchObject({ status, body: { code, field: 'file', detail: expect.stringContaining(words) } });
    expect(await acts()).toMatchObject([{ act: 'request', thing: 'POST /api/evidence', result: 'refused' }]);
  });

  it('is refused without a file, for an org elsewhere, and with a field that nobody knows', async () => {
    const code = async (answer: Promise<Answer>) => (await answer).body.code;
    expect(await code(api.post('/api/evidence', {}))).toBe('upload_missing');
    expect(await code(send('a.pdf', PDF, { org: 'Z' }))).toBe('org_unknown');
    expect(await code(send('a.pdf', PDF, { kind: 'x' }))).toBe('field_unknown');
  });
});

describe('the evidence of a reported value', () => {
  it('must be the code of a file', async () => {
    const { status, body } = await api.post('/api/entries', share('E-0001'));
    expect(status).toBe(422);
    expect(body).toMatchObject({ code: 'evidence_missing', field: 'attributes.evidence' });
    expect(body.detail).toContain('请先上传文件');
  });

  it('is seen by those of its org alone: nobody else cites it, reads it, or finds it in a list', async () => {
    const bytes = Buffer.concat([PNG, randomBytes(8)]);
    const [ofA, ofB] = [
      await bearer(database.source, 'clerk', { org: 'A' }),
      await bearer(database.source, 'clerk', { org: 'B' }),
    ];
    const { code } = (await send('seen.png', bytes, {}, ofA)).body;
    expect((await send('a.png', bytes, { org: 'A' }, ofB)).body.code).toBe('org_unknown');

    const listed = async (headers: Record<string, string>) =>
      (await api.get('/api/evidence?limit=1000', headers)).body.files.map((one: { code: string }) => one.code);
    expect(await listed(ofA)).toContain(code);
    expect(await listed(ofB)).not.toContain(code);
    expect((await api.get('/api/evidence?org=A', ofB)).body.code).toBe('org_unknown');
    for (const asked of [code, 'E-NONE']) {
      expect(await api.get(`/api/evidence/${asked}`, ofB)).toMatchObject({
        status: 404,
        body: { code: 'evidence_unknown' },
      });
    }
    const cited = await api.post('/api/entries', share(code, { org: 'B' }), ofB);
    expect(cited).toMatchObject({ status: 422, body: { code: 'evidence_missing', field: 'attributes.evidence' } });
    expect((await api.post('/api/entries', share(code, { org: 'A1' }), ofA)).status).toBe(201);
  });

  it('is looked for row by row, and is needed nowhere', async () => {
    const { code } = (await send('rows.pdf', `${PDF}rows`)).body;
    const entries = [share(code), share('E-NONE'), entry({ ...share(''), attributes: { source: '问卷' } })];
    const { body } = await api.post('/api/entries', { entries });
    expect(body.results.map((one: { status: string }) => one.status)).toEqual(['created', 'refused', 'created']);
  });
});

describe('the list of evidence', () => {
  it('comes in pages, the latest first', async () => {
    const all = (await api.get('/api/evidence?limit=1000')).body;
    expect(all.next).toBeNull();
    expect(all.files.length).toBeGreaterThan(4);
    expect(Object.keys(all.files[0])).not.toContain('bytes');
    const paged: object[] = [];
    for (let mark = ''; ;) {
      const { files, next } = (await api.get(`/api/evidence?limit=3${mark}`)).body;
      paged.push(...files);
      if (next === null) break;
      mark = `&after=${next}`;
    }
    expect(paged).toEqual(all.files);
    expect((await api.get('/api/evidence?after=none')).body.code).toBe('cursor_not_readable');
  });
});
