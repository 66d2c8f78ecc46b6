import { HttpApplication } from '../support/http-application';
import { asDocx } from '../support/report-files';
import { createSmallRegistry } from '../support/small-registry';
import { bearer } from '../support/signed-in';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

jest.setTimeout(120_000);

const TEXT = '2024年度总结\n全年初筛10008人，初筛同意4877人，成功率为48.74%。';

let database: TestDatabase;
let application: HttpApplication;
let reader: { authorization: string };

beforeAll(async () => {
  database = await createTestDatabase();
  await createSmallRegistry(database.source);
  application = await HttpApplication.start({ databaseUrl: database.url }, { worker: false });
  reader = await bearer(database.source, 'officer');
}, 60_000);

afterAll(async () => {
  await application?.close();
  await database?.drop();
});

function upload(bytes: Buffer, name: string) {
  const form = new FormData();
  form.append('file', new Blob([new Uint8Array(bytes)]), name);
  return application.ask('/api/check-ups', { method: 'POST', headers: reader, body: form });
}

describe('the check-up over HTTP', () => {
  it('tells what does not hold in a text that was pasted', async () => {
    const { status, body } = await application.post('/api/check-ups', { text: TEXT }, reader);
    expect(status).toBe(200);
    expect(body.findings).toMatchObject([{ class: 'wrong-rate', found: '48.74%', expected: '48.73%' }]);
    const { start, end } = body.findings[0].place;
    expect(body.text.slice(start, end)).toBe('48.74%');
    expect(body.numbers.map(({ noun, value }: Record<string, string>) => [noun, value])).toEqual([
      ['初筛', '10008'],
      ['初筛同意', '4877'],
      ['成功率', '48.74'],
    ]);
  });

  it('tells the same of a Word file', async () => {
    const { status, body } = await upload(asDocx(TEXT), '报告.docx');
    expect(status).toBe(200);
    expect(body.findings).toMatchObject([{ class: 'wrong-rate', found: '48.74%' }]);
  });

  it('says why a file cannot be checked', async () => {
    expect((await upload(Buffer.from(''), '空.txt')).body.code).toBe('file_empty');
    expect((await application.post('/api/check-ups', {}, reader)).body.code).toBe('text_missing');
    expect((await application.post('/api/check-ups?org=nowhere', { text: TEXT }, reader)).body.code).toBe(
      'org_unknown',
    );
  });
});
