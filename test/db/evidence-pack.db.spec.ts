import { Ajv2020 } from 'ajv/dist/2020';
import PizZip from 'pizzip';
import { buffer } from 'node:stream/consumers';
import type { Principal } from '../../libs/accounts/principal';
import { recompute } from '../../libs/indicators/recompute';
import { addEvidence } from '../../libs/ledger/evidence';
import { openAssessmentFile } from '../../libs/reports/assessment-file';
import { makeAssessmentFiles } from '../../libs/reports/assessment-files';
import { assessmentJson } from '../../libs/reports/assessment-json';
import { ASSESSMENT_SCHEMA } from '../../libs/reports/assessment-schema';
import { openAssessment, type OpenedAssessment } from '../../libs/self-assessment/read-assessment';
import { principalOf } from '../support/principals';
import { makeAccount } from '../support/signed-in';
import { append, caseEntries, createSmallRegistry, entry, opening, REGISTRY } from '../support/small-registry';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

jest.setTimeout(120_000);

const AT = new Date('2025-01-10T01:30:00Z');

let database: TestDatabase;
let clerk: Principal;
let code: string;

beforeAll(async () => {
  database = await createTestDatabase();
  const { source } = database;
  await createSmallRegistry(source);
  await append(
    source,
    ...opening(),
    entry({ quantity: '7' }),
    entry({ quantity: '5', org: 'B', note: '=1+1' }),
    ...[1, 2].flatMap(() => caseEntries('2024-02-01', [['ScreenRequested'], ['ScreenAnswered', 'agreed']])),
    ...caseEntries('2024-02-01', [['ScreenRequested'], ['ScreenAnswered', 'refused']]),
  );
  await recompute(source, REGISTRY);
  clerk = await principalOf(source, await makeAccount(source, 'clerk'));
  const bytes = Buffer.from('满意度调查：96%');
  code = (await addEvidence(source, clerk, { org: 'P', name: '满意度 调查.txt', bytes })).code;
}, 120_000);

afterAll(() => database?.drop());

/** The assessment of the year, whose satisfaction cites a file. */
async function open(): Promise<OpenedAssessment> {
  const opened = await openAssessment(database.source, { registryId: REGISTRY, form: 'hunan', period: '2024' });
  const lines = opened.filled.lines.map((line) =>
    line.code === 'satisfaction' ? { ...line, evidence: [code] } : line,
  );
  return { ...opened, filled: { ...opened.filled, lines } };
}

async function pack(opened: OpenedAssessment, line?: string): Promise<ReadonlyMap<string, string>> {
  const { body } = await openAssessmentFile(database.source, clerk, opened, { kind: 'evidence.zip', line });
  return textsOf(await buffer(body));
}

function textsOf(bytes: Buffer): ReadonlyMap<string, string> {
  const zip = new PizZip(bytes);
  return new Map(Object.entries(zip.files).map(([name, file]) => [name, Buffer.from(file.asUint8Array()).toString()]));
}

function named(files: ReadonlyMap<string, string>, part: string): string {
  const found = [...files].filter(([name]) => name.includes(part));
  expect(found).toHaveLength(1);
  return found[0]?.[1] ?? '';
}

describe('the evidence of an assessment', () => {
  it('holds the list behind each figure, which ends with the figure, and each list once', async () => {
    const files = await pack(await open());
    expect(named(files, '登记名单/招募人数')).toMatch(/合计（共 2 条）",+12\r\n$/);
    expect(named(files, '登记名单/初筛同意')).toMatch(/合计（共 2 条）",+2\r\n$/);
    const lists = [...files.keys()].filter((name) => name.startsWith('登记名单/'));
    expect(lists.filter((name) => name.includes('/初筛-'))).toHaveLength(1);
    const values = named(files, '完成值.csv');
    expect(values).toMatch(/"screen_rate".*"66.67%".*"2","3"/);
    expect(values).toMatch(/"screen_rate".*登记名单\/初筛同意.*；登记名单\/初筛-.*"2；3"/);
  });

  it('holds the form, the report, the files of evidence and a list of all of it', async () => {
    const files = await pack(await open());
    expect(named(files, `佐证文件/${code} 满意度 调查.txt`)).toBe('满意度调查：96%');
    expect(
      [...files.keys()].filter((name) => /2024年度部门整体支出绩效自评(表\.xlsx|报告\.docx)$/.test(name)),
    ).toHaveLength(2);
    const contents = named(files, '附件清单.csv');
    for (const name of files.keys()) if (name !== '附件清单.csv') expect(contents).toContain(`"${name}"`);
    expect(contents).toContain('政府性基金预算支出情况表');
  });

  it('says of a typed value that it was typed, where it is from and why, and shows a negative deviation as it is', async () => {
    const opened = await open();
    const lines = opened.filled.lines.map((line) => {
      const typed = { actual: '11', difference: '-1' };
      const source = { ...line.source, document: '人事处报表' };
      return line.code === 'recruited'
        ? { ...line, actual: '11', computed: '12', typed, reason: '多登了一人', source, deviation: '-99.91%' }
        : line;
    });
    const [row] =
      named(await pack({ ...opened, filled: { ...opened.filled, lines } }), '完成值.csv').match(/"1",.*/) ?? [];
    expect(row).toContain('"11人","12",,,"-99.91%","填报（台账计算值取自业务台账 registry.recruited）","人事处报表"');
    expect(row).toContain('"多登了一人"');
  });

  it('runs nothing in a spreadsheet', async () => {
    expect(named(await pack(await open()), '登记名单/招募人数')).toContain(`"'=1+1"`);
  });

  it('holds a list once, also where the rate of which it is a part was typed', async () => {
    const opened = await open();
    const lines = opened.filled.lines.map((line) =>
      line.code === 'screen_rate' ? { ...line, numerator: null, denominator: null } : line,
    );
    const { body } = await openAssessmentFile(
      database.source,
      clerk,
      { ...opened, filled: { ...opened.filled, lines: [...opened.filled.lines, ...lines] } },
      { kind: 'evidence.zip' },
    );
    const bytes = await buffer(body);
    const parts = bytes.toString('latin1').split('PK\x01\x02').length - 1;
    expect(parts).toBe((await pack(opened)).size);
    expect(named(textsOf(bytes), '附件清单.csv').split('登记名单/初筛同意')).toHaveLength(2);
  });

  it('of one line holds nothing of the others', async () => {
    const files = await pack(await open(), 'recruited');
    expect([...files.keys()].map((name) => name.replace(/-.*/, '')).sort()).toEqual(
      ['附件清单.csv', '登记名单/招募人数', '完成值.csv'].sort(),
    );
    expect(named(files, '完成值.csv').trim().split('\r\n')).toHaveLength(2);
    await expect(pack(await open(), 'nothing')).rejects.toMatchObject({ code: 'line_unknown' });
  });

  it('is that of the figures on the form, also when something was written since', async () => {
    const opened = await open();
    const before = await makeAssessmentFiles(database.source, clerk, opened, AT);
    await append(database.source, entry({ quantity: '100' }));
    await recompute(database.source, REGISTRY);
    expect(named(await pack(opened), '登记名单/招募人数')).toMatch(/合计（共 2 条）",+12\r\n$/);
    expect(named(await pack(await open()), '登记名单/招募人数')).toMatch(/合计（共 3 条）",+112\r\n$/);
    const after = await makeAssessmentFiles(database.source, clerk, opened, AT);
    for (const kind of ['form.xlsx', 'report.docx', 'data.json']) {
      const bytesOf = (files: typeof before) => files.find((file) => file.kind === kind)?.bytes;
      expect(bytesOf(after)?.equals(bytesOf(before) ?? Buffer.alloc(0))).toBe(true);
    }
  });

  it('is not for who may not see entries', async () => {
    const opened = await open();
    const outsider = { ...clerk, permissions: new Set(['assessments.read'] as const) };
    const asked = openAssessmentFile(database.source, outsider, opened, { kind: 'evidence.zip' });
    await expect(asked).rejects.toMatchObject({ code: 'permission_missing' });
    const form = await openAssessmentFile(database.source, outsider, opened, { kind: 'form.xlsx' });
    expect((await buffer(form.body)).length).toBeGreaterThan(1000);
  });
});

describe('the files that are frozen', () => {
  it('have the same bytes of the same assessment and moment', async () => {
    const opened = await open();
    const [first, second] = [
      await makeAssessmentFiles(database.source, clerk, opened, AT),
      await makeAssessmentFiles(database.source, clerk, opened, AT),
    ];
    expect(first.map(({ kind }) => kind)).toEqual(['form.xlsx', 'report.docx', 'data.json', 'evidence.zip']);
    first.forEach(({ bytes }, at) => expect(second[at]?.bytes.equals(bytes)).toBe(true));
  });

  it.each(['hunan', 'jiangsu', 'suzhou', 'district', 'station'])(
    'of %s are told to programs as the schema says',
    async (form) => {
      const validate = new Ajv2020().compile(ASSESSMENT_SCHEMA);
      for (const period of ['2024', '2024-H1']) {
        const opened = await openAssessment(database.source, { registryId: REGISTRY, form, period });
        validate(JSON.parse(JSON.stringify(assessmentJson(opened))));
        expect(validate.errors).toBeNull();
      }
    },
  );
});
