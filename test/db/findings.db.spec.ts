import { randomUUID } from 'node:crypto';
import { readFindings } from '../../libs/ledger/findings';
import { reverseEntries } from '../../libs/ledger/reverse';
import { countEntries, importFile, stageFile } from '../support/importing';
import { append, createSmallRegistry, entry, opening, REGISTRY, refusalOf, WRITER } from '../support/small-registry';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

let database: TestDatabase;

beforeEach(async () => {
  database = await createTestDatabase();
  await createSmallRegistry(database.source);
  await append(database.source, ...opening('A'), ...opening('B'));
});

afterEach(() => database.drop());

const SCOPE = { registryId: REGISTRY, org: 'P' };
const step = (kind: string, day: string, code: string, outcome = '', org = 'A') =>
  `${kind},${org},${day},,D${code},R${code},${outcome},`;
/** An examination whose request nobody wrote down, and its conclusion. */
const HISTORY = [
  step('ExamStarted', '2023-03-05', '1'),
  step('ExamConcluded', '2023-03-09', '1', 'fit'),
  step('ScreenRequested', '2023-03-10', '2', '', 'B'),
];
const GAPS = { keepGaps: true } as const;

describe('an import of history that may keep gaps', () => {
  it('takes rows in that stand on nothing, and each is a finding that says what is missing', async () => {
    const { source } = database;
    expect(await importFile(source, HISTORY)).toMatchObject({ counts: { new: 1, invalid: 2 } });
    const done = await importFile(source, HISTORY, GAPS);
    expect(done).toMatchObject({ state: 'done', keepGaps: true, counts: { new: 2, unchanged: 1, invalid: 0 } });

    const { findings, total, next } = await readFindings(source, SCOPE);
    expect({ total, next }).toEqual({ total: 1, next: null });
    expect(findings).toMatchObject([
      { kind: 'ExamStarted', org: 'A', occurredOn: '2023-03-05', donorCode: 'D1', caseCode: 'R1' },
    ]);
    expect(findings[0]?.gaps).toMatchObject([{ subject: 'case', code: 'R1', kind: 'HrTypingConcluded' }]);
    expect(findings[0]?.gaps[0]?.sentence.zh).toContain('R1 在 2023-03-05 或之前没有');
    const detail = await source.query(`select detail from audit_act where act = 'imports.receive' order by seq`);
    expect(detail.map((act: { detail: { keepGaps?: boolean } }) => act.detail.keepGaps)).toEqual([undefined, true]);
  });

  it('has no finding left when the gap is filled, or the entry taken back', async () => {
    const { source } = database;
    await importFile(source, HISTORY, GAPS);
    const [gapped] = (await readFindings(source, SCOPE)).findings;
    const codes = { donorCode: 'D1', caseCode: 'R1', org: 'A' };
    const late = entry({ kind: 'HrTypingConcluded', outcome: 'match', occurredOn: '2023-03-04', ...codes });
    expect(await refusalOf(source, late)).toMatchObject({ code: 'guard_unmet' });
    const way = [
      entry({ kind: 'ScreenRequested', occurredOn: '2023-03-01', ...codes }),
      entry({ kind: 'ScreenAnswered', outcome: 'agreed', occurredOn: '2023-03-01', ...codes }),
      entry({ kind: 'RemobiliseRequested', occurredOn: '2023-03-02', ...codes }),
      entry({ kind: 'RemobiliseAnswered', outcome: 'agreed', occurredOn: '2023-03-02', ...codes }),
      entry({ kind: 'HrTypingRequested', occurredOn: '2023-03-03', ...codes }),
      entry({ kind: 'HrTypingAnswered', outcome: 'agreed', occurredOn: '2023-03-03', ...codes }),
    ];
    await append(source, ...way, late);
    expect(await readFindings(source, SCOPE)).toMatchObject({ findings: [], total: 0 });

    const [further] = [entry({ kind: 'HrTypingRequested', occurredOn: '2023-04-03', ...codes, caseCode: 'R9' })];
    await importFile(source, [step('ExamStarted', '2023-03-05', '9')], { ...GAPS, fileName: 'other.csv' });
    const [other] = (await readFindings(source, SCOPE)).findings;
    expect(await refusalOf(source, further)).toMatchObject({ code: 'guard_unmet' });
    await reverseEntries(source, [{ id: randomUUID(), reverses: other!.id, justification: '未体检' }], WRITER);
    expect((await readFindings(source, SCOPE)).total).toBe(0);
    expect(gapped?.id).not.toBe(other?.id);
  });

  it('still refuses what is no such guard: a second conclusion, one who is listed already, a missing code', async () => {
    const { source } = database;
    const lines = [
      step('HrTypingConcluded', '2023-03-09', '1', 'match'),
      step('HrTypingConcluded', '2023-03-10', '1', 'match'),
      'DonorEnrolled,A,2023-02-01,,D5,,,',
      'DonorEnrolled,A,2023-02-02,,D5,,,',
      'ExamStarted,A,2023-03-05,,D7,,,',
      'ScreenRequested,X,2023-03-05,,D8,R8,,',
    ];
    const done = await importFile(source, lines, GAPS);
    expect(done).toMatchObject({ counts: { new: 2, invalid: 4 } });
    expect(await countEntries(source)).toBe(4 + 2);
  });

  it('tells of the asked orgs alone, page by page', async () => {
    const { source } = database;
    const rows = Array.from({ length: 7 }, (_, at) =>
      step('ExamStarted', `2023-03-0${at + 1}`, `${at}`, '', at % 2 ? 'B' : 'A'),
    );
    await importFile(source, rows, GAPS);
    expect((await readFindings(source, { ...SCOPE, org: 'B' })).findings.map(({ org }) => org)).toEqual([
      'B',
      'B',
      'B',
    ]);
    expect((await readFindings(source, { ...SCOPE, org: 'A1' })).total).toBe(0);
    const seen: string[] = [];
    let after: string | undefined;
    do {
      const page = await readFindings(source, SCOPE, { after, limit: 3 });
      expect(page.total).toBe(after === undefined ? 7 : null);
      seen.push(...page.findings.map(({ occurredOn }) => occurredOn));
      after = page.next ?? undefined;
    } while (after !== undefined);
    expect(seen).toEqual(Array.from({ length: 7 }, (_, at) => `2023-03-0${at + 1}`));
  });

  it('lets an entry be taken back that came too late to be the ground of one with a gap', async () => {
    const { source } = database;
    await importFile(source, HISTORY, GAPS);
    await importFile(source, [step('HrTypingConcluded', '2023-05-02', '1', 'match')], {
      ...GAPS,
      fileName: 'late.csv',
    });
    const { findings } = await readFindings(source, SCOPE);
    expect(findings.map(({ kind }) => kind)).toEqual(['ExamStarted', 'HrTypingConcluded']);
    const reversal = { id: randomUUID(), reverses: findings[1]!.id, justification: '不是这一例' };
    expect(await reverseEntries(source, [reversal], WRITER)).toMatchObject([{ status: 'created' }]);
  });

  it('is corrected by its next file like any other', async () => {
    const { source } = database;
    await importFile(source, HISTORY, GAPS);
    const corrected = [step('ExamStarted', '2023-03-06', '1'), ...HISTORY.slice(1)];
    expect(await stageFile(source, corrected)).toMatchObject({ counts: { changed: 0, invalid: 1 } });
    expect(await importFile(source, corrected, GAPS)).toMatchObject({ counts: { changed: 1, invalid: 0 } });
    expect((await readFindings(source, SCOPE)).findings).toMatchObject([{ occurredOn: '2023-03-06' }]);
  });
});
