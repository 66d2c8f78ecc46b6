import { appendEntries } from '../../libs/ledger/append';
import { reverseEntries } from '../../libs/ledger/reverse';
import { append, caseEntries, createSmallRegistry, entry, opening, refusalOf, WRITER } from '../support/small-registry';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
  await createSmallRegistry(database.source);
  await append(database.source, ...opening('A'), ...opening('B'));
});

afterAll(() => database.drop());

const refusedIn = async (...inputs: unknown[]) =>
  (await appendEntries(database.source, inputs, WRITER)).results.map((row) =>
    row.status === 'refused' ? row.problem.code : row.status,
  );

describe('a request', () => {
  const closing = (codes: object, occurredOn: string) =>
    entry({ kind: 'RequestClosed', outcome: 'donor_side', reason: 'UC', occurredOn, ...codes });

  it('is closed once, whatever the second closing says, and again after the first was taken back', async () => {
    const [requested] = caseEntries('2024-03-01', [['ScreenRequested']]);
    const { donorCode, caseCode } = requested!;
    const first = closing({ donorCode, caseCode }, '2024-03-10');
    await append(database.source, requested!, first);

    const second = closing({ donorCode, caseCode }, '2024-03-09');
    expect(await refusalOf(database.source, second)).toEqual({ code: 'concluded_before', field: 'caseCode' });

    const taken = { id: entry().id, reverses: first.id, justification: '登记错误', replacement: second };
    await reverseEntries(database.source, [taken], WRITER);
    expect(await refusalOf(database.source, closing({ donorCode, caseCode }, '2024-03-11'))).toMatchObject({
      code: 'concluded_before',
    });
  });

  it('is closed once within one call too', async () => {
    const [requested] = caseEntries('2024-03-01', [['ScreenRequested']]);
    const { donorCode, caseCode } = requested!;
    const closings = ['2024-03-10', '2024-03-11'].map((day) => closing({ donorCode, caseCode }, day));
    expect(await refusedIn(requested, ...closings)).toEqual(['created', 'created', 'concluded_before']);
  });
});

describe('a sample', () => {
  it('is rejected once', async () => {
    const sample = { donorCode: 'DS1', sampleCode: 'S1' };
    await append(
      database.source,
      entry({ kind: 'RecruitmentRegistered', donorCode: 'DS1' }),
      entry({ kind: 'SampleCollected', ...sample }),
      entry({ kind: 'SampleRejected', sampleCode: 'S1', outcome: 'unfit', reason: 'BROKEN' }),
    );
    const again = entry({ kind: 'SampleRejected', sampleCode: 'S1', outcome: 'discarded' });
    expect(await refusalOf(database.source, again)).toEqual({ code: 'concluded_before', field: 'sampleCode' });
  });
});

describe('a rejected sample', () => {
  const step = (kind: string, sampleCode: string, occurredOn: string) =>
    entry({ kind, sampleCode, occurredOn, ...(kind === 'SampleRejected' && { outcome: 'discarded' }) });
  const collected = (sampleCode: string) =>
    append(database.source, entry({ kind: 'SampleCollected', sampleCode, occurredOn: '2024-02-01' }));

  it('goes no further, and may have gone so far before', async () => {
    await collected('S2');
    await append(
      database.source,
      step('SampleReceived', 'S2', '2024-02-05'),
      step('SampleRejected', 'S2', '2024-02-06'),
    );
    expect(await refusalOf(database.source, step('SampleTyped', 'S2', '2024-02-07'))).toEqual({
      code: 'guard_blocked',
      field: 'sampleCode',
    });
    await append(database.source, step('SampleDispatched', 'S2', '2024-02-06'));
  });

  it('is not rejected before what was done with it, in the ledger and in one call', async () => {
    await collected('S3');
    await append(database.source, step('SampleTyped', 'S3', '2024-02-09'));
    expect(await refusedIn(step('SampleRejected', 'S3', '2024-02-08'))).toEqual(['guard_blocked']);
    await collected('S4');
    const both = [step('SampleRejected', 'S4', '2024-02-08'), step('SampleTyped', 'S4', '2024-02-09')];
    expect(await refusedIn(...both)).toEqual(['created', 'guard_blocked']);
  });

  it('is refused for what stands, and not for a row of the call that is refused itself', async () => {
    await collected('S5');
    await append(database.source, step('SampleTyped', 'S5', '2024-05-09'));
    const rejections = ['2024-05-05', '2024-05-10'].map((day) => step('SampleRejected', 'S5', day));
    expect(await refusedIn(...rejections)).toEqual(['guard_blocked', 'created']);
    const tooEarly = [step('SampleRejected', 'S5', '2024-05-05'), step('SampleTyped', 'S5', '2024-05-08')];
    expect(await refusedIn(...tooEarly)).toEqual(['guard_blocked', 'created']);

    await collected('S6');
    await append(database.source, step('SampleRejected', 'S6', '2024-05-10'));
    const again = [step('SampleRejected', 'S6', '2024-05-05'), step('SampleTyped', 'S6', '2024-05-08')];
    expect(await refusedIn(...again)).toEqual(['concluded_before', 'created']);
  });
});

describe('a listed donor (R11)', () => {
  let donors = 0;
  /** A donor enrolled at A in January. */
  async function enrol(): Promise<string> {
    const donorCode = `DP${(donors += 1)}`;
    await append(
      database.source,
      entry({ kind: 'RecruitmentRegistered', donorCode, occurredOn: '2024-01-05' }),
      entry({ kind: 'DonorEnrolled', donorCode, occurredOn: '2024-01-20' }),
    );
    return donorCode;
  }
  const withdrawn = (donorCode: string, org: string, occurredOn = '2024-04-01') =>
    entry({ kind: 'DonorWithdrawn', donorCode, org, occurredOn, outcome: 'from_available', reason: 'DO' });
  const transfer = (donorCode: string, outcome: 'out' | 'in', org: string, occurredOn = '2024-03-01') =>
    entry({ kind: 'DonorTransferred', donorCode, outcome, org, occurredOn });

  it('is withdrawn for the org where the donor stands, and the refusal names it', async () => {
    const donor = await enrol();
    const [row] = (await appendEntries(database.source, [withdrawn(donor, 'B')], WRITER)).results;
    expect(row).toMatchObject({ problem: { code: 'donor_elsewhere', details: { field: 'org' } } });
    expect(row).toMatchObject({ problem: { sentence: { zh: expect.stringContaining('应登记在 A，不是 B') } } });
    await append(database.source, withdrawn(donor, 'A'));
  });

  it('is withdrawn beside a withdrawal that is refused, with what follows from it', async () => {
    const donor = await enrol();
    const again = entry({ kind: 'DonorEnrolled', donorCode: donor, occurredOn: '2024-05-01' });
    expect(await refusedIn(again, withdrawn(donor, 'B', '2024-04-02'), withdrawn(donor, 'A'))).toEqual([
      'created',
      'donor_elsewhere',
      'created',
    ]);
  });

  it('is not withdrawn for an org below the one where the donor stands', async () => {
    expect(await refusalOf(database.source, withdrawn(await enrol(), 'A1'))).toMatchObject({ code: 'donor_elsewhere' });
  });

  it('is transferred from there only, and into another org only after that', async () => {
    const donor = await enrol();
    expect(await refusalOf(database.source, transfer(donor, 'out', 'B'))).toMatchObject({ code: 'donor_elsewhere' });
    expect(await refusalOf(database.source, transfer(donor, 'in', 'B'))).toMatchObject({ code: 'guard_unmet' });
    await append(database.source, transfer(donor, 'in', 'B'), transfer(donor, 'out', 'A'));
    expect(await refusalOf(database.source, withdrawn(donor, 'A'))).toMatchObject({ code: 'donor_elsewhere' });
    await append(database.source, withdrawn(donor, 'B'));
  });

  it('cannot leave while on the way', async () => {
    const donor = await enrol();
    await append(database.source, transfer(donor, 'out', 'A'));
    expect(await refusalOf(database.source, withdrawn(donor, 'A'))).toMatchObject({ code: 'donor_elsewhere' });
  });

  it('moves in one call as a set, in whatever order its rows stand', async () => {
    const donor = await enrol();
    expect(await refusedIn(withdrawn(donor, 'B'), transfer(donor, 'out', 'A'), transfer(donor, 'in', 'B'))).toEqual([
      'created',
      'created',
      'created',
    ]);
  });

  it('is not moved before what is logged for the org where the donor was', async () => {
    const donor = await enrol();
    await append(database.source, withdrawn(donor, 'A'));
    expect(await refusedIn(transfer(donor, 'out', 'A'), transfer(donor, 'in', 'B'))).toContain('donor_elsewhere');
  });

  it('keeps the transfer on which a withdrawal stands', async () => {
    const donor = await enrol();
    const arrival = transfer(donor, 'in', 'B');
    await append(database.source, transfer(donor, 'out', 'A'), arrival, withdrawn(donor, 'B'));
    const reversal = { id: entry().id, reverses: arrival.id, justification: '登记错误' };
    await expect(reverseEntries(database.source, [reversal], WRITER)).rejects.toMatchObject({
      code: 'entry_rested_on',
    });
  });

  it('who was listed before the ledger began is withdrawn wherever that was', async () => {
    await append(database.source, withdrawn('DOLD', 'B'));
  });
});
