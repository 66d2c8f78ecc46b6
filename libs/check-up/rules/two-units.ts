import { decimal } from '../../core/decimal';
import type { ReportDocument } from '../document';
import type { Finding } from '../finding';
import type { FoundNumber } from '../found-number';
import { isGeneric, nounKey, strippedNoun } from '../noun';
import { grouped } from '../number-index';
import { maySpeakOfOne } from '../same-thing';
import { say } from '../say';

const COUNTED = new Set(['人', '人次', '人份', '份', '例', '单位', '治疗量', '场', '次', '户', '件', '个', '项']);
/** Units that one act or one thing may rightly have both: donors and donations, campaigns and items. */
const BOTH = new Set([
  '人例',
  '人次份',
  '人份',
  '人人份',
  '人份份',
  '个次',
  '个项',
  '次项',
  '件项',
  '个场',
  '场次',
  '例次',
  '个件',
  '次场',
]);
const GROUP_AT_MOST = 12;

/** One thing counted in two units. */
export function twoUnits(document: ReportDocument): Finding[] {
  // The unit over a column is of its rows together.
  const headed = new Set(
    document.tables.flatMap(({ rows, units }) =>
      rows.flatMap((row) =>
        row.flatMap(({ number, column, text }) => (number?.text === text && units[column] ? [number] : [])),
      ),
    ),
  );
  const counted = document.numbers.filter(
    (one) =>
      one.kind === 'count' &&
      COUNTED.has(one.unit) &&
      !one.bound &&
      !one.worded &&
      !one.range &&
      !headed.has(one) &&
      one.measure !== 'points',
  );
  return [...sameValue(counted, document.text), ...tested(counted)];
}

/** 80人 here and 80户 there. */
function sameValue(counted: readonly FoundNumber[], text: string): Finding[] {
  const groups = grouped(
    counted.filter(({ value }) => decimal(value).gte(10)),
    ({ value }) => value,
  );
  return [...groups.values()].flatMap((group) =>
    group.length > GROUP_AT_MOST
      ? []
      : group.flatMap((one) => {
          const other = group.find(
            (two) =>
              two.unit !== one.unit &&
              two.measure === one.measure &&
              !BOTH.has([one.unit, two.unit].sort().join('')) &&
              one.period !== 'last' &&
              two.period !== 'last' &&
              (one.place === two.place || one.place === '' || two.place === '') &&
              maySpeakOfOne(one, two, text),
          );
          return other ? [tell(one, other)] : [];
        }),
  );
}

/** Samples and persons tested, near each other. */
function tested(counted: readonly FoundNumber[]): Finding[] {
  const named = counted.filter(({ noun }) => /检测|筛查/.test(noun));
  const groups = grouped(named, ({ noun, period, place, measure }) =>
    [nounKey(coreOf(noun)), period, place, measure].join('|'),
  );
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    const other = group.find((one) => one.unit !== first!.unit && isNear(first!, one));
    return other &&
      [...coreOf(first!.noun)].length >= 2 &&
      (!isGeneric(coreOf(first!.noun)) || /检测/.test(first!.noun))
      ? [tell(first!, other), tell(other, first!)]
      : [];
  });
}

function coreOf(noun: string): string {
  return strippedNoun(noun).replace(/(?:人数|人次|人份|份数|例数|数量|总数|数|量)$/, '');
}

function isNear(one: FoundNumber, other: FoundNumber): boolean {
  const [a, b] = [decimal(one.value), decimal(other.value)];
  return (
    a.gte(100) &&
    a
      .minus(b)
      .abs()
      .lte(a.times(decimal('0.2')))
  );
}

function tell(one: FoundNumber, two: FoundNumber): Finding {
  return say(
    'two-units',
    one,
    {
      zh: `“${one.noun}”此处以“${one.unit}”计（${one.text}），第 ${two.line + 1} 行以“${two.unit}”计（${two.text}），请统一计量单位。`,
      en: `"${one.noun}" is counted in ${one.unit} here (${one.text}) and in ${two.unit} in line ${two.line + 1} (${two.text}); use one unit.`,
    },
    {
      related: [two],
      expected: one.text.slice(0, one.text.length - one.printedUnit.length) + two.printedUnit,
      severity: 'warning',
    },
  );
}
