import fc from 'fast-check';
import type { AttributeDefinition, KindDefinition } from '../../libs/catalogue/kind-definition';
import { KINDS } from '../../libs/catalogue/kinds';

/** What is sent as an entry, and whether nothing about it was made wrong on purpose. */
export interface GeneratedEntry {
  readonly sent: unknown;
  readonly sound: boolean;
}

const DAY = fc
  .date({ min: new Date('2023-01-01'), max: new Date('2024-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

/** What a person or a program may put where something else belongs. */
const ABSURD = fc.oneof(
  fc.constantFrom<unknown>(
    ...['', ' ', '\u0000', '\ud800', 'x'.repeat(2_000), '2024-02-31', '2999-01-01', '45422', '31/5/24', '-1', '1,234'],
    ...[
      '１２',
      '0.1',
      '1e3',
      '99999999999',
      'NaN',
      '110105 19491231 002X',
      '13800138000',
      '=1+1',
      "'; drop table entry",
    ],
    ...[null, 7, -0.5, true, [], {}, ['A'], { $gt: '' }, 'P', 'Z', 'agreed', 'PR', 'constructor', '__proto__', '同意'],
  ),
  fc.jsonValue({ maxDepth: 2 }),
);

function attributeText({ type, choices = [] }: AttributeDefinition, day: string): fc.Arbitrary<string> {
  if (type === 'choice') return fc.constantFrom(...choices.map(({ code }) => code));
  if (type === 'date') return fc.constant(day);
  if (type === 'integer') return fc.integer({ min: 1, max: 9 }).map(String);
  return type === 'code' ? fc.integer({ min: 1, max: 999 }).map((one) => `L-${one}`) : fc.constant('问卷');
}

function quantityOf({ tally, reported, step, atMost }: KindDefinition): fc.Arbitrary<string | undefined> {
  if (!tally && !reported) return fc.constantFrom(undefined, undefined, '1', '0');
  const whole = fc.integer({ min: 0, max: 900 }).map(String);
  if (step === '0.5') return fc.integer({ min: 0, max: 99 }).map((halves) => String(halves / 2));
  if (step === '0.01')
    return fc.integer({ min: 0, max: atMost ? Number(atMost) * 100 : 99_999 }).map((one) => (one / 100).toFixed(2));
  return reported ? whole : fc.oneof(whole, fc.constant(undefined));
}

/** An entry as its kind's definition says. Its guards may refuse it all the same. */
function soundEntry(kind: KindDefinition): fc.Arbitrary<Record<string, unknown>> {
  const fields = fc.record({
    id: fc.uuid(),
    org: fc.constantFrom('P', 'A', 'B', 'A1'),
    occurredOn: kind.opening ? fc.constant('2023-01-01') : DAY,
    subject: fc.integer({ min: 1, max: 400 }),
    named: fc.boolean(),
    outcome: fc.constantFrom(...(kind.outcomes ?? [undefined])),
    quantity: quantityOf(kind),
    note: fc.constantFrom(undefined, undefined, '街头招募, "第一场"\n雨天'),
    seed: fc.nat(),
  });
  return fields.chain(({ id, org, occurredOn, subject, named, outcome, quantity, note, seed }) => {
    const nil = quantity !== undefined && Number(quantity) === 0 && !kind.reported;
    const has = (rule?: '!' | '?') => !nil && (rule === '!' || (rule === '?' && named));
    const [donor, request, sample] = [has(kind.subjects.donor), has(kind.subjects.case), has(kind.subjects.sample)];
    const reasons = nil ? undefined : (outcome?.reasons ?? kind.reasons);
    const attributes = (kind.attributes ?? []).filter(
      // What stands for a file would have to be uploaded first.
      ({ required, type }) =>
        type !== 'evidence' && (required === true || (outcome && required?.includes(outcome.code)) || (!nil && named)),
    );
    return fc.tuple(...attributes.map((one) => attributeText(one, occurredOn))).map((values) => ({
      ...{ id, kind: kind.code, org, occurredOn },
      ...(donor && { donorCode: `D${subject}` }),
      ...(request && { caseCode: `R${subject}` }),
      ...(sample && { sampleCode: `S${subject}` }),
      ...(outcome && !nil && { outcome: outcome.code }),
      ...(reasons && { reason: reasons[seed % reasons.length] }),
      ...(donor || request || sample ? {} : quantity !== undefined && { quantity }),
      ...(values.length > 0 && {
        attributes: Object.fromEntries(attributes.map(({ code }, at) => [code, values[at]])),
      }),
      ...(note !== undefined && { note }),
    }));
  });
}

const FIELDS = [
  ...['id', 'kind', 'org', 'occurredOn', 'donorCode', 'caseCode', 'sampleCode', 'outcome', 'reason', 'quantity'],
  ...['attributes', 'note', 'justification', 'colour', 'recordedBy', 'reverses', 'toString'],
];

const SOUND = fc.constantFrom(...KINDS).chain(soundEntry);

/** Sound ones of all kinds, some with one field made wrong, some that are no entries at all. */
export const GENERATED_ENTRY: fc.Arbitrary<GeneratedEntry> = fc.oneof(
  { weight: 8, arbitrary: SOUND.map((sent) => ({ sent, sound: true })) },
  {
    weight: 3,
    arbitrary: fc.tuple(SOUND, fc.constantFrom(...FIELDS), ABSURD).map(([entry, field, value]) => {
      return { sent: { ...entry, [field]: value }, sound: false };
    }),
  },
  { weight: 1, arbitrary: ABSURD.map((sent) => ({ sent, sound: false })) },
);
