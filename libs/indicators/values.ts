import type { DataSource } from 'typeorm';
import { INDICATORS, type IndicatorDefinition } from '../catalogue/indicators';
import type { MetricDefinition } from '../catalogue/metrics';
import { DomainError } from '../core/domain-error';
import { parsePeriod, periodsWithin, type Period, type PeriodGrain } from '../core/period';
import { ALL_METRICS, findMetric, runsOn } from '../metrics/feeds';
import { findOrgs, type OrgRow } from './orgs.queries';
import {
  findIndicatorValues,
  findLastMonthIndicatorValues,
  findLastMonthValues,
  findMetricValues,
  type StoredValue,
  type ValueState,
} from './values.queries';

/** A metric or an indicator of an org in a period, as pages, exports and reports show it. */
export interface Value {
  readonly key: string;
  readonly org: string;
  /** The org's own entries alone (本级), without those below it. */
  readonly own: boolean;
  readonly period: string;
  readonly state: ValueState;
  /** A decimal string, rounded to the definition's decimals; null unless the state is `value` or `zero`. */
  readonly value: string | null;
  readonly numerator: string | null;
  readonly denominator: string | null;
  readonly unit: string;
  readonly version: number;
  /** The position of the ledger that the value was computed at. */
  readonly position: string | null;
  readonly computedAt: string | null;
}

export interface ValueQuestion {
  readonly registryId: number;
  readonly period: string;
  /** The registry's root unless said. */
  readonly org?: string;
  readonly own?: boolean;
  readonly by?: 'month' | 'quarter' | 'half' | 'org';
  readonly keys?: readonly string[];
}

export class OrgUnknown extends DomainError {
  constructor(org: string) {
    super('org_unknown', { zh: `没有机构“${org}”。`, en: `There is no org "${org}".` }, { field: 'org' });
  }
}

export class KeyUnknown extends DomainError {
  constructor(key: string) {
    super('key_unknown', { zh: `没有指标“${key}”。`, en: `There is no metric "${key}".` }, { field: 'keys' });
  }
}

const INDICATOR_LIST: readonly IndicatorDefinition[] = INDICATORS;

export function findIndicator(key: string): IndicatorDefinition | undefined {
  return INDICATOR_LIST.find((indicator) => indicator.key === key);
}

/**
 * The values of metrics, one row for each key, scope and period asked for, also where nothing was reported.
 *
 * @throws {DomainError} when the period, the org or a key cannot be read
 */
export async function readMetricValues(source: DataSource, question: ValueQuestion): Promise<Value[]> {
  const { scopes, periods } = await resolve(source, question);
  const metrics = choose(ALL_METRICS, question.keys);
  const stored = await findMetricValues(source.manager, question.registryId, scopes, codes(periods), keysOf(metrics));
  const after = periodsWithout(stored, periods);
  const running = keysOf(metrics.filter(runsOn));
  stored.push(...(await carriedOn(findLastMonthValues, source, question, scopes, after, running)));
  return complete(metrics, scopes, periods, stored);
}

/**
 * The values of indicators, as `readMetricValues`.
 *
 * @throws {DomainError} when the period, the org or a key cannot be read
 */
export async function readIndicatorValues(source: DataSource, question: ValueQuestion): Promise<Value[]> {
  const { scopes, periods } = await resolve(source, question);
  const indicators = choose(INDICATOR_LIST, question.keys);
  const keys = keysOf(indicators);
  const stored = await findIndicatorValues(source.manager, question.registryId, scopes, codes(periods), keys);
  const after = periodsWithout(stored, periods);
  const running = keysOf(indicators.filter(({ denominator }) => isRunning(denominator)));
  const carried = await carriedOn(findLastMonthIndicatorValues, source, question, scopes, after, running);
  stored.push(...carried.flatMap(withoutFlow));
  return complete(indicators, scopes, periods, stored);
}

interface Scope {
  readonly org: string;
  readonly own: boolean;
}

async function resolve(source: DataSource, question: ValueQuestion): Promise<{ scopes: Scope[]; periods: Period[] }> {
  const period = parsePeriod(question.period);
  const orgs = await findOrgs(source.manager, question.registryId);
  const org = question.org === undefined ? orgs.find((one) => one.parent === null) : find(orgs, question.org);
  if (!org) return { scopes: [], periods: [] };
  const scopes =
    question.by === 'org'
      ? [{ org: org.org, own: true }, ...orgs.filter((one) => one.parent === org.org).map(whole)]
      : [{ org: org.org, own: question.own ?? false }];
  const grain: PeriodGrain = question.by === undefined || question.by === 'org' ? period.grain : question.by;
  return { scopes, periods: periodsWithin(period, grain) };
}

function find(orgs: readonly OrgRow[], code: string): OrgRow {
  const org = orgs.find((one) => one.org === code);
  if (!org) throw new OrgUnknown(code);
  return org;
}

function whole(org: OrgRow): Scope {
  return { org: org.org, own: false };
}

function choose<Definition extends { readonly key: string }>(
  all: readonly Definition[],
  keys: readonly string[] | undefined,
): readonly Definition[] {
  if (keys === undefined) return all;
  for (const key of keys) if (!findMetric(key) && !findIndicator(key)) throw new KeyUnknown(key);
  return all.filter((one) => keys.includes(one.key));
}

function codes(periods: readonly Period[]): string[] {
  return periods.map((period) => period.code);
}

function keysOf(definitions: readonly { readonly key: string }[]): string[] {
  return definitions.map((one) => one.key);
}

/** After the last month with entries no period has a row, and running totals are what they were (R11). */
function periodsWithout(stored: readonly StoredValue[], periods: readonly Period[]): Period[] {
  const known = new Set(stored.map((one) => one.period));
  return periods.filter((period) => !known.has(period.code));
}

async function carriedOn(
  find: typeof findLastMonthValues,
  source: DataSource,
  question: ValueQuestion,
  scopes: readonly Scope[],
  periods: readonly Period[],
  keys: readonly string[],
): Promise<StoredValue[]> {
  const carried: StoredValue[] = [];
  for (const { code, lastMonth } of keys.length > 0 ? periods : []) {
    const last = await find(source.manager, question.registryId, scopes, lastMonth, keys);
    carried.push(...last.map((one) => ({ ...one, period: code })));
  }
  return carried;
}

function isRunning(key: string): boolean {
  const metric = findMetric(key);
  return metric !== undefined && runsOn(metric);
}

/** A flow is missing where nothing was logged: of its rate to a running total no more is left than a zero below. */
function withoutFlow(rate: StoredValue): StoredValue[] {
  if (isRunning(findIndicator(rate.key)?.numerator ?? '')) return [rate];
  return rate.state === 'not_applicable' ? [{ ...rate, numerator: null }] : [];
}

function complete(
  definitions: readonly (MetricDefinition | IndicatorDefinition)[],
  scopes: readonly Scope[],
  periods: readonly Period[],
  stored: readonly StoredValue[],
): Value[] {
  const place = (key: string, org: string, own: boolean, period: string) => `${key} ${org} ${own} ${period}`;
  const known = new Map(stored.map((one) => [place(one.key, one.org, one.own, one.period), one]));
  return periods.flatMap((period) =>
    scopes.flatMap(({ org, own }) =>
      definitions.map((definition): Value => {
        const { key, unit } = definition;
        const one = known.get(place(key, org, own, period.code));
        return {
          key,
          org,
          own,
          period: period.code,
          state: one?.state ?? 'missing',
          value: one?.value ?? null,
          numerator: one?.numerator ?? null,
          denominator: one?.denominator ?? null,
          unit,
          version: one?.version ?? definition.version,
          position: one?.position ?? null,
          computedAt: one?.computedAt.toISOString() ?? null,
        };
      }),
    ),
  );
}
