import PizZip from 'pizzip';
import { recompute } from '../../libs/indicators/recompute';
import { HttpApplication } from '../support/http-application';
import { append, createSmallRegistry, entry, opening, REGISTRY } from '../support/small-registry';
import { bearer } from '../support/signed-in';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

jest.setTimeout(120_000);

const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

let database: TestDatabase;
let application: HttpApplication;
let officer: { authorization: string };

beforeAll(async () => {
  database = await createTestDatabase();
  await createSmallRegistry(database.source);
  await append(database.source, ...opening(), entry({ quantity: '12' }));
  await recompute(database.source, REGISTRY);
  application = await HttpApplication.start({ databaseUrl: database.url }, { worker: false });
  officer = await bearer(database.source, 'officer');
}, 120_000);

afterAll(async () => {
  await application?.close();
  await database?.drop();
});

function ask(path: string, init: RequestInit = {}): Promise<Response> {
  return fetch(`${application.url}/api/${path}`, { ...init, headers: { ...officer, ...init.headers } });
}

function upload(bytes: Uint8Array, name = '自己的.docx'): Promise<Response> {
  const body = new FormData();
  body.append('file', new Blob([Buffer.from(bytes)], { type: DOCX }), name);
  return ask('report-templates/hunan', { method: 'PUT', body });
}

async function titleOf(docx: ArrayBuffer): Promise<string> {
  const xml = new PizZip(docx).file('word/document.xml')?.asText() ?? '';
  return (xml.split('</w:p>')[0] ?? '').replace(/<[^>]+>/g, '').trim();
}

describe('the files of an assessment', () => {
  it.each(['form.xlsx', 'report.docx', 'data.json', 'evidence.zip'])('%s is handed out and recorded', async (kind) => {
    const answer = await ask(`assessments/hunan/2024/files/${kind}`);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-disposition')).toContain(`attachment; filename="hunan-2024-${kind}"`);
    expect((await answer.arrayBuffer()).byteLength).toBeGreaterThan(1000);
    const [{ count }] = await database.source.query(
      `select count(*)::int from audit_act where act = 'export' and thing like $1`,
      [`%/files/${kind}`],
    );
    expect(count).toBe(1);
  });

  it('are named where there is none such', async () => {
    expect((await ask('assessments/hunan/2024/files/form.pdf')).status).toBe(404);
    expect(await (await ask('assessments/hunan/2024/files/form.pdf')).json()).toMatchObject({
      code: 'assessment_file_unknown',
    });
    const wrong = await ask('assessments/hunan/2024/files/evidence.zip?line=nothing');
    expect(await wrong.json()).toMatchObject({ code: 'line_unknown', field: 'line' });
  });

  it('are told in words whose numbers can be opened', async () => {
    const { paragraphs, sources } = (await application.get('/api/assessments/hunan/2024/narrative', officer)).body;
    const runs = paragraphs.flatMap(({ runs: all }: { runs: object[] }) => all);
    const cite = { line: 'recruited', key: 'registry.recruited', org: 'P', period: '2024' };
    expect(runs).toContainEqual({ text: '12人', cite });
    expect(sources).toContainEqual({ line: 'recruited', text: expect.stringContaining('registry.recruited') });
  });
});

describe("an office's own template", () => {
  it('is taken, stands for the report, is handed back, and goes again', async () => {
    const shipped = Buffer.from(await (await ask('report-templates/hunan')).arrayBuffer());
    const zip = new PizZip(shipped);
    zip.file('word/document.xml', (zip.file('word/document.xml')?.asText() ?? '').replace('{标题}', '自拟：{标题}'));
    const own = zip.generate({ type: 'uint8array' });

    const taken = await upload(own);
    expect(taken.status).toBe(200);
    expect(await taken.json()).toMatchObject({ form: 'hunan', own: { version: 1, name: '自己的.docx' } });
    expect(await titleOf(await (await ask('assessments/hunan/2024/files/report.docx')).arrayBuffer())).toMatch(
      /^自拟：2024/,
    );
    expect(Buffer.from(await (await ask('report-templates/hunan')).arrayBuffer()).equals(Buffer.from(own))).toBe(true);

    const reset = await ask('report-templates/hunan', { method: 'DELETE' });
    expect(await reset.json()).toEqual({ form: 'hunan', own: null });
    expect(Buffer.from(await (await ask('report-templates/hunan')).arrayBuffer()).equals(shipped)).toBe(true);
    const acts = await database.source.query(
      `select act from audit_act where act like 'report_template.%' order by seq`,
    );
    expect(acts).toEqual([{ act: 'report_template.set' }, { act: 'report_template.reset' }]);
  });

  it('is refused with the names that there are not, and for what is not the whole registry', async () => {
    const zip = new PizZip(Buffer.from(await (await ask('report-templates/hunan')).arrayBuffer()));
    zip.file('word/document.xml', (zip.file('word/document.xml')?.asText() ?? '').replace('{标题}', '{题目}'));
    const bytes = zip.generate({ type: 'uint8array' });
    const refused = await upload(bytes);
    expect(refused.status).toBe(422);
    expect(await refused.json()).toMatchObject({ code: 'template_names_unknown', field: 'file', names: ['{题目}'] });
    const city = await bearer(database.source, 'officer', { org: 'A' });
    const afar = await ask('report-templates/hunan', { method: 'DELETE', headers: city });
    expect(afar.status).toBe(403);
  });
});
