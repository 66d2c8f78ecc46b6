import { parsePeriod } from '../../libs/core/period';
import { findBatchDifferences } from '../../libs/ledger/batches';
import { reverseEntries } from '../../libs/ledger/reverse';
import { append, createSmallRegistry, entry, REGISTRY, WRITER } from '../support/small-registry';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

let database: TestDatabase;

const parcel = (kind: string, org: string, occurredOn: string, quantity: string, batchCode: string, boxCode?: string) =>
  entry({ kind, org, occurredOn, quantity, attributes: { batchCode, ...(boxCode && { boxCode }) } });
const sent = (...parts: [string, string, string, string, string?]) => parcel('SampleSent', ...parts);
const received = (...parts: [string, string, string, string, string?]) => parcel('SampleReceived', ...parts);

async function differences(orgs: string[], period: string) {
  const found = await findBatchDifferences(database.source.manager, REGISTRY, orgs, parsePeriod(period));
  return found.map(({ batch, box, sent, received, difference }) => [batch, box, sent, received, difference]);
}

const mistaken = received('P', '2024-05-06', '7', 'L5', 'X1');

beforeAll(async () => {
  database = await createTestDatabase();
  await createSmallRegistry(database.source);
  await append(
    database.source,
    sent('A', '2024-03-01', '112', 'L1', 'X1'),
    received('P', '2024-03-03', '112', 'L1', 'X1'),
    sent('A', '2024-03-01', '90', 'L1', 'X2'),
    received('P', '2024-03-03', '60', 'L1', 'X2'),
    received('P', '2024-03-04', '28', 'L1', 'X2'),
    sent('B', '2024-03-30', '40', 'L2'),
    received('P', '2024-04-02', '41', 'L2'),
    sent('A1', '2024-04-28', '12', 'L3', 'X1'),
    received('P', '2024-04-29', '5', 'L4', 'X1'),
    sent('B', '2024-05-05', '7', 'L5', 'X1'),
    mistaken,
    entry({ kind: 'SampleSent', org: 'B', occurredOn: '2024-03-05', quantity: '9' }),
  );
  const replacement = received('P', '2024-05-06', '6', 'L5', 'X1');
  await reverseEntries(
    database.source,
    [{ id: entry().id, reverses: mistaken.id, justification: '点数有误', replacement }],
    WRITER,
  );
});

afterAll(() => database.drop());

describe('the batches of samples whose counts do not agree', () => {
  it('show what was sent and received of each box, and the difference', async () => {
    expect(await differences(['P', 'A', 'A1', 'B'], '2024')).toEqual([
      ['L1', 'X2', '90', '88', '-2'],
      ['L2', null, '40', '41', '1'],
      ['L3', 'X1', '12', '0', '-12'],
      ['L4', 'X1', '0', '5', '5'],
      ['L5', 'X1', '7', '6', '-1'],
    ]);
  });

  it('are told to who sent or received them, with what the other side logged', async () => {
    expect(await differences(['B'], '2024')).toEqual([
      ['L2', null, '40', '41', '1'],
      ['L5', 'X1', '7', '6', '-1'],
    ]);
    expect(await differences(['P'], '2024')).toHaveLength(4);
  });

  it('belong to each period in which they were sent or received', async () => {
    expect(await differences(['P', 'A', 'A1', 'B'], '2024-Q1')).toEqual([
      ['L1', 'X2', '90', '88', '-2'],
      ['L2', null, '40', '41', '1'],
    ]);
    expect(await differences(['P', 'A', 'A1', 'B'], '2024-04')).toHaveLength(3);
    expect(await differences(['P', 'A', 'A1', 'B'], '2023')).toEqual([]);
  });

  it('say who sent and who received', async () => {
    const [first] = await findBatchDifferences(database.source.manager, REGISTRY, ['A'], parsePeriod('2024-03'));
    expect(first).toMatchObject({ sentBy: ['A'], receivedBy: ['P'], sentOn: '2024-03-01', receivedOn: '2024-03-03' });
  });
});
