import type { EntityManager } from 'typeorm';
import type { IndicatorDefinition } from '../catalogue/indicator-definition';
import { INDICATORS } from '../catalogue/indicators';
import type { MetricDefinition } from '../catalogue/metric-definition';
import { versionAt, versionsOf, type Change } from '../catalogue/versions';
import { DomainError } from '../core/domain-error';
import { parsePeriod, periodsWithin, type Period, type PeriodGrain } from '../core/period';
import { findMetric, runsOn } from '../metrics/feeds';
import { findPlaces } from './as-of.queries';
import { findOrgs, type OrgRow } from './orgs.queries';
import { changesOf, definitionsFor, partsOf } from './value-meaning';
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
  /** The definition's version that the value stands by: the one in force on the period's last day (R15). */
  readonly version: number;
  /** Where the meaning changes within the period, of the figure or of a part of it. */
  readonly changes: readonly Change[];
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
  /** Some scopes at once, that there are, instead of `org`, `own` and `by`. */
  readonly scopes?: readonly Scope[];
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
  const metrics = choose((await definitionsFor(manager, question)).metrics, question.keys);
  if (question.position !== undefined) {
    const { registryId, position } = question;
    const stood =
      scopes.length > 0 ? await findMetricsAsOf(manager, { registryId, position, scopes, periods, metrics }) : [];
    return complete(metrics, scopes, periods, stood);
  }
  const asked = { registryId: question.registryId, scopes, periods: codes(periods), keys: keysOf(metrics) };
  const stored = await findValues(manager, 'metric_value', asked);
  const running = metrics.filter(runsOn);
  const { carried, changed } = await carriedOn(
    manager,
    'metric_value',
    asked,
    running,
    periodsWithout(stored, periods),
  );
  stored.push(...carried);
  if (changed.length > 0) {
    const { registryId } = question;
    const { computed: position } = await findPlaces(manager, registryId);
    stored.push(
      ...(await findMetricsAsOf(manager, { registryId, position, scopes, periods: changed, metrics: running })),
    );
  }
  return complete(metrics, scopes, periods, stored);
}

/**
 * The values of indicators, as `readMetricValues`.
 *
 * @throws {DomainError} when the period, the org or a key cannot be read
 */
export async function readIndicatorValues({ manager }: ValueSource, question: ValueQuestion): Promise<Value[]> {
  const { scopes, periods } = await resolve(manager, question);
  const definitions = await definitionsFor(manager, question);
  const indicators = choose(definitions.indicators, question.keys);
  const parts = partsOf(indicators, definitions.metrics);
  if (question.position !== undefined) {
    const { registryId, position } = question;
    const asked = { registryId, position, scopes, periods, metrics: parts };
    const stood = scopes.length > 0 ? await findIndicatorsAsOf(manager, asked, indicators) : [];
    return complete(indicators, scopes, periods, stood, parts);
  }
  const asked = { registryId: question.registryId, scopes, periods: codes(periods), keys: keysOf(indicators) };
  const stored = await findValues(manager, 'indicator_value', asked);
  const running = indicators.filter((indicator) =>
    versionsOf(indicator).some(({ denominator }) => isRunning(denominator)),
  );
  const without = periodsWithout(stored, periods);
  const { carried, changed } = await carriedOn(manager, 'indicator_value', asked, running, without, parts);
  stored.push(...carried.flatMap((rate) => withoutFlow(rate, indicators)));
  if (changed.length > 0) {
    const { registryId } = question;
    const { computed: position } = await findPlaces(manager, registryId);
    const anew = { registryId, position, scopes, periods: changed, metrics: parts };
    stored.push(...(await findIndicatorsAsOf(manager, anew, running)));
  }
  return complete(indicators, scopes, periods, stored, parts);
}

interface Scope {
  readonly org: string;
  readonly own: boolean;
}

async function resolve(
  manager: EntityManager,
  question: ValueQuestion,
): Promise<{ scopes: readonly Scope[]; periods: Period[] }> {
  const period = parsePeriod(question.period);
  if (question.scopes) return { scopes: question.scopes, periods: [period] };
  const orgs = await findOrgs(manager, question.registryId);
  const org = question.org === undefined ? orgs.find((one) => one.parent === null) : find(orgs, question.org);
  if (!org) return { scopes: [], periods: [] };
  const { by, position } = question;
  const stood = by === 'org' && position !== undefined ? await findOrgs(manager, question.registryId, position) : orgs;
  const scopes =
    by === 'org'
      ? [{ org: org.org, own: true }, ...stood.filter((one) => one.parent === org.org).map(whole)]
      : [{ org: org.org, own: question.own ?? false }];
  const grain: PeriodGrain = by === undefined || by === 'org' ? period.grain : by;
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
  running: readonly (MetricDefinition | IndicatorDefinition)[],
  periods: readonly Period[],
  parts: readonly MetricDefinition[] = [],
): Promise<Carried> {
  const carried: StoredValue[] = [];
  const changed: Period[] = [];
  for (const period of running.length > 0 ? periods : []) {
    const { code, lastMonth } = period;
    const month = await findLastMonth(manager, asked.registryId, lastMonth);
    if (month === null) continue;
    if (running.some((one) => changesOf(one, parts, month, lastMonth).length > 0)) changed.push(period);
    else {
      const last = await findValues(manager, table, { ...asked, keys: keysOf(running), periods: [month] });
      carried.push(...last.map((one) => ({ ...one, period: code })));
    }
  }
  return { carried, changed };
}

/** Running totals of periods without rows, and the periods before which a meaning changed since there were rows. */
interface Carried {
  readonly carried: readonly StoredValue[];
  readonly changed: readonly Period[];
}

function isRunning(key: string): boolean {
  const metric = findMetric(key);
  return metric !== undefined && runsOn(metric);
}

/** A flow is missing where nothing was logged: of its rate to a running total no more is left than a zero below. */
function withoutFlow(rate: StoredValue, indicators: readonly IndicatorDefinition[]): StoredValue[] {
  const indicator = indicators.find(({ key }) => key === rate.key)!;
  if (isRunning(versionAt(indicator, parsePeriod(rate.period).lastMonth).numerator)) return [rate];
  return rate.state === 'not_applicable' ? [{ ...rate, numerator: null }] : [];
}

function complete(
  definitions: readonly (MetricDefinition | IndicatorDefinition)[],
  scopes: readonly Scope[],
  periods: readonly Period[],
  stored: readonly StoredValue[],
  parts: readonly MetricDefinition[] = [],
): Value[] {
  const place = (key: string, org: string, own: boolean, period: string) => `${key} ${org} ${own} ${period}`;
  const known = new Map(stored.map((one) => [place(one.key, one.org, one.own, one.period), one]));
  return periods.flatMap((period) => {
    const { firstMonth, lastMonth } = period;
    const told = definitions.map((definition) => ({
      key: definition.key,
      unit: definition.unit,
      version: versionAt(definition, lastMonth).version,
      changes: changesOf(definition, parts, firstMonth, lastMonth),
    }));
    return scopes.flatMap(({ org, own }) =>
      told.map(({ key, unit, version, changes }): Value => {
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
          version: one?.version ?? version,
          changes,
          reported: one?.reported ?? false,
          position: one?.position ?? null,
          computedAt: one?.computedAt.toISOString() ?? null,
        };
      }),
    );
  });
}
