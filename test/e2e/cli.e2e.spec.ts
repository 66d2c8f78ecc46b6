import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { recordActs } from '../../libs/accounts/audit';
import { INDICATORS } from '../../libs/catalogue/indicators';
import { METRICS } from '../../libs/catalogue/metrics';
import { buildPrograms, killPrograms, ledger, type Ended } from '../support/program';
import { createSmallRegistry, opening } from '../support/small-registry';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

const KEYS = [...METRICS, ...INDICATORS].map(({ key }) => key);
const HEAD = '种类,机构,日期,数量,备注';

let database: TestDatabase;
let folder: string;

beforeAll(async () => {
  await buildPrograms();
  folder = await mkdtemp(join(tmpdir(), 'marrow-ledger-cli-'));
  database = await createTestDatabase();
}, 180_000);

afterAll(async () => {
  await killPrograms();
  await database?.drop();
  await rm(folder, { recursive: true, force: true });
});

function run(...args: string[]): Promise<Ended> {
  return ledger({ DATABASE_URL: database.url, DATABASE_OWNER_URL: database.ownerUrl }, ...args);
}

async function importing(name: string, content: string | Buffer): Promise<Ended> {
  await writeFile(join(folder, name), content);
  return run('import', join(folder, name));
}

async function reported(...args: string[]): Promise<Record<string, string | null>[]> {
  const { code, stdout, stderr } = await run('report', '--format', 'json', ...args);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return JSON.parse(stdout);
}

/** Ended with a sentence in each language and nothing of the program's inside. */
function expectSentence({ code, stdout, stderr }: Ended, pattern: RegExp): void {
  expect(stderr).toMatch(pattern);
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toMatch(/[\u4e00-\u9fff]/);
  expect(stderr).not.toMatch(/^\s+at /m);
}

async function asOwner(statement: string): Promise<void> {
  const client = new Client({ connectionString: database.ownerUrl });
  await client.connect();
  await client.query(statement).finally(() => client.end());
}

async function entriesInLedger(): Promise<number> {
  const [{ count }] = await database.source.query('select count(*)::int as count from entry');
  return count;
}

describe('before there is a registry', () => {
  it('migrate brings the schema up to date, twice', async () => {
    for (let time = 0; time < 2; time += 1) {
      expect(await run('migrate')).toMatchObject({ code: 0, stdout: '', stderr: expect.stringContaining('已是最新') });
    }
  });

  it('the other verbs say what to do', async () => {
    for (const args of [['report', '--period', '2024'], ['rebuild'], ['verify'], ['close', '2024-01']]) {
      const said = await run(...args);
      expectSentence(said, /还没有资料库[^]*一次性链接/);
      expect(said.stderr).not.toContain('ledger -- demo');
    }
  });
});

describe('import', () => {
  beforeAll(async () => {
    await createSmallRegistry(database.source);
    const lines = opening().map(({ kind, org, quantity, occurredOn }) =>
      [kind, org, occurredOn, quantity, ''].join(','),
    );
    expect(await importing('opening.csv', [HEAD, ...lines].join('\n'))).toMatchObject({ code: 0 });
  });

  const good = [
    'RecruitmentRegistered,A,2024-05-10,300,"街头, 招募"',
    'RecruitmentRegistered,A1,2024-05-11,20,',
    'RecruitmentRegistered,A1,2024-05-11,20,',
    'SampleCollected,B,2024-06-01,7,',
  ];

  it('takes the template that the program writes, filled in or not', async () => {
    const path = join(folder, 'template.xlsx');
    expect(await run('template', 'OpeningYearTotal', '--to', path)).toMatchObject({ code: 0 });
    expect(await run('import', path)).toMatchObject({ code: 0, stdout: expect.stringContaining('新增 0') });
  });

  it('takes a file with Chinese heads, also with a mark at its beginning and Windows line ends', async () => {
    const result = await importing('may.csv', `\ufeff${[HEAD, ...good].join('\r\n')}\r\n`);
    expect(result).toMatchObject({ code: 0, stdout: expect.stringMatching(/新增 4，未变 0，拒收 0。 4 created/) });
  });

  it('changes nothing when the same file comes again', async () => {
    const before = await entriesInLedger();
    const result = await importing('may.csv', `\ufeff${[HEAD, ...good].join('\r\n')}\r\n`);
    expect(result).toMatchObject({ code: 0, stdout: expect.stringMatching(/新增 0，未变 4，拒收 0。/) });
    expect(await entriesInLedger()).toBe(before);
  });

  it('takes the good rows and names each bad one by its line and field', async () => {
    const rows = [
      'kind,org,occurredOn,quantity,id',
      'RecruitmentRegistered,B,2024-07-01,5,',
      'Unheard,B,2024-07-01,5,',
      '',
      'RecruitmentRegistered,X,2024-07-01,5,',
      `RecruitmentRegistered,B,2024-07-32,5,${randomUUID()}`,
      'RecruitmentRegistered,B,2024-07-02,六,',
    ];
    const result = await importing('july.csv', rows.join('\n'));
    expect(result).toMatchObject({ code: 1, stdout: expect.stringMatching(/新增 1，未变 0，拒收 4。/) });
    const said = result.stderr.split('\n').filter((line) => line.startsWith('第'));
    expect(said).toEqual([
      expect.stringMatching(/^第 3 行 种类（A3）：没有登记种类“Unheard”。 There is no kind/),
      expect.stringMatching(/^第 5 行 机构（B5）：没有机构“X”。/),
      expect.stringMatching(/^第 6 行 日期（C6）：日期“2024-07-32”不是/),
      expect.stringMatching(/^第 7 行 数量（D7）：数量“六”应是/),
    ]);
  });

  it.each<[string, string | Buffer, RegExp]>([
    [
      'an unknown column',
      `${HEAD},颜色\n${good[0]},红\n`,
      /F 列“颜色”不知道对应哪一项[^]*--map 列名=项 [^]*项有：[^]*数量/,
    ],
    ['no column for the date', 'kind,org\nRecruitmentRegistered,A\n', /缺少“日期”列/],
    ['no column for the kind', 'org,occurredOn\nA,2024-05-10\n', /缺少“种类”列[^]*--kind/],
    ['a quote that does not end', `${HEAD}\nRecruitmentRegistered,A,2024-05-10,1,"没有结束\n`, /检查引号是否成对/],
  ])('of a file with %s stops with a sentence and writes nothing', async (_, content, pattern) => {
    const before = await entriesInLedger();
    expectSentence(await importing('unreadable.csv', content), pattern);
    expect(await entriesInLedger()).toBe(before);
  });

  it('takes a file in another encoding, with semicolons, and columns as they are said to be', async () => {
    const head = Buffer.from('kind;org;occurredOn;quantity;', 'latin1');
    const row = Buffer.from('\nRecruitmentRegistered;A;2024-08-10;0;\xbd\xd6\xcd\xb7\n', 'latin1');
    const content = Buffer.concat([head, Buffer.from('\xd1\xd5\xc9\xab', 'latin1'), row]);
    await writeFile(join(folder, 'august.csv'), content);
    expect(await run('import', join(folder, 'august.csv'), '--map', '颜色=备注')).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/新增 1，/),
    });
    expect(await database.source.query('select note from entry_note where note = $1', ['街头'])).toHaveLength(1);
  });

  it('writes nothing in a dry run, and says what would move', async () => {
    const before = await entriesInLedger();
    await writeFile(join(folder, 'dry.csv'), `${HEAD}\nRecruitmentRegistered,A,2024-09-10,9,\n坏,A,2024-09-10,9,\n`);
    const errors = join(folder, 'errors.xlsx');
    const { code, stdout, stderr } = await run('import', join(folder, 'dry.csv'), '--dry-run', '--errors', errors);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^\p{Script=Han}+ +registry\.recruited +2024 +\d+ +\d+ +9$/mu);
    expect(stderr).toMatch(/第 3 行 种类（A3）：[^]*errors\.xlsx/);
    expect(existsSync(errors)).toBe(true);
    expect(await entriesInLedger()).toBe(before);
  });

  it('asks before a corrected file takes anything back, and does it with --accept', async () => {
    const lines = (quantity: number) => `${HEAD}\nSampleCollected,B,2024-06-02,${quantity},\n`;
    await importing('samples.csv', lines(5));
    const before = await entriesInLedger();
    const asked = await importing('samples.csv', lines(6));
    expect(asked).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/会更正 1 条登记，没有写入。看过上表后加 --accept --reason 理由 再运行/),
    });
    expect(await entriesInLedger()).toBe(before);
    expect(await run('import', join(folder, 'samples.csv'), '--accept')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('--reason'),
    });
    expect(await run('import', join(folder, 'samples.csv'), '--accept', '--reason', '核对后更正')).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/更正 1，冲销 0/),
    });
    expect(await entriesInLedger()).toBe(before + 2);
  });

  it('takes the very same file under another name only when told to do it again', async () => {
    const content = `${HEAD}\nSampleCollected,B,2024-06-03,5,\n`;
    await importing('a.csv', content);
    const before = await entriesInLedger();
    expect(await importing('a (1).csv', content)).toMatchObject({ code: 0, stdout: expect.stringContaining('未变 1') });
    expect(await importing('b.csv', content)).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/以“a”（.+）导入过；再次接受会重复登记[^]*--again/),
    });
    expect(await run('import', join(folder, 'a.csv'), '--org', 'B')).toMatchObject({ code: 1 });
    expect(await entriesInLedger()).toBe(before);
    expect(await run('import', join(folder, 'b.csv'), '--again')).toMatchObject({ code: 0 });
    expect(await entriesInLedger()).toBe(before + 1);
    expectSentence(await run('import', join(folder, 'b.csv'), '--org', 'Z'), /没有代码为“Z”的机构/);
  });

  it('takes a file whole or not at all if told to', async () => {
    const before = await entriesInLedger();
    await writeFile(join(folder, 'whole.csv'), `${HEAD}\n${good[0]}\n坏,A,2024-09-10,9,\n`);
    expect(await run('import', join(folder, 'whole.csv'), '--all-or-nothing')).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/要求全部成功才导入，而有 1 行/),
    });
    expect(await entriesInLedger()).toBe(before);
  });

  it('of a file that is not there, or is a folder, stops with a sentence', async () => {
    expectSentence(await run('import', join(folder, 'nothing.csv')), /找不到文件 .*nothing\.csv/);
    expectSentence(await run('import', folder), /找不到文件/);
  });
});

describe('report', () => {
  it('prints one row for each key', async () => {
    const rows = await reported('--period', '2024');
    expect(rows.map(({ key }) => key)).toEqual(KEYS);
    for (const row of rows) {
      expect(Object.keys(row)).toEqual(['key', 'org', 'period', 'value', 'numerator', 'denominator', 'unit', 'state']);
      expect(row).toMatchObject({ org: 'P', period: '2024' });
      expect(row.value === null).toBe(row.state === 'missing' || row.state === 'not_applicable');
    }
    expect(rows.find(({ key }) => key === 'registry.recruited')).toMatchObject({
      value: '345',
      unit: '人',
      state: 'value',
    });
    expect(rows.find(({ key }) => key === 'donation.completed')).toMatchObject({ value: null, state: 'missing' });
  });

  it('prints the finer rows', async () => {
    const byMonth = await reported('--period', '2024', '--by', 'month');
    expect(byMonth).toHaveLength(12 * KEYS.length);
    expect((await reported('--period', '2024', '--by', 'quarter', '--org', 'A')).length).toBe(4 * KEYS.length);
    expect((await reported('--period', '2024', '--by', 'half')).length).toBe(2 * KEYS.length);
    const byOrg = (await reported('--period', '2024', '--by', 'org')).filter(({ key }) => key === 'registry.recruited');
    expect(byOrg.map(({ org, own, value }) => [org, own, value])).toEqual([
      ['P', true, null],
      ['A', undefined, '340'],
      ['B', undefined, '5'],
    ]);
  });

  it('prints a table whose columns stand under one another', async () => {
    const { code, stdout } = await run('report', '--period', '2024');
    expect(code).toBe(0);
    const [title, head, ...rows] = stdout.trimEnd().split('\n');
    expect(title).toBe('测试省　2024');
    expect(head).toMatch(/^指标 +数值 +单位 +分子\/分母$/);
    expect(rows).toHaveLength(KEYS.length);
    expect(rows[0]).toMatch(/^招募人数 +345 {2}人$/);
    expect(new Set(rows.map((row) => widthOf(row.replace(/^(\S+ +(?:[\d,.]+|未报告|不适用)).*$/, '$1')))).size).toBe(1);

    const byOrg = (await run('report', '--period', '2024', '--by', 'org')).stdout.trimEnd().split('\n');
    expect(byOrg[1]).toMatch(/^指标 +机构 +期间 +数值/);
    expect(byOrg).toHaveLength(2 + 3 * KEYS.length);
    expect(byOrg.join('\n')).toContain('测试省（本级）');
    expect(new Set(byOrg.slice(2).map((row) => widthOf(row.slice(0, row.indexOf(' 2024'))))).size).toBe(1);

    const english = await run('report', '--period', '2024', '--language', 'en');
    expect(english.stdout).toMatch(/^Test Province\u30002024\nFigure +Value +Unit/);
    expect(english.stdout).not.toMatch(/null|undefined|演示|Demonstration/);
  });

  it('prints CSV', async () => {
    const { code, stdout } = await run('report', '--period', '2024-05', '--format', 'csv');
    expect(code).toBe(0);
    const lines = stdout.split('\r\n');
    expect(lines[0]).toBe('key,org,period,value,numerator,denominator,unit,state');
    expect(lines).toContain('registry.recruited,P,2024-05,340,,,人,value');
    expect(lines.at(-1)).toBe('');
    expect(lines).toHaveLength(KEYS.length + 2);
  });

  it.each([
    ['an unknown period', ['--period', '2024-13'], /期间“2024-13”无法识别/],
    ['an unknown grain', ['--period', '2024', '--by', 'week'], /不认识“week”/],
    ['an unknown format', ['--period', '2024', '--format', 'xml'], /没有格式“xml”/],
    ['an unknown language', ['--period', '2024', '--language', 'fr'], /“fr”/],
    ['an unknown org', ['--period', '2024', '--org', 'X'], /没有机构“X”/],
  ])('with %s stops with a sentence', async (_, args, pattern) => {
    expectSentence(await run('report', ...args), pattern);
  });

  it('without a period says what is missing', async () => {
    const { code, stderr } = await run('report');
    expect(code).toBe(1);
    expect(stderr).toMatch(/--period/);
  });
});

describe('verify and rebuild', () => {
  const tampering = `update metric_value set value = value + 1 where key = 'registry.recruited' and period = '2024' and org = 'P'`;

  it('verify finds nothing in a sound ledger', async () => {
    const { code, stdout } = await run('verify', '--format', 'json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ registryId: 1, drift: 0, findings: [] });
    expect(JSON.parse(stdout).checked).toBeGreaterThan(50);
    expect((await run('verify')).stdout).toMatch(/^复核 \d+ 个数值，不符 0 个。/);
  });

  it('verify shows what was tampered with and fails, and rebuild puts it right', async () => {
    await asOwner(tampering);
    const { code, stdout } = await run('verify', '--format', 'json');
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      drift: 1,
      findings: [{ table: 'metric_value', org: 'P', period: '2024', key: 'registry.recruited' }],
    });
    expect(await run('verify')).toMatchObject({ code: 1, stdout: expect.stringContaining('不符 1 个') });

    expect(await run('rebuild')).toMatchObject({ code: 0, stdout: '', stderr: expect.stringContaining('已重算') });
    expect(await run('verify')).toMatchObject({ code: 0, stdout: expect.stringContaining('不符 0 个') });
  });
});

describe('audit', () => {
  it('prints the latest acts and says that there are more, or all of them as CSV, which is an act of its own', async () => {
    const act = { registryId: 1, actor: '=1+1', act: 'entries.append', thing: null, org: null, address: null } as const;
    await recordActs(
      database.source.manager,
      Array.from({ length: 1_201 }, () => ({ ...act, result: 'done', detail: null })),
    );
    const table = await run('audit', '--act', 'entries.append');
    expect(table).toMatchObject({ code: 0, stderr: expect.stringContaining('只列出最近的 200 条') });
    expect(table.stdout.trimEnd().split('\n')).toHaveLength(201);

    const csv = await run('audit', '--actor', '=1+1', '--format', 'csv');
    expect(csv).toMatchObject({ code: 0, stderr: '' });
    const [head, ...lines] = csv.stdout.trimEnd().split('\r\n');
    expect(head).toContain('指纹');
    expect(lines).toHaveLength(1_201);
    expect(lines.every((line) => line.includes(`"'=1+1"`))).toBe(true);
    expect((await run('audit', '--act', 'export')).stdout).toMatch(/cli +export +audit/);
  });
});

describe('month', () => {
  it('lists the months, says what looks wrong, submits one, shows it', async () => {
    expect(await run('month', 'check', '2023-01', '--org', 'A')).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/零报告 +招募登记 +本月没有登记/),
    });
    expect(await run('month', 'submit', '2023-01', '--org', 'A', '--note', '已核对')).toMatchObject({
      code: 0,
      stderr: expect.stringMatching(/A 的 2023-01 已报送，零报告 \d+ 项/),
    });
    const again = await run('month', 'submit', '2023-01', '--org', 'A');
    expect(again).toMatchObject({ code: 0, stderr: expect.stringContaining('此后没有变动') });
    const { stdout } = await run('month', 'show', '2023-01');
    expect(stdout).toMatch(/2023-01 +未结账/);
    expect(stdout).toMatch(/A +甲市 +已报送 .* cli +\d+ +已核对/);
    expect(stdout).toMatch(/B +乙市 +未报送/);
    expect((await run('month', 'list')).stdout).toMatch(/2023-01 +未结账 +1\/2/);
    expectSentence(await run('month', 'submit', '2023-01', '--org', 'X'), /没有代码为“X”的机构/);
    expectSentence(await run('month', 'submit', '2023-01', '--org', 'A1'), /不单独报送/);
  });
});

describe('close', () => {
  it('wants a reason where an org has not submitted, and can be taken back', async () => {
    expectSentence(await run('close', '2023-01'), /还有 1 个机构没有报送[^]*乙市[^]*必须写明理由/);
    expect(await run('close', '2023-01', '--reason', '乙市逾期')).toMatchObject({ code: 0 });
    const dry = await run('month', 'reopen', '2023-01', '--dry-run');
    expect(dry).toMatchObject({ code: 0, stdout: expect.stringMatching(/^2023-01 +1 +[0-9a-f]{64}/) });
    expectSentence(await run('month', 'reopen', '2023-01'), /须写明理由/);
    expect(await run('month', 'reopen', '2023-01', '--reason', '补录')).toMatchObject({ code: 0 });
    expect((await run('month', 'list', '--format', 'json')).stdout).toContain('"action": "reopen"');
  });

  it('closes the months in their order', async () => {
    expect(await run('close', '2023-01', '--reason', '年度核对')).toMatchObject({
      code: 0,
      stderr: expect.stringContaining('2023-01 已结账'),
    });
    expectSentence(await run('close', '2023-03'), /月份须按顺序结账[^]*2023-03/);
  });

  it.each(['2023-13', '2023', 'january'])('of %s stops with a sentence', async (month) => {
    expectSentence(await run('close', month), new RegExp(month));
  });

  it('makes an entry of a closed month an adjustment that says why', async () => {
    const row = 'RecruitmentRegistered,A,2023-01-10,4,';
    const late = await importing('late.csv', `${HEAD}\n${row}\n`);
    expect(late).toMatchObject({ code: 1, stderr: expect.stringMatching(/第 2 行 理由：2023-01 已结账/) });
    expect(await importing('late.csv', `${HEAD},理由\n${row},迟到的报表\n`)).toMatchObject({ code: 0 });
    const february = await reported('--period', '2023-02');
    expect(february.find(({ key }) => key === 'registry.recruited')).toMatchObject({ value: '4' });
  });
});

describe('a database that does not answer', () => {
  it.each([
    ['nobody listens', () => 'postgres://marrow_app:secret@127.0.0.1:1/ledger'],
    ['the password is wrong', () => database.url.replace(/:[^:@/]+@/, ':secret@')],
  ])('stops with a sentence that names the variable and no password: %s', async (_, url) => {
    const { code, stderr } = await ledger({ DATABASE_URL: url() }, 'report', '--period', '2024');

    expect(code).toBe(1);
    expect(stderr).toContain('DATABASE_URL');
    expect(stderr).not.toContain('secret');
    expect(stderr).not.toMatch(/\n\s+at /);
  });
});

describe('a wrong environment', () => {
  it.each([
    ['PORT', { PORT: 'eighty' }],
    ['HOST', { HOST: 'not a host' }],
    ['DATA_DIR', { DATA_DIR: __filename }],
    ['DATABASE_URL', { DATABASE_URL: 'mysql://localhost/ledger' }],
    ['DATABASE_OWNER_URL', { DATABASE_OWNER_URL: 'postgres://localhost/ledger' }],
    ['REDIS_URL', { REDIS_URL: 'localhost:6379' }],
  ])('of %s stops with a sentence that names it', async (name, environment: Record<string, string>) => {
    expectSentence(await ledger(environment, 'report', '--period', '2024'), new RegExp(`^${name} 应[^]*${name} must`));
  });

  it('of two variables names both', async () => {
    const result = await ledger({ PORT: '-1', REDIS_URL: 'x' }, 'verify');
    expectSentence(result, /PORT[^]*REDIS_URL/);
  });

  it('of an unknown verb stops', async () => {
    expect((await run('recount')).code).toBe(1);
  });
});

function widthOf(text: string): number {
  return [...text].reduce((width, character) => width + (/[\u1100-\u115f\u2e80-\uffe6]/u.test(character) ? 2 : 1), 0);
}
