import { decimal } from '../core/decimal';
import type { ReportDocument } from './document';
import type { Finding } from './finding';
import { inUnitOf, type FoundNumber } from './found-number';
import { nounKey } from './noun';
import { say } from './say';

/** A figure of the ledger for the period and org of the report. */
export interface LedgerFigure {
  readonly key: string;
  /** In Chinese, as the catalogue names it. */
  readonly name: string;
  readonly value: string;
  readonly unit: string;
}

/** What reports call a figure beside its own name. */
const OTHER_NAMES: Readonly<Record<string, readonly string[]>> = {
  'registry.recruited': ['志愿者招募', '招募志愿者', '招募'],
  'registry.samples_collected': ['采样', '血样采集', '采集血样'],
  'registry.samples_transited': ['临时中转血样', '临中转血样'],
  'registry.enrolled': ['入库', '采样入库', '检测入库'],
  'registry.stock_eop': ['库容量', '总库容'],
  'retention.revisited': ['回访', '志愿者回访', '回访志愿者'],
  'match.remobilise_requested': ['再次动员'],
  'match.hr_requested': ['高分辨检测', '高分检测'],
  'match.hr_agreed': ['高分辨同意'],
  'workup.exam_started': ['捐献前体检', '安排体检'],
  'workup.exam_completed': ['体检完成', '完成体检'],
  'donation.completed': ['捐献', '造血干细胞捐献', '成功捐献', '实现捐献'],
  'donation.completed_cumulative': ['累计捐献造血干细胞'],
};
const PERSONS = new Set(['人', '人次', '人份', '例', '份']);

/** Each number of the report's own year that the ledger counts otherwise. */
export function againstLedger(document: ReportDocument, figures: readonly LedgerFigure[]): Finding[] {
  const known = new Map<string, LedgerFigure>();
  for (const figure of figures) {
    for (const name of [figure.name, ...(OTHER_NAMES[figure.key] ?? [])]) {
      if (!known.has(nounKey(name))) known.set(nounKey(name), figure);
    }
  }
  return document.numbers.flatMap((number) => {
    const figure = isOfReport(number) ? known.get(nounKey(number.noun)) : undefined;
    if (!figure || !isOneUnit(number, figure)) return [];
    const value = inBase(figure);
    const room =
      decimal(number.step).eq(1) && !number.rough ? decimal('0') : decimal(number.step).div(number.rough ? 1 : 2);
    if (decimal(number.value).minus(decimal(value)).abs().lte(room)) return [];
    const right = inUnitOf(value, number);
    return [
      say(
        'ledger',
        number,
        {
          zh: `台账中“${figure.name}”为 ${figure.value}${figure.unit}，这里写的是${number.text}。`,
          en: `The ledger has ${figure.value}${figure.unit} for "${figure.name}"; ${number.text} stands here.`,
        },
        { expected: right },
      ),
    ];
  });
}

function isOfReport({ period, place, bound, range, worded, noun, measure }: FoundNumber): boolean {
  if (measure !== '' || noun === '' || bound || range || worded || place !== '') return false;
  return period === '' || (period === 'cumulative' && /累计/.test(noun));
}

function isOneUnit({ unit, kind }: FoundNumber, figure: LedgerFigure): boolean {
  if (kind === 'money') return /元$/.test(figure.unit);
  return unit === figure.unit || (PERSONS.has(unit) && PERSONS.has(figure.unit) && unit !== '份');
}

function inBase({ value, unit }: LedgerFigure): string {
  return unit === '万元' ? decimal(value).times(10_000).toFixed() : value;
}
