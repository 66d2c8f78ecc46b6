import { randomUUID } from 'node:crypto';
import { appendEntries } from '../../libs/ledger/append';
import { reverseEntries } from '../../libs/ledger/reverse';
import { append, caseEntries, createSmallRegistry, entry, opening, refusalOf, WRITER } from '../support/small-registry';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
  await createSmallRegistry(database.source);
  await append(database.source, ...opening('A'));
});

afterAll(() => database.drop());

const statusesOf = async (...inputs: unknown[]) =>
  (await appendEntries(database.source, inputs, WRITER)).results.map((row) =>
    row.status === 'refused' ? row.problem.code : row.status,
  );
const OTHERS = { code: 'donor_differs', field: 'donorCode' };

describe('a request', () => {
  it('is of one donor: who names another is not told whose it is, which may be another office’s to know', async () => {
    const [requested, answer] = caseEntries('2024-03-01', [['ScreenRequested'], ['ScreenAnswered', 'agreed']]);
    await append(database.source, requested!);

    const [row] = (await appendEntries(database.source, [{ ...answer!, org: 'B', donorCode: 'N9' }], WRITER)).results;
    const { donorCode, caseCode } = requested!;
    expect(row).toMatchObject({
      problem: {
        ...{ code: 'donor_differs', details: { field: 'donorCode' } },
        sentence: { zh: `${caseCode} 已属于另一位捐献者，与 N9 不符；请核对编号。` },
      },
    });
    expect(JSON.stringify(row)).not.toMatch(new RegExp(`\\b${donorCode}\\b`));
    await append(database.source, answer!);
  });

  it('is of one donor within a call too, where the later row is refused, in whatever order they are', async () => {
    const [requested, answer] = caseEntries('2024-03-01', [['ScreenRequested'], ['ScreenAnswered', 'agreed']]);
    const wrong = { ...answer!, id: randomUUID(), donorCode: 'N9' };
    expect(await statusesOf(requested, wrong, answer)).toEqual(['created', 'donor_differs', 'created']);

    const [second] = caseEntries('2024-03-01', [['ScreenRequested']]);
    const another = { ...second!, id: randomUUID(), donorCode: 'N9' };
    expect(await statusesOf(another, second)).toEqual(['created', 'donor_differs']);
  });

  it('is not another donor’s for a row that is refused itself', async () => {
    const [requested, answer] = caseEntries('2024-03-01', [['ScreenRequested'], ['ScreenAnswered', 'agreed']]);
    const tooEarly = { ...answer!, id: randomUUID(), donorCode: 'N9', occurredOn: '2024-02-01' };
    expect(await statusesOf(tooEarly, requested, answer)).toEqual(['guard_unmet', 'created', 'created']);
  });

  it('gets its right donor by a reversal with a replacement', async () => {
    const [requested] = caseEntries('2024-03-01', [['ScreenRequested']]);
    await append(database.source, requested!);
    const replacement = { ...requested!, id: randomUUID(), donorCode: 'N8' };
    const reversal = { id: randomUUID(), reverses: requested!.id, justification: '编号抄错', replacement };
    await reverseEntries(database.source, [reversal], WRITER);

    const back = { ...requested!, id: randomUUID() };
    expect(await refusalOf(database.source, back)).toEqual(OTHERS);
  });

  it('knows its donor by a code in full width', async () => {
    const [requested, answer] = caseEntries('2024-03-01', [['ScreenRequested'], ['ScreenAnswered', 'agreed']]);
    await append(database.source, requested!, { ...answer!, donorCode: `Ｄ${requested!.donorCode!.slice(1)}` });
  });
});

describe('a sample', () => {
  it('is of one donor, from the collection to the listing', async () => {
    const recruited = ['N1', 'N7'].map((donorCode) => entry({ donorCode, occurredOn: '2024-02-01' }));
    const collected = entry({ kind: 'SampleCollected', donorCode: 'N1', sampleCode: 'S1', occurredOn: '2024-02-02' });
    await append(database.source, ...recruited, collected);
    const fields = { donorCode: 'N7', sampleCode: 'S1', occurredOn: '2024-02-03' };
    expect(await refusalOf(database.source, entry({ kind: 'SampleCollected', ...fields }))).toEqual(OTHERS);

    await append(database.source, entry({ kind: 'SampleTyped', sampleCode: 'S1', occurredOn: '2024-02-03' }));
    expect(await refusalOf(database.source, entry({ kind: 'DonorEnrolled', ...fields }))).toEqual(OTHERS);
    await append(database.source, entry({ kind: 'DonorEnrolled', ...fields, donorCode: 'N1' }));
  });

  it('is collected once', async () => {
    const collected = () => entry({ kind: 'SampleCollected', sampleCode: 'S2' });
    await append(database.source, collected());
    expect(await refusalOf(database.source, collected())).toEqual({ code: 'concluded_before', field: 'sampleCode' });
  });

  it('that was rejected lists nobody', async () => {
    const of = (kind: string, occurredOn: string) => entry({ kind, sampleCode: 'S3', occurredOn });
    const rejected = { ...of('SampleRejected', '2024-02-04'), outcome: 'discarded' };
    await append(database.source, of('SampleCollected', '2024-02-01'), of('SampleTyped', '2024-02-03'), rejected);
    expect(await refusalOf(database.source, of('DonorEnrolled', '2024-02-05'))).toEqual({
      code: 'guard_blocked',
      field: 'sampleCode',
    });
  });
});
