import type { DataSource, EntityManager } from 'typeorm';
import type { MetricKey } from '../catalogue/metrics';
import type { IndicatorKey } from '../catalogue/indicators';
import { findKind } from '../catalogue/kinds';
import { parseMonthRange, lastDayOf, rangeOf, type MonthRange } from '../core/month-range';
import type { Seal } from '../ledger/seals';
import { requireMonth } from '../ledger/submissions';
import { printQuantity } from '../core/target-text';
import { findMembers, findOrgs, type OrgRow } from '../indicators/orgs.queries';
import { readMonth, type MonthOverview } from '../ledger/month-overview';
import { findComparisons, type Comparison } from '../targets/comparison';
import { findDefinition } from '../targets/definition';
import { readProgressWithin } from '../targets/progress';
import { readRunning, type RunningValue } from '../targets/running';
import { timeInShanghai } from './shanghai-time';

/** A printed figure: a number without unit and grouping, or what stands in its place. */
export interface BulletinCell {
  readonly number: string | null;
  readonly otherwise: string;
}

export interface BulletinFigure {
  readonly label: string;
  readonly unit: string;
  readonly month: BulletinCell;
  readonly monthBefore: BulletinCell;
  readonly change: string;
  readonly year: BulletinCell;
  readonly yearBefore: BulletinCell;
  readonly target: string;
  readonly pace: string;
}

export interface BulletinStage {
  readonly label: string;
  readonly entered: BulletinCell;
  readonly passed: BulletinCell;
  /** With its numerator and denominator. */
  readonly rate: string;
}

export interface BulletinCity {
  readonly name: string;
  readonly cells: readonly BulletinCell[];
}

/** The monthly bulletin (月报), every number as it is printed. */
export interface Bulletin {
  readonly title: string;
  readonly unit: string;
  readonly demonstration: string;
  readonly seal: string;
  readonly month: string;
  /** When it was sealed; of an open month, when it was read. */
  readonly at: Date;
  readonly figures: readonly BulletinFigure[];
  readonly stages: readonly BulletinStage[];
  readonly cities: readonly BulletinCity[];
  readonly adjustments: string;
  readonly missing: string;
  readonly notes: string;
}

export interface BulletinQuestion {
  readonly registryId: number;
  readonly demonstration: boolean;
  readonly org: string;
  readonly month: string;
}

const FIGURES = [
  'registry.recruited',
  'registry.enrolled',
  'registry.stock_eop',
  'retention.revisited',
  'match.screen_requested',
  'match.remobilise_requested',
  'match.hr_requested',
  'workup.exam_started',
  'donation.completed',
  'rate.annual_release',
] as const satisfies readonly (MetricKey | IndicatorKey)[];

const STAGES = [
  { label: '初筛', rate: 'rate.screen_agree' },
  { label: '再动员', rate: 'rate.remobilise_agree' },
  { label: '高分辨', rate: 'rate.hr_agree' },
  { label: '体检', rate: 'rate.exam_complete' },
] as const satisfies readonly { label: string; rate: IndicatorKey }[];

export const CITY_KEYS = [
  'registry.recruited',
  'registry.enrolled',
  'match.screen_requested',
  'match.screen_agreed',
  'workup.exam_completed',
  'donation.completed',
] as const satisfies readonly MetricKey[];

const ADJUSTMENTS_PRINTED = 4;
const NOTES =
  '未报送的数字印作“—”，不是 0；分母为 0 的比率印作“不适用”。数字按入账月份计，四舍五入一次。序时进度 = 累计 ÷ 全年目标，对照已过天数所占比例。';

/**
 * The bulletin of a month of an org with all below it, of one moment. Of a closed month its figures are the sealed ones,
 * its targets and orgs those that stood at the seal: late entries, new targets, settings and orgs and new names leave its
 * bytes as they are.
 *
 * @throws {DomainError} when it is no month of the ledger
 */
export async function readBulletin(source: DataSource, question: BulletinQuestion): Promise<Bulletin> {
  return source.transaction('REPEATABLE READ', (manager) => readWithin(manager, question));
}

async function readWithin(manager: EntityManager, question: BulletinQuestion): Promise<Bulletin> {
  const { registryId, org, month } = question;
  requireMonth(month);
  const within = new Set(await findMembers(manager, registryId, [{ org, own: false }]));
  const overview = await readMonth(manager, { registryId, org, orgs: within }, month);
  const { seal } = overview;
  const orgs = await findOrgs(manager, registryId, seal?.position);
  const names = new Map(orgs.map((one) => [one.org, one.nameZh]));
  const at = seal?.sealedAt ?? new Date();
  const [year = '', number = ''] = month.split('-');
  return {
    title: `${year}年${Number(number)}月工作月报`,
    unit: names.get(org) ?? org,
    demonstration: question.demonstration ? '演示数据，不是真实业务' : '',
    seal: seal
      ? `已结账（第 ${seal.number} 次），${timeInShanghai(at)}，封存值 ${seal.hash}`
      : `未结账，数字截至 ${timeInShanghai(at)}，还会变动`,
    month,
    at,
    figures: await readFigures(manager, question, seal),
    stages: await readStages(manager, question),
    cities: await readCities(manager, question, orgs),
    adjustments: adjustmentsOf(overview, names),
    missing: missingOf(overview),
    notes: NOTES,
  };
}

async function readFigures(
  manager: EntityManager,
  { registryId, org, month }: BulletinQuestion,
  seal: Seal | null,
): Promise<BulletinFigure[]> {
  const year = month.slice(0, 4);
  const read = (range: MonthRange): Promise<Comparison[]> =>
    findComparisons(manager, { registryId, range, scopes: [{ org, own: false }], keys: FIGURES });
  const inMonth = await read(parseMonthRange(month));
  const inYear = await read(rangeOf(`${year}-01`, month));
  // The millisecond of the seal belongs to it.
  const sealed = seal && { targetsBefore: new Date(seal.sealedAt.getTime() + 1), orgsAsOf: seal.position };
  const asked = { registryId, org, period: year, on: lastDayOf(month), ...sealed };
  const progress = await readProgressWithin(manager, asked);
  const targets = new Map(progress.targets.map((one) => [one.target.key, one]));
  return FIGURES.map((key, at): BulletinFigure => {
    const { label, unit } = findDefinition(key) ?? { label: { zh: key }, unit: '' };
    const [ofMonth, ofYear] = [inMonth[at], inYear[at]];
    const set = targets.get(key);
    const sign = set && { ge: '≥', le: '≤', eq: '＝' }[set.target.operator];
    return {
      label: label.zh,
      unit,
      month: cellOf(ofMonth?.now),
      monthBefore: cellOf(ofMonth?.before),
      change: changeOf(ofMonth),
      year: cellOf(ofYear?.now),
      yearBefore: cellOf(ofYear?.before),
      target: set ? `${sign}${set.target.value}` : '—',
      pace: set ? `${set.pace.achieved === null ? '' : `${set.pace.achieved}% `}${set.pace.sentence.zh}` : '—',
    };
  });
}

function changeOf(comparison: Comparison | undefined): string {
  if (comparison?.points) return `${signed(comparison.points)}点`;
  if (comparison?.percent) return `${signed(comparison.percent)}%`;
  return comparison?.change ? signed(comparison.change) : '—';
}

function signed(value: string): string {
  return value.startsWith('-') ? value : `+${value}`;
}

async function readStages(
  manager: EntityManager,
  { registryId, org, month }: BulletinQuestion,
): Promise<BulletinStage[]> {
  const parts = STAGES.map(({ rate }) => findDefinition(rate)?.indicator);
  const keys = [
    ...STAGES.map(({ rate }) => rate),
    ...parts.flatMap((one) => (one ? [one.numerator, one.denominator] : [])),
  ];
  const scopes = [{ org, own: false }];
  const values = await readRunning(manager, { registryId, range: parseMonthRange(month), scopes, keys });
  const known = new Map(values.map((value) => [value.key, value]));
  return STAGES.map(({ label, rate }, at): BulletinStage => {
    const value = known.get(rate);
    const printed = cellOf(value);
    const ratio = value?.denominator ? `（${value.numerator ?? '—'}/${value.denominator}）` : '';
    return {
      label,
      entered: cellOf(known.get(parts[at]?.denominator ?? '')),
      passed: cellOf(known.get(parts[at]?.numerator ?? '')),
      rate: printed.number === null ? printed.otherwise + ratio : `${printQuantity(printed.number, '%')}${ratio}`,
    };
  });
}

async function readCities(
  manager: EntityManager,
  { registryId, org, month }: BulletinQuestion,
  orgs: readonly OrgRow[],
): Promise<BulletinCity[]> {
  const below = orgs.filter(
    ({ parent, closedOn }) => parent === org && (closedOn === null || closedOn >= `${month}-01`),
  );
  const named = [
    ...below.map((one) => ({ org: one.org, own: false, name: one.nameZh })),
    { org, own: true, name: '本级' },
    { org, own: false, name: '合计' },
  ];
  const scopes = named.map((one) => ({ org: one.org, own: one.own }));
  const range = parseMonthRange(month);
  const values = await readRunning(manager, { registryId, range, scopes, keys: CITY_KEYS });
  return named.map(({ name }, at) => ({
    name,
    cells: values.slice(at * CITY_KEYS.length, (at + 1) * CITY_KEYS.length).map(cellOf),
  }));
}

function cellOf(value: RunningValue | undefined): BulletinCell {
  // What was reported of a year before the ledger is not mixed with what is counted, and may still be corrected (R6).
  if (value?.reported) return { number: null, otherwise: '—' };
  return { number: value?.value ?? null, otherwise: value?.state === 'not_applicable' ? '不适用' : '—' };
}

function adjustmentsOf({ adjustments, adjusted }: MonthOverview, names: ReadonlyMap<string, string>): string {
  if (adjusted === 0) return '本月没有调整。';
  const printed = adjustments
    .slice(0, ADJUSTMENTS_PRINTED)
    .map(({ org, kind, occurredOn, quantity, justification }) => {
      const what = findKind(kind)?.label.zh ?? kind;
      return `${names.get(org) ?? org} ${occurredOn} ${what} ${quantity}（${justification ?? '未写理由'}）`;
    });
  const rest = adjusted > printed.length ? `；另有 ${adjusted - printed.length} 条` : '';
  return `本月入账的调整共 ${adjusted} 条：${printed.join('；')}${rest}。`;
}

function missingOf({ orgs, seal }: MonthOverview): string {
  const late = orgs.filter(({ state }) => state !== 'submitted').map(({ name }) => name.zh);
  if (late.length === 0) return orgs.length > 1 ? '各市均已报送。' : '已报送。';
  return `${seal ? '结账时未报送' : '尚未报送'}：${late.join('、')}。`;
}
