import type { EntityManager } from 'typeorm';
import type { FilledValue, LineForecast } from '../assessment/filled-form';
import type { Meanings } from '../assessment/figure';
import type { FormDefinition } from '../assessment/forms';
import type { MetricDefinition } from '../catalogue/metric-definition';
import { lastDayOf } from '../core/month-range';
import { parseTarget } from '../core/target-text';
import type { FilledForm } from '../assessment/filled-form';
import { readIndicatorValues, readMetricValues, type Value } from '../indicators/values';
import { findStandingSeal } from '../ledger/seals';
import { computedDefinitions } from '../metrics/definitions';
import { forecastFigures, type AskedForecasts } from '../targets/forecast-figures';
import { findTargets, type TargetRow } from '../targets/targets.queries';
import type { FoundPlace } from './address';
import { findReportedDocuments, type ReportedDocument } from './reported-documents.queries';

/** What the ledger gives to a form. */
export interface FormFigures {
  readonly values: ReadonlyMap<string, FilledValue>;
  readonly before: ReadonlyMap<string, FilledValue>;
  readonly meanings: Meanings;
  readonly targets: ReadonlyMap<string, TargetRow>;
  readonly halfTargets: ReadonlyMap<string, TargetRow>;
}

/** The values of a form's figures, with the registry's own targets, as they stand now. */
export async function readFormFigures(
  manager: EntityManager,
  { place, form, period }: FoundPlace,
): Promise<FormFigures> {
  const { registryId, org } = place;
  const definitions = await computedDefinitions(manager, registryId);
  const keys = keysOf(form);
  const [year] = [period.code.slice(0, 4)];
  const read = async (code: string): Promise<Value[]> => {
    const question = { registryId, org, period: code, keys };
    const metrics = await readMetricValues({ manager }, question);
    return [...metrics, ...(await readIndicatorValues({ manager }, question))];
  };
  const values = await read(period.code);
  const before = grows(form) ? await read(String(Number(year) - 1)) : [];
  const seal = (await findStandingSeal(manager, registryId, period.code))?.hash ?? null;
  const documents = await readDocuments(manager, { place, form, period }, definitions.metrics);
  const standing = await findTargets(manager, registryId, { periods: [year, `${year}-H1`], orgs: [org] });
  const targetsOf = (code: string) =>
    new Map(standing.flatMap((one) => (one.period === code ? [[one.key, one] as const] : [])));
  return {
    values: new Map(values.map((value) => [value.key, { ...valueOf(value), seal, ...documents.get(value.key) }])),
    before: new Map(before.map((value) => [value.key, valueOf(value)])),
    meanings: { definitions, month: period.lastMonth },
    targets: targetsOf(year),
    halfTargets: targetsOf(`${year}-H1`),
  };
}

function valueOf({
  key,
  state,
  value,
  numerator,
  denominator,
  unit,
  version,
  position,
  computedAt,
}: Value): FilledValue {
  return { key, state, value, numerator, denominator, unit, version, position, computedAt };
}

function keysOf(form: FormDefinition): string[] {
  const keys = form.lines.flatMap(({ source }) =>
    source.kind === 'metric' || source.kind === 'indicator' ? [source.key as string] : [],
  );
  const told = form.keyTasks.flatMap(({ completion }) =>
    [...(completion ?? '').matchAll(/\{(\w+\.\w+)\}/g)].map(([, key]) => key ?? ''),
  );
  return [...new Set([...keys, ...told])];
}

function grows({ lines }: FormDefinition): boolean {
  return lines.some(({ source }) => source.kind === 'metric' && source.grows !== undefined);
}

type Documents = Pick<FilledValue, 'conclusion' | 'documents'>;

/** Of the figures that somebody reported: their word, where they are from and the evidence. */
async function readDocuments(
  manager: EntityManager,
  { place, form, period }: FoundPlace,
  metrics: readonly MetricDefinition[],
): Promise<Map<string, Documents>> {
  const keys = new Set(keysOf(form));
  const reported = metrics.filter(({ key, addsUp }) => addsUp === 'reported' && keys.has(key));
  const kinds = [...new Set(reported.flatMap(({ counts }) => counts.map(({ kind }) => kind)))];
  const found = await findReportedDocuments(manager, place.registryId, { org: place.org, kinds, months: period });
  return new Map(
    reported.flatMap(({ key, counts, overOrgs }) => {
      const of = found.filter(
        ({ kind, org }) => counts.some((one) => one.kind === kind) && (overOrgs === true || org === place.org),
      );
      return of.length > 0 ? [[key, documentsOf(of)] as const] : [];
    }),
  );
}

function documentsOf(found: readonly ReportedDocument[]): Documents {
  const each = (field: 'conclusion' | 'source' | 'evidence'): string[] => [
    ...new Set(found.flatMap((one) => one[field] ?? [])),
  ];
  return {
    conclusion: each('conclusion').join('；') || null,
    documents: { source: each('source').join('；') || null, evidence: each('evidence') },
  };
}

/**
 * What will have come of each line by the year's end, held against its full-year target: for the monitoring of a half,
 * counted to the half's end.
 */
export async function readForecasts(
  manager: EntityManager,
  { place, form, period }: FoundPlace,
  filled: FilledForm,
): Promise<Map<string, LineForecast>> {
  const { registryId, org } = place;
  const asked: Map<string, AskedForecasts extends ReadonlyMap<string, infer Target> ? Target : never> = new Map();
  const keyOf = new Map<string, string>();
  for (const { code, source } of form.lines) {
    const line = filled.lines.find((one) => one.code === code);
    if (!line || line.operator === 'label' || (source.kind !== 'metric' && source.kind !== 'indicator')) continue;
    const target = parseTarget(line.fullTarget);
    if (target.kind === 'label') continue;
    keyOf.set(code, source.key);
    asked.set(source.key, { operator: target.operator, value: target.value });
  }
  const question = { registryId, org, period: period.code.slice(0, 4), on: lastDayOf(period.lastMonth) };
  const forecasts = await forecastFigures(manager, question, asked);
  return new Map(
    [...keyOf].flatMap(([code, key]) => {
      const forecast = forecasts.get(key);
      if (!forecast || 'because' in forecast) return [];
      const { mean, low80, high80, method, likelihood } = forecast;
      return [[code, { value: mean, low: low80, high: high80, method, likelihood }] as const];
    }),
  );
}
