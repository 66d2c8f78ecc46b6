import type { EntityManager } from 'typeorm';
import type { IndicatorDefinition } from '../catalogue/indicator-definition';
import { INDICATORS } from '../catalogue/indicators';
import type { MetricDefinition } from '../catalogue/metric-definition';
import { versionsOf } from '../catalogue/versions';
import { DomainError } from '../core/domain-error';
import { parsePeriod, periodsWithin, type Period, type PeriodGrain } from '../core/period';
import { ALL_METRICS, findMetric, runsOn } from '../metrics/feeds';
import { findOrgs, type OrgRow } from './orgs.queries';
import { findIndicatorsAsOf, findMetricsAsOf } from './values-as-of.queries';
import { findLastMonth, findValues, type Stored, type StoredValue, type ValueState } from './values.queries';

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
  /** Of a year before the ledger: what was reported of it, and not counted from entries (R6). */
  readonly reported: boolean;
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
  /** The position of the ledger at which the values are to stand; today's unless said. */
  readonly position?: string;
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

/** Where values are read: the pool, or one transaction. */
export interface ValueSource {
  readonly manager: EntityManager;
}

/**
 * The values of metrics, one row for each key, scope and period asked for, also where nothing was reported.
 *
 * @throws {DomainError} when the period, the org or a key cannot be read
 */
export async function readMetricValues({ manager }: ValueSource, question: ValueQuestion): Promise<Value[]> {
  const { scopes, periods } = await resolve(manager, question);
  const metrics = choose(ALL_METRICS, question.keys);
  if (question.position !== undefined) {
    const { registryId, position } = question;
    const stood =
      scopes.length > 0 ? await findMetricsAsOf(manager, { registryId, position, scopes, periods, metrics }) : [];
    return complete(metrics, scopes, periods, stood);
  }
  const asked = { registryId: question.registryId, scopes, periods: codes(periods), keys: keysOf(metrics) };
  const stored = await findValues(manager, 'metric_value', asked);
  const running = { ...asked, keys: keysOf(metrics.filter(runsOn)) };
  stored.push(...(await carriedOn(manager, 'metric_value', running, periodsWithout(stored, periods))));
  return complete(metrics, scopes, periods, stored);
}

/**
 * The values of indicators, as `readMetricValues`.
 *
 * @throws {DomainError} when the period, the org or a key cannot be read
 */
export async function readIndicatorValues({ manager }: ValueSource, question: ValueQuestion): Promise<Value[]> {
  const { scopes, periods } = await resolve(manager, question);
  const indicators = choose(INDICATOR_LIST, question.keys);
  if (question.position !== undefined) {
    const { registryId, position } = question;
    const versions = indicators.flatMap((indicator) => versionsOf<IndicatorDefinition>(indicator));
    const parts = new Set<string>(versions.flatMap(({ numerator, denominator }) => [numerator, denominator]));
    const metrics = ALL_METRICS.filter(({ key }) => parts.has(key));
    const asked = { registryId, position, scopes, periods, metrics };
    const stood = scopes.length > 0 ? await findIndicatorsAsOf(manager, asked, indicators) : [];
    return complete(indicators, scopes, periods, stood);
  }
  const asked = { registryId: question.registryId, scopes, periods: codes(periods), keys: keysOf(indicators) };
  const stored = await findValues(manager, 'indicator_value', asked);
  const running = { ...asked, keys: keysOf(indicators.filter(({ denominator }) => isRunning(denominator))) };
  const carried = await carriedOn(manager, 'indicator_value', running, periodsWithout(stored, periods));
  stored.push(...carried.flatMap(withoutFlow));
  return complete(indicators, scopes, periods, stored);
}

interface Scope {
  readonly org: string;
  readonly own: boolean;
}

async function resolve(
  manager: EntityManager,
  question: ValueQuestion,
): Promise<{ scopes: Scope[]; periods: Period[] }> {
  const period = parsePeriod(question.period);
  const orgs = await findOrgs(manager, question.registryId);
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
  manager: EntityManager,
  table: Parameters<typeof findValues>[1],
  asked: Stored,
  periods: readonly Period[],
): Promise<StoredValue[]> {
  const carried: StoredValue[] = [];
  for (const { code, lastMonth } of asked.keys.length > 0 ? periods : []) {
    const month = await findLastMonth(manager, asked.registryId, lastMonth);
    if (month === null) continue;
    const last = await findValues(manager, table, { ...asked, periods: [month] });
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
          reported: one?.reported ?? false,
          position: one?.position ?? null,
          computedAt: one?.computedAt.toISOString() ?? null,
        };
      }),
    ),
  );
}
