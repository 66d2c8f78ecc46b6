import { HttpApplication } from '../support/http-application';
import { createSmallRegistry, entry, append, opening } from '../support/small-registry';
import { createTestDatabase, type TestDatabase } from '../support/test-database';
import { recompute } from '../../libs/indicators/recompute';

let database: TestDatabase;
let application: HttpApplication;

beforeAll(async () => {
  database = await createTestDatabase();
  await createSmallRegistry(database.source);
  await append(database.source, ...opening());
  application = await HttpApplication.start({ databaseUrl: database.url }, { worker: false });
}, 60_000);

afterAll(async () => {
  await application?.close();
  await database?.drop();
});

const SHARE = { kind: 'DonorSatisfaction', attributes: { source: '年终问卷' } };

describe('what an office logs', () => {
  it('is taken in its own units, and told by its metrics', async () => {
    const entries = [
      entry({ kind: 'WholeBloodCollected', quantity: '１９０.５' }),
      entry({ kind: 'PlateletsCollected', quantity: '3' }),
      entry({ kind: 'ReliefPaid', quantity: '1234567.89' }),
      entry({ kind: 'VolunteerEventHeld', quantity: '4', note: '走进校园' }),
      entry({ ...SHARE, quantity: '96.5' }),
    ];
    expect((await application.post('/api/entries', { entries })).body).toMatchObject({ created: 5, refused: 0 });
    await recompute(database.source, 1);
    const keys =
      'blood.collected_units,blood.collected_doses,relief.amount,outreach.volunteer_events,satisfaction.donors';
    const { body } = await application.get(`/api/metrics/values?period=2024&org=A&keys=${keys}`);
    const told = body.values.map(({ key, value, unit }: Record<string, string>) => [key, value, unit]);
    expect(told.sort()).toEqual(
      [
        ['blood.collected_units', '190.5', '单位'],
        ['blood.collected_doses', '3', '治疗量'],
        ['relief.amount', '123.456789', '万元'],
        ['outreach.volunteer_events', '4', '场'],
        ['satisfaction.donors', '96.5', '%'],
      ].sort(),
    );
  });

  it('shows the batches whose counts do not agree', async () => {
    const attributes = { batchCode: 'L7', boxCode: 'X2' };
    await append(
      database.source,
      entry({ kind: 'SampleSent', org: 'A', quantity: '50', attributes }),
      entry({ kind: 'SampleReceived', org: 'P', quantity: '48', attributes }),
    );
    expect((await application.get('/api/batches?period=2024')).body.batches).toMatchObject([
      { batch: 'L7', box: 'X2', sent: '50', received: '48', difference: '-2', sentBy: ['A'], receivedBy: ['P'] },
    ]);
    expect((await application.get('/api/batches?period=2024-Q5')).status).toBe(422);
  });
});

describe('what cannot be logged is refused with a sentence that says what to do', () => {
  it.each<[string, Record<string, unknown>, string, string]>([
    ['an unknown kind', { kind: '捐献' }, 'kind_unknown', '没有登记种类'],
    ['an unknown org', { org: 'Z' }, 'org_unknown', '没有机构'],
    ['a code with blanks', { donorCode: 'D 1' }, 'code_not_readable', '字母、数字'],
    ['a date in the future', { occurredOn: '2999-01-01' }, 'date_in_the_future', '在今天'],
    ['31 February', { occurredOn: '2024-02-31' }, 'date_not_readable', '2024-05-31'],
    ['a date before the registry began', { occurredOn: '2022-12-31' }, 'date_before_the_registry', '2023-01-01'],
    ['a date as Excel counts days', { occurredOn: '45422' }, 'date_not_readable', '2024-05-31'],
    ['a negative quantity', { quantity: '-1' }, 'quantity_negative', '冲销'],
    ['thousands separators', { quantity: '1,234' }, 'quantity_with_separators', '写作 1234'],
    ['full-width separators', { quantity: '１，２３４' }, 'quantity_with_separators', '写作 1234'],
    ['half a person', { quantity: '1.5' }, 'quantity_step', '1、2、112'],
    ['a tenth of a unit', { kind: 'WholeBloodCollected', quantity: '1.1' }, 'quantity_step', '0.5、1、1.5'],
    ['a tenth of a cent', { kind: 'ReliefPaid', quantity: '0.125' }, 'quantity_step', '0.01'],
    ['an outcome without its reason', { kind: 'SampleRejected', outcome: 'unfit' }, 'reason_missing', '必须写原因'],
    ['a discard without its reason', { kind: 'BloodDiscarded', quantity: '1' }, 'reason_missing', '过期'],
    ['a test without its outcome', { kind: 'NatTested', quantity: '9' }, 'outcome_missing', '阴性（negative）'],
    ['a share without a value', SHARE, 'quantity_missing', '%'],
    ['a share without its source', { ...SHARE, quantity: '9', attributes: {} }, 'attribute_missing', '数据来源'],
    ['an ID number in a note', { note: '110105 19491231 002X' }, 'personal_number', '删去'],
    [
      'a mobile number in a free attribute',
      { ...SHARE, quantity: '9', attributes: { source: '致电13800138000' } },
      'personal_number',
      '删去',
    ],
    [
      'a mobile number as a code',
      { kind: 'SampleSent', attributes: { batchCode: '13800138000' } },
      'attribute_not_readable',
      '不是身份证号',
    ],
  ])('%s', async (_, fields, code, words) => {
    const { status, body } = await application.post('/api/entries', entry(fields));
    expect([status, body.code]).toEqual([422, code]);
    expect(body.detail).toContain(words);
  });
});
