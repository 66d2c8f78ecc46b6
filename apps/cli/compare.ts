import type { DataSource } from 'typeorm';
import type { Principal } from '../../libs/accounts/principal';
import { REASONS } from '../../libs/catalogue/reasons';
import { readCities } from '../../libs/funnel/cities';
import { readTimes } from '../../libs/funnel/times';
import { resolveAsOf } from '../../libs/indicators/as-of';
import { findOrgs } from '../../libs/indicators/orgs.queries';
import { OrgUnknown } from '../../libs/indicators/values';
import { requireFormat } from './format';
import { asCsv, asTable } from './table';

export interface PairOptions {
  readonly period: string;
  readonly from: string;
  readonly to: string;
  readonly org?: string;
  readonly asOf?: string;
  readonly format: string;
}

export interface TimesOptions extends PairOptions {
  readonly by?: 'month' | 'org';
}

export interface CitiesOptions extends PairOptions {
  readonly window?: string;
  /** Instead of the rates: why cases came to nothing. */
  readonly losses?: boolean;
}

type Row = Readonly<Record<string, string | number | null>>;

/** Median and 90th percentile of the days between two milestones. */
export async function printTimes(source: DataSource, owner: Principal, options: TimesOptions): Promise<string> {
  const { org, nameOf } = await place(source, owner, options);
  const { times } = await readTimes(source, { ...options, registryId: owner.registryId, org });
  const rows = times.map(({ own, month, ...row }) => ({
    org: row.org,
    name: nameOf(row.org, own),
    ...(options.by === 'month' && { month }),
    pairs: row.pairs,
    median: row.median,
    p90: row.p90,
    medianWithoutPauses: row.medianWithoutPauses,
    p90WithoutPauses: row.p90WithoutPauses,
    paused: row.paused,
    open: row.open,
  }));
  return printed(rows, options.format);
}

/** Cohort rates of the orgs below, the whole first; or why their cases came to nothing. */
export async function printCities(source: DataSource, owner: Principal, options: CitiesOptions): Promise<string> {
  const { org, nameOf } = await place(source, owner, options);
  const { window, losses: onlyLosses, ...asked } = options;
  const days = window === undefined ? undefined : Number(window);
  const question = { ...asked, registryId: owner.registryId, org, ...(days !== undefined && { window: days }) };
  const { whole, cities, losses } = await readCities(source, question);
  if (onlyLosses) {
    const labels = new Map<string, string>(REASONS.map(({ code, label }) => [code, label.zh]));
    const rows = losses.map(({ own, side, reason, cases, ...row }) => ({
      org: row.org,
      name: nameOf(row.org, own),
      side,
      reason,
      label: labels.get(reason ?? '') ?? '',
      cases,
    }));
    return printed(rows, options.format);
  }
  const rows = [{ ...whole, funnel: null }, ...cities].map(({ own, interval, funnel, ...row }) => ({
    org: row.org ?? '',
    name: row.org === null ? '合计' : nameOf(row.org, own),
    hits: row.hits,
    total: row.total,
    rate: row.rate,
    lower: interval?.lower ?? null,
    upper: interval?.upper ?? null,
    limitLow: funnel?.limits95.lower ?? null,
    limitHigh: funnel?.limits95.upper ?? null,
    outside: funnel?.outside ?? null,
    cases: row.cases,
    censored: row.censored,
  }));
  return printed(rows, options.format);
}

async function place(source: DataSource, { registryId }: Principal, options: PairOptions) {
  requireFormat(options.format, ['table', 'json', 'csv']);
  const orgs = await findOrgs(source.manager, registryId);
  const org = options.org ?? orgs.find(({ parent }) => parent === null)?.org ?? '';
  if (!orgs.some((one) => one.org === org)) throw new OrgUnknown(org);
  const past = options.asOf === undefined ? null : await resolveAsOf(source.manager, registryId, options.asOf);
  const stood = past ? await findOrgs(source.manager, registryId, past.position) : orgs;
  const names = new Map(stood.map((one) => [one.org, one.nameZh]));
  return { org, nameOf: (code: string, own: boolean) => `${names.get(code) ?? code}${own ? '（本级）' : ''}` };
}

const HEAD: Readonly<Record<string, string>> = {
  org: '机构 org',
  name: '机构名称',
  month: '月份',
  pairs: '例数',
  median: '中位数（天）',
  p90: '90 分位（天）',
  medianWithoutPauses: '中位数（除暂缓）',
  p90WithoutPauses: '90 分位（除暂缓）',
  paused: '有暂缓',
  open: '未到',
  hits: '达到',
  total: '基数',
  rate: '率（%）',
  lower: '95% 区间下限',
  upper: '上限',
  limitLow: '漏斗下界',
  limitHigh: '上界',
  outside: '判断',
  cases: '请求',
  censored: '未满观察期',
  side: '哪一方',
  reason: '原因',
  label: '原因名称',
};

const WORDS: Readonly<Record<string, string>> = {
  within: '在范围内',
  above_95: '高于 95% 界',
  above_998: '高于 99.8% 界',
  below_95: '低于 95% 界',
  below_998: '低于 99.8% 界',
  donor: '捐献者',
  patient: '患者',
};

function printed(rows: readonly Row[], format: string): string {
  if (format === 'json') return `${JSON.stringify(rows, null, 2)}\n`;
  if (format === 'csv') return asCsv(rows);
  const [first] = rows;
  if (!first) return '没有可列的内容。 There is nothing to list.\n';
  return asTable(
    Object.keys(first).map((column) => HEAD[column] ?? column),
    rows.map((row) => Object.values(row).map((value) => WORDS[String(value)] ?? String(value ?? ''))),
  );
}
