import type { DataSource } from 'typeorm';
import { DomainError } from '../core/domain-error';
import { parsePeriod } from '../core/period';
import { feedsOf, findMetric, runsOn } from '../metrics/feeds';
import {
  findEntriesBehind,
  findFirstMonth,
  totalOfEntriesBehind,
  type BehindEntry,
  type ListScope,
} from './entries-behind.queries';
import { findIndicator, KeyUnknown, readIndicatorValues, readMetricValues, type Value } from './values';

export interface ListQuestion {
  readonly registryId: number;
  readonly key: string;
  readonly period: string;
  readonly org?: string;
  readonly own?: boolean;
  /** Which part of a rate; compulsory for one. */
  readonly part?: 'numerator' | 'denominator';
  readonly after?: string;
  readonly limit?: number;
}

/** The list behind a figure: its entries add up to it, or hold as many subjects as it says. */
export interface EntriesBehind {
  readonly figure: Value;
  readonly countsSubjects: 'donor' | 'case' | null;
  readonly total: { readonly entries: number; readonly sum: string };
  readonly entries: readonly BehindEntry[];
  readonly next: string | null;
}

/**
 * The entries that a figure was made of, one page at a time.
 *
 * @throws {DomainError} when the key, the period, the org or the cursor cannot be read, or a rate's part is not said
 */
export async function readEntriesBehind(source: DataSource, question: ListQuestion): Promise<EntriesBehind> {
  const metric = findMetric(metricKeyOf(question));
  if (!metric) throw new KeyUnknown(question.key);
  const { registryId, org, own, period: code } = question;
  const asked = { registryId, period: code, org, own, keys: [question.key] };
  const isRate = findIndicator(question.key) !== undefined;
  const [figure] = await (isRate ? readIndicatorValues(source, asked) : readMetricValues(source, asked));
  if (!figure) throw new KeyUnknown(question.key);
  const period = parsePeriod(code);
  const firstMonth = `${period.firstMonth}-01`;
  const first = runsOn(metric) ? ((await findFirstMonth(source.manager, registryId)) ?? firstMonth) : firstMonth;
  const scope: ListScope = {
    registryId,
    org: figure.org,
    own: figure.own,
    first,
    last: `${period.lastMonth}-01`,
    feeds: feedsOf([metric]),
    subject: metric.subject ?? null,
  };
  const limit = question.limit ?? 50;
  const found = await findEntriesBehind(source.manager, scope, readCursor(question.after), limit + 1);
  const entries = found.slice(0, limit);
  const last = entries.at(-1);
  return {
    figure,
    countsSubjects: scope.subject,
    total: await totalOfEntriesBehind(source.manager, scope),
    entries,
    next: found.length > limit && last ? `${last.occurredOn}_${last.id}` : null,
  };
}

function metricKeyOf({ key, part }: ListQuestion): string {
  const indicator = findIndicator(key);
  if (!indicator) return key;
  if (part === undefined) {
    throw new DomainError(
      'part_missing',
      { zh: '比率请说明要看分子还是分母。', en: 'Say which part of the rate: numerator or denominator.' },
      { field: 'part' },
    );
  }
  return indicator[part];
}

function readCursor(cursor: string | undefined): { occurredOn: string; id: string } | null {
  if (cursor === undefined) return null;
  const match = /^(\d{4}-\d{2}-\d{2})_([0-9a-f-]{36})$/.exec(cursor);
  if (!match?.[1] || !match[2]) {
    throw new DomainError(
      'cursor_not_readable',
      { zh: '翻页标记无法识别，请从第一页重新打开。', en: 'The page mark cannot be read; start from the first page.' },
      { field: 'after' },
    );
  }
  return { occurredOn: match[1], id: match[2] };
}
