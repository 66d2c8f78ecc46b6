import { randomUUID } from 'node:crypto';
import type { EntryInput } from '../../libs/ledger/entry-input';
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

const PATH: readonly [kind: string, outcome?: string][] = [
  ['ScreenRequested'],
  ['ScreenAnswered', 'agreed'],
  ['RemobiliseRequested'],
  ['RemobiliseAnswered', 'agreed'],
  ['HrTypingRequested'],
  ['HrTypingAnswered', 'agreed'],
  ['HrTypingConcluded', 'match'],
  ['ExamStarted'],
  ['ExamConcluded', 'fit'],
  ['MobilisationStarted'],
  ['DonationCompleted', 'hpc_apheresis'],
];
const BLOCKED = { code: 'guard_blocked', field: 'caseCode' };

/** A request from its first day, 2024-03-01, a step a day, up to and with a kind. */
async function requestUpTo(kind: string): Promise<Pick<EntryInput, 'donorCode' | 'caseCode'>> {
  const steps = caseEntries('2024-03-01', PATH.slice(0, PATH.findIndex(([one]) => one === kind) + 1));
  await append(database.source, ...steps);
  return { donorCode: steps[0]!.donorCode, caseCode: steps[0]!.caseCode };
}

const DONATED = { outcome: 'donated' };
const closing = (of: object, occurredOn = '2024-04-01', fields: object = { outcome: 'patient_side', reason: 'OLD' }) =>
  entry({ kind: 'RequestClosed', occurredOn, ...of, ...fields });
const retraction = (of: object, occurredOn = '2024-04-01') =>
  entry({ kind: 'DonorRetracted', outcome: 'early', reason: 'PR', occurredOn, ...of });
const outcomeOf = (kind: string, outcome?: string) =>
  outcome ?? (kind === 'DonorRetracted' ? 'early' : kind === 'RequestHeld' ? 'donor_side' : undefined);
const after = (of: object, kind: string, outcome?: string) =>
  entry({
    kind,
    outcome: outcomeOf(kind, outcome),
    reason: ['DonorRetracted', 'RequestHeld'].includes(kind) ? 'PR' : undefined,
    occurredOn: '2024-04-02',
    ...of,
  });

describe('a closed request', () => {
  const goesOn = [...PATH.slice(1), ['DonorRetracted'] as const, ['RequestHeld'] as const];
  it.each(goesOn.map(([kind, outcome]) => ({ kind, outcome })))(
    'goes no further: no $kind',
    async ({ kind, outcome }) => {
      const before = { DonorRetracted: 'ScreenAnswered', RequestHeld: 'ScreenRequested' }[kind];
      const at = PATH.findIndex(([one]) => one === kind);
      const request = await requestUpTo(before ?? PATH[at - 1]![0]);
      await append(database.source, closing(request));
      expect(await refusalOf(database.source, after(request, kind, outcome))).toEqual(BLOCKED);
    },
  );

  it('is of no use to a new one, which is a case of its own', async () => {
    const request = await requestUpTo('ScreenRequested');
    await append(database.source, closing(request));
    const [row] = (await appendEntries(database.source, [after(request, 'ScreenRequested')], WRITER)).results;
    expect(row).toMatchObject({
      problem: { sentence: { zh: expect.stringContaining('若是新的请求，请用新的请求编号登记') } },
    });
  });

  it('has a second donation where it was closed as donated', async () => {
    const request = await requestUpTo('DonationCompleted');
    await append(database.source, closing(request, '2024-04-01', DONATED));
    expect(await refusalOf(database.source, after(request, 'HrTypingRequested'))).toEqual(BLOCKED);

    const second = { ...after(request, 'DonationCompleted', 'hpc_apheresis'), attributes: { sequence: '2' } };
    await append(
      database.source,
      after(request, 'ExamStarted'),
      after(request, 'ExamConcluded', 'fit'),
      after(request, 'MobilisationStarted'),
      second,
    );
  });

  it('is closed before its second donation as donated only', async () => {
    const request = await requestUpTo('DonationCompleted');
    await append(database.source, after(request, 'DonationCompleted', 'lymphocytes'));
    expect(await refusalOf(database.source, closing(request))).toEqual(BLOCKED);
    await append(database.source, closing(request, '2024-04-01', DONATED));
  });

  it('has no second donation where it was closed otherwise, unless its closing is taken back', async () => {
    const request = await requestUpTo('DonationCompleted');
    const closed = closing(request);
    await append(database.source, closed);
    const second = after(request, 'DonationCompleted', 'lymphocytes');
    expect(await refusalOf(database.source, second)).toEqual(BLOCKED);

    await reverseEntries(
      database.source,
      [{ id: randomUUID(), reverses: closed.id, justification: '还要再捐' }],
      WRITER,
    );
    await append(database.source, second);
    expect(await refusalOf(database.source, closing(request, '2024-04-01'))).toEqual(BLOCKED);
    await append(database.source, closing(request, '2024-04-02'));
  });

  it('is followed up, and its donor gets the consolation', async () => {
    const request = await requestUpTo('DonationCompleted');
    await append(database.source, closing(request, '2024-04-01', DONATED));
    await append(database.source, after(request, 'FollowUpRecorded', 'well'), after(request, 'ConsolationPaid'));
  });

  it('goes no further within one call', async () => {
    const request = await requestUpTo('ScreenAnswered');
    const call = [after(request, 'RemobiliseRequested'), closing(request)];
    const { results } = await appendEntries(database.source, call.reverse(), WRITER);
    expect(results.map(({ status }) => status)).toEqual(['created', 'refused']);
  });
});

describe('a donor who retracted', () => {
  it('did so once in a request', async () => {
    const request = await requestUpTo('ScreenAnswered');
    await append(database.source, retraction(request));
    expect(await refusalOf(database.source, retraction(request, '2024-04-05'))).toEqual({
      code: 'concluded_before',
      field: 'caseCode',
    });
  });

  it('is asked no more, and the request is closed', async () => {
    const request = await requestUpTo('ScreenAnswered');
    await append(database.source, retraction(request));
    expect(await refusalOf(database.source, after(request, 'RemobiliseRequested'))).toEqual(BLOCKED);
    await append(database.source, closing(request, '2024-04-02', { outcome: 'donor_side', reason: 'PR' }));
  });

  it('still gets the result of a typing or an examination that was under way', async () => {
    const typed = await requestUpTo('HrTypingAnswered');
    const examined = await requestUpTo('ExamStarted');
    await append(database.source, retraction(typed), retraction(examined));
    await append(database.source, after(typed, 'HrTypingConcluded', 'match'), after(examined, 'ExamConcluded', 'fit'));
    expect(await refusalOf(database.source, after(typed, 'ExamStarted'))).toEqual(BLOCKED);
  });
});

describe('a first mobilisation', () => {
  it('is answered once: who changes the answer retracts', async () => {
    const request = await requestUpTo('ScreenAnswered');
    const refused = { ...after(request, 'ScreenAnswered', 'refused'), reason: 'PR' };
    expect(await refusalOf(database.source, refused)).toEqual({ code: 'concluded_before', field: 'caseCode' });
  });
});

describe('an examination', () => {
  it('is concluded again where a second one follows, as before a second donation', async () => {
    const request = await requestUpTo('DonationCompleted');
    await append(
      database.source,
      after(request, 'ExamStarted'),
      after(request, 'ExamConcluded', 'fit'),
      after(request, 'DonationCompleted', 'lymphocytes'),
    );
  });
});
