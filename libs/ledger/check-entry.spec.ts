import { checkEntry } from './check-entry';

const BOUNDS = { orgs: new Map([['A', null]]), firstDay: '2023-01-01', today: '2024-06-15' };
const GOOD = {
  id: '0f8fad5b-d9cb-469f-a165-70867728950e',
  kind: 'RecruitmentRegistered',
  org: 'A',
  occurredOn: '2024-05-10',
};
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

  it('counts one unless said', () => {
    expect(checkEntry(GOOD, BOUNDS).quantity).toBe('1');
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

  it.each<[string, Record<string, unknown>, { code: string; field: string }]>([
    ['a field nobody knows', { hla: 'A*02:01' }, { code: 'field_unknown', field: 'hla' }],
    ['an id that is no uuid', { id: '17' }, { code: 'id_not_a_uuid', field: 'id' }],
    ['an unknown kind', { kind: 'Recruited' }, { code: 'kind_unknown', field: 'kind' }],
    ['an unknown org', { org: 'B' }, { code: 'org_unknown', field: 'org' }],
    ['31 February', { occurredOn: '2024-02-31' }, { code: 'date_not_readable', field: 'occurredOn' }],
    ['no date', { occurredOn: undefined }, { code: 'date_not_readable', field: 'occurredOn' }],
    ['tomorrow', { occurredOn: '2024-06-16' }, { code: 'date_in_the_future', field: 'occurredOn' }],
    [
      'a day before the ledger began',
      { occurredOn: '2022-12-31' },
      { code: 'date_before_the_registry', field: 'occurredOn' },
    ],
    ['a quantity as a number', { quantity: 3 }, { code: 'not_text', field: 'quantity' }],
    ['a negative quantity', { quantity: '-3' }, { code: 'quantity_not_readable', field: 'quantity' }],
    ['separators in a quantity', { quantity: '1,000' }, { code: 'quantity_not_readable', field: 'quantity' }],
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
