import type { DataSource } from 'typeorm';
import { INDICATORS } from '../../libs/catalogue/indicators';
import { METRICS } from '../../libs/catalogue/metrics';
import { DomainError } from '../../libs/core/domain-error';
import { requireDivisible } from '../../libs/core/period';
import { resolveAsOf } from '../../libs/indicators/as-of';
import { findOrgs } from '../../libs/indicators/orgs.queries';
import { readIndicatorValues, readMetricValues, type Value, type ValueQuestion } from '../../libs/indicators/values';
import { STATE_WORDS } from '../../libs/indicators/value-states';
import { findSealAt, findStandingSeal } from '../../libs/ledger/seals';
import { requireFormat } from './format';
import { theRegistry } from './office';
import { asCsv, asTable } from './table';

export interface ReportOptions {
  readonly period: string;
  readonly org?: string;
  readonly by?: string;
  readonly asOf?: string;
  readonly format: string;
  readonly language: string;
}

const GRAINS = ['month', 'quarter', 'half', 'org'] as const;
const LABELS = new Map<string, { zh: string; en: string }>(
  [...METRICS, ...INDICATORS].map((one) => [one.key, one.label]),
);
const HEAD = {
  zh: ['指标', '机构', '期间', '数值', '单位', '分子/分母'],
  en: ['Figure', 'Org', 'Period', 'Value', 'Unit', 'n/d'],
} as const;
const MARK = { zh: '演示数据', en: 'Demonstration data' } as const;
const SEALED = { zh: '封存', en: 'sealed' } as const;
const REPORTED = { zh: '（报送数）', en: ' (reported)' } as const;

/** One row per key, or per key and finer row: every metric, then every indicator. */
export async function report(source: DataSource, options: ReportOptions): Promise<string> {
  const language = readLanguage(options.language);
  requireFormat(options.format, ['table', 'json', 'csv']);
  const by = readGrain(options.by);
  requireDivisible(options.period, by);
  const { registryId, demonstration } = await theRegistry(source);
  const { manager } = source;
  const position =
    options.asOf === undefined ? undefined : (await resolveAsOf(manager, registryId, options.asOf)).position;
  const question: ValueQuestion = { registryId, period: options.period, org: options.org, by, position };
  const values = await source.transaction('REPEATABLE READ', async (manager) => {
    return [...(await readMetricValues({ manager }, question)), ...(await readIndicatorValues({ manager }, question))];
  });
  if (options.format === 'json') return `${JSON.stringify(values.map(jsonRow), null, 2)}\n`;
  if (options.format === 'csv') return asCsv(values.map(jsonRow));
  const seal = position
    ? await findSealAt(manager, registryId, options.period, position)
    : await findStandingSeal(manager, registryId, options.period);
  const known = await findOrgs(manager, registryId, position ?? seal?.position);
  const orgs = new Map(known.map(({ org, nameZh, nameEn }) => [org, language === 'en' ? nameEn : nameZh]));
  const title = [
    demonstration ? MARK[language] : '',
    nameOf(values[0], orgs, language),
    options.period,
    options.asOf === undefined ? '' : `${language === 'zh' ? '截至' : 'as of '}${options.asOf}`,
    seal ? `${SEALED[language]} ${seal.period}#${seal.number} SHA-256 ${seal.hash}` : '',
  ];
  // Without finer rows the org and the period stand in the title alone.
  const columns = options.by === undefined ? [0, 3, 4, 5] : [0, 1, 2, 3, 4, 5];
  const rows = [HEAD[language], ...values.map((value) => tableRow(value, orgs, language))];
  const [head = [], ...body] = rows.map((row) => columns.map((column) => row[column] ?? ''));
  return `${title.filter((part) => part !== '').join('　')}\n${asTable(head, body)}`;
}

function readGrain(by: string | undefined): ValueQuestion['by'] {
  const grain = GRAINS.find((one) => one === by);
  if (by !== undefined && grain === undefined) {
    throw new DomainError('grain_unknown', {
      zh: `--by 可用 month、quarter、half、org，不认识“${by}”。`,
      en: `--by takes month, quarter, half or org, not "${by}".`,
    });
  }
  return grain;
}

function readLanguage(language: string): 'zh' | 'en' {
  if (language === 'zh' || language === 'en') return language;
  throw new DomainError('language_unknown', {
    zh: `--language 可用 zh、en，不认识“${language}”。`,
    en: `--language takes zh or en, not "${language}".`,
  });
}

function jsonRow({ key, org, own, period, value, numerator, denominator, unit, state, reported }: Value) {
  return {
    key,
    org,
    ...(own && { own }),
    period,
    value,
    numerator,
    denominator,
    unit,
    state,
    ...(reported && { reported }),
  };
}

function tableRow(value: Value, orgs: ReadonlyMap<string, string>, language: 'zh' | 'en'): string[] {
  return [
    LABELS.get(value.key)?.[language] ?? value.key,
    nameOf(value, orgs, language),
    value.period,
    value.value === null ? STATE_WORDS[value.state][language] : grouped(value.value),
    (value.value === null ? '' : value.unit) + (value.reported ? REPORTED[language] : ''),
    value.denominator === null ? '' : `${grouped(value.numerator ?? '')}/${grouped(value.denominator)}`,
  ];
}

function nameOf(value: Value | undefined, orgs: ReadonlyMap<string, string>, language: 'zh' | 'en'): string {
  if (!value) return '';
  const own = language === 'en' ? ' (own)' : '（本级）';
  return `${orgs.get(value.org) ?? value.org}${value.own ? own : ''}`;
}

function grouped(decimal: string): string {
  const [whole = '', part] = decimal.split('.');
  return whole.replace(/\B(?=(\d{3})+$)/g, ',') + (part === undefined ? '' : `.${part}`);
}
