import type { ReportDocument } from '../document';
import type { Finding } from '../finding';
import type { FoundNumber } from '../found-number';
import { grouped } from '../number-index';
import { digitsOf, isSwapped, maySpeakOfOne } from '../same-thing';
import { say } from '../say';

/** Of more numbers with the same digits none is a slip of another. */
const GROUP_AT_MOST = 12;

/** One thing told twice, with two neighbouring digits exchanged in one of the places: 4126 and 4216. */
export function swappedDigits(document: ReportDocument): Finding[] {
  const tableOf = new Map<FoundNumber, number>();
  document.tables.forEach(({ rows }, index) =>
    rows.forEach((row) => row.forEach(({ number }) => number && tableOf.set(number, index))),
  );
  const groups = grouped(
    document.numbers.filter((number) => isMeant(number) && digitsOf(number).replace('.', '').length >= 2),
    (number) => `${[...digitsOf(number)].sort().join('')} ${number.decimals} ${number.kind === 'rate'}`,
  );
  return [...groups.values()].flatMap((group) =>
    group.length > GROUP_AT_MOST
      ? []
      : group.flatMap((one) => {
          const other = group.find((two) => areOne(one, two, tableOf, document.text));
          return other ? [tell(one, other, tableOf.has(one) !== tableOf.has(other))] : [];
        }),
  );
}

function isMeant({ worded, range, bound, noun, period }: FoundNumber): boolean {
  return !worded && !range && !bound && noun !== '' && period !== 'last' && period !== 'target';
}

function areOne(
  one: FoundNumber,
  other: FoundNumber,
  tableOf: ReadonlyMap<FoundNumber, number>,
  text: string,
): boolean {
  const [first, second] = [digitsOf(one), digitsOf(other)];
  if (!isSwapped(first, second)) return false;
  if (one.unit !== other.unit && one.unit !== '' && other.unit !== '') return false;
  if (one.measure !== other.measure) return false;
  // Two rows of one table and two parts of one sentence are two things.
  if (tableOf.has(one) && tableOf.get(one) === tableOf.get(other)) return false;
  if (one.line === other.line) {
    const [from, to] = one.start < other.start ? [one.end, other.start] : [other.end, one.start];
    if (!/[。；;]/.test(text.slice(from, to))) return false;
  }
  if (one.place !== other.place && one.place !== '' && other.place !== '' && !sharesPlace(one.place, other.place))
    return false;
  if (one.place !== other.place && (one.place === '' || other.place === '') && first.length < 4) return false;
  if (one.kind === 'rate' && one.noun !== other.noun) return false;
  // Few digits are met by chance.
  if (first.replace('.', '').length < 3 && one.unit !== other.unit) return false;
  return maySpeakOfOne(one, other, text);
}

function sharesPlace(one: string, other: string): boolean {
  return one.slice(0, 2) === other.slice(0, 2);
}

function tell(one: FoundNumber, other: FoundNumber, mixed: boolean): Finding {
  return say(
    mixed ? 'text-table' : 'two-values',
    one,
    {
      zh: `此处为${one.text}，第 ${other.line + 1} 行为${other.text}，像是相邻两位数字颠倒，请核对原始数据。`,
      en: `${one.text} here and ${other.text} in line ${other.line + 1}: two digits seem exchanged; check the source.`,
    },
    { related: [other], expected: other.text },
  );
}
