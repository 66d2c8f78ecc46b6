import { checkEntry } from './check-entry';
import { readContent } from './entry-content';

const BOUNDS = { orgs: new Map([['A', null]]), firstDay: '2023-01-01', today: '2024-06-15' };
const GOOD = {
  id: '0f8fad5b-d9cb-469f-a165-70867728950e',
  kind: 'RecruitmentRegistered',
  org: 'A',
  occurredOn: '2024-05-10',
};
const UNITS = { kind: 'WholeBloodCollected' };
const MONEY = { kind: 'ReliefPaid' };
const SHARE = { kind: 'DonorSatisfaction', quantity: '95.5', attributes: { source: '年终问卷' } };
const ANSWER = { ...GOOD, kind: 'ScreenAnswered', donorCode: 'D1', caseCode: 'R1' };

function refusal(fields: Record<string, unknown>): { code: string; field?: string } {
  try {
    checkEntry({ ...GOOD, ...fields }, BOUNDS);
  } catch (error) {
    const { code, details } = error as { code: string; details: { field?: string } };
    return { code, field: details.field };
  }
  throw new Error('nothing was refused');
}

describe('an entry', () => {
  it('is brought to its one form', () => {
    const checked = checkEntry(
      {
        ...GOOD,
        id: GOOD.id.toUpperCase(),
        quantity: ' ０１２.５０ '.replace('.５０', ''),
        donorCode: '',
        note: ' 校园 ',
      },
      BOUNDS,
    );
    expect(checked).toMatchObject({ id: GOOD.id, quantity: '12', donorCode: null, note: '校园', outcome: null });
  });

  it.each(['quantity', 'donorCode', 'caseCode', 'sampleCode'])('is refused by the length of its %s alone', (field) => {
    const composed = jest.spyOn(String.prototype, 'normalize');
    expect(refusal({ [field]: '1' + '\u0300\u0316'.repeat(150_000) })).toEqual({ code: 'text_too_long', field });
    expect(() => readContent({ ...GOOD, [field]: '1' + '\u0300\u0316'.repeat(150_000) })).toThrow();
    expect(composed).not.toHaveBeenCalled();
    composed.mockRestore();
  });

  it('counts one unless said', () => {
    expect(checkEntry(GOOD, BOUNDS).quantity).toBe('1');
  });

  it.each([
    ['half a unit of whole blood', { ...UNITS, quantity: '190.5' }, '190.5'],
    ['half a dose of platelets', { kind: 'PlateletsCollected', quantity: '0.50' }, '0.5'],
    ['money to the cent', { ...MONEY, quantity: '123456789.01' }, '123456789.01'],
    ['a reported share', SHARE, '95.5'],
    ['the whole of a share', { ...SHARE, quantity: '100.00' }, '100'],
    [
      'more than 100% of what is held against a plan',
      { ...SHARE, kind: 'PaymentProgress', quantity: '131.41' },
      '131.41',
    ],
    ['a reported 0', { ...SHARE, quantity: '0' }, '0'],
    ['zeros that add nothing', { quantity: '112.000' }, '112'],
  ])('may count %s', (_, fields, quantity) => {
    expect(checkEntry({ ...GOOD, ...fields }, BOUNDS).quantity).toBe(quantity);
  });

  it('says which steps a quantity may have', () => {
    expect(() => checkEntry({ ...GOOD, ...UNITS, quantity: '1.3' }, BOUNDS)).toThrow('0.5、1、1.5');
    expect(() => checkEntry({ ...GOOD, quantity: '1,234.5' }, BOUNDS)).toThrow('1234.5');
  });

  it('may be a nil return of any kind, without subject and outcome (R10)', () => {
    expect(checkEntry({ ...GOOD, kind: 'ScreenAnswered', quantity: '0' }, BOUNDS)).toMatchObject({
      quantity: '0',
      donorCode: null,
      outcome: null,
    });
  });

  it('takes a reason that belongs to its outcome', () => {
    expect(checkEntry({ ...ANSWER, outcome: 'refused', reason: 'UC' }, BOUNDS)).toMatchObject({ reason: 'UC' });
  });

  it('gives a whole number as the example where halves cannot be counted', () => {
    expect(() => checkEntry({ ...GOOD, quantity: '三' }, BOUNDS)).toThrow('数量“三”应是一个数，如 3。');
    expect(() => checkEntry({ ...GOOD, ...UNITS, quantity: '三' }, BOUNDS)).toThrow('数量“三”应是一个数，如 1.5。');
  });

  it.each<[string, Record<string, unknown>, { code: string; field: string }]>([
    ['a field nobody knows', { hla: 'A*02:01' }, { code: 'field_unknown', field: 'hla' }],
    ['an id that is no uuid', { id: '17' }, { code: 'id_not_a_uuid', field: 'id' }],
    ['an unknown kind', { kind: 'Recruited' }, { code: 'kind_unknown', field: 'kind' }],
    ['an unknown org', { org: 'B' }, { code: 'org_unknown', field: 'org' }],
    ['31 February', { occurredOn: '2024-02-31' }, { code: 'date_not_readable', field: 'occurredOn' }],
    ['no date', { occurredOn: undefined }, { code: 'date_missing', field: 'occurredOn' }],
    ['tomorrow', { occurredOn: '2024-06-16' }, { code: 'date_in_the_future', field: 'occurredOn' }],
    [
      'a day before the ledger began',
      { occurredOn: '2022-12-31' },
      { code: 'date_before_the_registry', field: 'occurredOn' },
    ],
    ['a quantity as a number', { quantity: 3 }, { code: 'not_text', field: 'quantity' }],
    ['a negative quantity', { quantity: '-3' }, { code: 'quantity_negative', field: 'quantity' }],
    ['a full-width minus', { quantity: '－３' }, { code: 'quantity_negative', field: 'quantity' }],
    ['separators in a quantity', { quantity: '1,000' }, { code: 'quantity_with_separators', field: 'quantity' }],
    ['full-width separators', { quantity: '１，２３４' }, { code: 'quantity_with_separators', field: 'quantity' }],
    ['a quantity in words', { quantity: '约30' }, { code: 'quantity_not_readable', field: 'quantity' }],
    ['a quantity with an exponent', { quantity: '1e3' }, { code: 'quantity_not_readable', field: 'quantity' }],
    ['a thousand million', { quantity: '1000000000' }, { code: 'quantity_too_large', field: 'quantity' }],
    ['a quarter of a unit', { ...UNITS, quantity: '1.25' }, { code: 'quantity_step', field: 'quantity' }],
    [
      'more than the whole of a share',
      { ...SHARE, quantity: '198.5' },
      { code: 'quantity_above_the_whole', field: 'quantity' },
    ],
    ['a tenth of a cent', { ...MONEY, quantity: '12.345' }, { code: 'quantity_step', field: 'quantity' }],
    ['a reported value without one', { ...SHARE, quantity: '' }, { code: 'quantity_missing', field: 'quantity' }],
    [
      'a reported 0 without its source',
      { ...SHARE, quantity: '0', attributes: {} },
      { code: 'attribute_missing', field: 'attributes.source' },
    ],
    [
      'discarded blood without a reason',
      { kind: 'BloodDiscarded', quantity: '2' },
      { code: 'reason_missing', field: 'reason' },
    ],
    [
      'a choice that there is not',
      { kind: 'MediaReported', attributes: { level: '国家级' } },
      { code: 'attribute_not_readable', field: 'attributes.level' },
    ],
    [
      'a batch code with blanks',
      { kind: 'SampleSent', attributes: { batchCode: '批 7' } },
      { code: 'attribute_not_readable', field: 'attributes.batchCode' },
    ],
    [
      'a mobile number as a batch code',
      { kind: 'SampleSent', attributes: { batchCode: '13800138000' } },
      { code: 'attribute_not_readable', field: 'attributes.batchCode' },
    ],
    [
      'a mobile number in a free attribute',
      { kind: 'MediaReported', attributes: { medium: '张 138-0013-8000' } },
      { code: 'personal_number', field: 'attributes.medium' },
    ],
    [
      'a free attribute that is too long',
      { kind: 'MediaReported', attributes: { medium: '报'.repeat(101) } },
      { code: 'text_too_long', field: 'attributes.medium' },
    ],
    ['an ID number in groups', { note: '110105 19491231 002X' }, { code: 'personal_number', field: 'note' }],
    ['a mobile number with its country', { note: '+8613800138000' }, { code: 'personal_number', field: 'note' }],
    [
      'a mobile number with a mark that nobody sees',
      { note: '138\u200b0013\u200b8000' },
      { code: 'personal_number', field: 'note' },
    ],
    ['half a person', { quantity: '1.5' }, { code: 'quantity_step', field: 'quantity' }],
    ['a tally of one donor', { donorCode: 'D1', quantity: '2' }, { code: 'quantity_of_a_subject', field: 'quantity' }],
    [
      'a tally of a distinct kind',
      { kind: 'RetentionContacted', quantity: '9' },
      { code: 'code_missing', field: 'donorCode' },
    ],
    ['a nil return with a donor', { quantity: '0', donorCode: 'D1' }, { code: 'code_not_allowed', field: 'donorCode' }],
    ['a code with blanks', { donorCode: 'D 1' }, { code: 'code_not_readable', field: 'donorCode' }],
    ['a mobile number as a code', { donorCode: '13800138000' }, { code: 'code_not_readable', field: 'donorCode' }],
    ['a code that the kind has not', { caseCode: 'R1' }, { code: 'code_not_allowed', field: 'caseCode' }],
    ['an answer without outcome', { ...ANSWER }, { code: 'outcome_missing', field: 'outcome' }],
    ['an unknown outcome', { ...ANSWER, outcome: 'maybe' }, { code: 'outcome_unknown', field: 'outcome' }],
    ['a refusal without reason', { ...ANSWER, outcome: 'refused' }, { code: 'reason_missing', field: 'reason' }],
    [
      "a patient's reason for a donor's refusal",
      { ...ANSWER, outcome: 'refused', reason: 'PDC' },
      { code: 'reason_unknown', field: 'reason' },
    ],
    [
      'a reason for agreeing',
      { ...ANSWER, outcome: 'agreed', reason: 'PR' },
      { code: 'reason_not_allowed', field: 'reason' },
    ],
    [
      'a late retraction without the day that conditioning began',
      { ...ANSWER, kind: 'DonorRetracted', outcome: 'late', reason: 'PR' },
      { code: 'attribute_missing', field: 'attributes.patientConditioningStartedOn' },
    ],
    [
      'conditioning that began after the retraction',
      {
        ...ANSWER,
        kind: 'DonorRetracted',
        outcome: 'late',
        reason: 'PR',
        attributes: { patientConditioningStartedOn: '2024-05-11' },
      },
      { code: 'attribute_not_readable', field: 'attributes.patientConditioningStartedOn' },
    ],
    [
      'an unknown attribute',
      { attributes: { colour: 'red' } },
      { code: 'attribute_unknown', field: 'attributes.colour' },
    ],
    ['an ID number in a note', { note: '身份证11010519491231002X' }, { code: 'personal_number', field: 'note' }],
    [
      'a mobile number in full-width digits',
      { note: '电话１３８００１３８０００' },
      { code: 'personal_number', field: 'note' },
    ],
    [
      'an opening on any other day',
      { kind: 'OpeningStock', quantity: '9' },
      { code: 'opening_not_on_first_day', field: 'occurredOn' },
    ],
  ])('is refused for %s', (_, fields, expected) => {
    expect(refusal(fields)).toEqual(expected);
  });

  it('is no list and no text', () => {
    expect(() => checkEntry([], BOUNDS)).toThrow('对象');
    expect(() => checkEntry('x', BOUNDS)).toThrow('对象');
  });

  it('may mention numbers that are no personal numbers', () => {
    const note = '批号 110105194912310021，箱号 138001380001';
    expect(checkEntry({ ...GOOD, note }, BOUNDS).note).toBe(note);
  });
});
