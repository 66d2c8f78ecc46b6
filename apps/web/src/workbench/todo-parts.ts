import type { UseQueryOptions } from '@tanstack/react-query';
import { dateInShanghai } from '../../../../libs/core/period';
import type { Address } from '../address';
import { waitingImportsQuery, type Import } from '../api/imports';
import { monthsQuery, type MonthLine } from '../api/months';
import { qualitySummaryQuery, type FindingSummary } from '../api/quality';
import type { Session } from '../api/session';
import {
  linesDueQuery,
  reviewsQuery,
  worklistsQuery,
  type LinesDue,
  type Reviews,
  type Worklists,
} from '../api/workbench';
import { group, sayInstant } from '../figures/format';
import { sayPeriod } from '../figures/period-names';
import type { Words } from '../language';
import type { View } from '../view';
import { daysSince } from './days-since';
import { WAITING_UNIT } from './waiting-unit';

export interface Task {
  readonly key: string;
  readonly title: string;
  readonly count: number;
  readonly unit: string;
  /** How old it is, or what it is of. */
  readonly told: readonly string[];
  readonly urgent?: boolean;
  readonly to: Address;
}

interface Asking {
  readonly view: View;
  readonly words: Words;
  readonly session: Session;
}

interface TodoPart {
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- each part reads the answer to its own query
  readonly query: UseQueryOptions<any, Error, any, any>;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly tasks: (answer: any) => Task[];
}

/** What is asked for whoever is signed in: nothing that they may not do. */
export function todoParts(asking: Asking): TodoPart[] {
  const { view, session } = asking;
  const may = (permission: string) => session.permissions.includes(permission);
  const years = [...new Set([view.status.latestYear ?? '', dateInShanghai(new Date()).slice(0, 4)])].filter(Boolean);
  const parts: (TodoPart | false)[] = [
    may('months.submit') && part(monthsQuery, (months: MonthLine[]) => monthTasks(months, asking)),
    ...years.map(
      (year) => may('assessments.write') && part(linesDueQuery(year), (due: LinesDue) => lineTasks(year, due, asking)),
    ),
    ...years.map(
      (year) =>
        may('assessments.review') && part(reviewsQuery(year), (found: Reviews) => reviewTasks(year, found, asking)),
    ),
    may('entries.write') && part(worklistsQuery(session.org), (found: Worklists) => overdueTasks(found, asking)),
    may('imports.write') && part(waitingImportsQuery, (imports: Import[]) => importTasks(imports, asking)),
    may('findings.write') &&
      part(qualitySummaryQuery(session.org), (summary: FindingSummary) => findingTasks(summary, asking)),
  ];
  return parts.filter((one) => one !== false);
}

function part<Answer>(query: object, tasks: (answer: Answer) => Task[]): TodoPart {
  return { query: query as TodoPart['query'], tasks };
}

function monthTasks(months: readonly MonthLine[], { view, words, session }: Asking): Task[] {
  const { t } = words;
  const whole = view.orgs.get(session.org)?.level === 'registry' && session.permissions.includes('months.close');
  const due = months.filter(
    ({ state, submitted, submitting }) => state === 'open' && (whole || submitted < submitting),
  );
  const oldest = due.at(-1);
  if (!oldest) return [];
  const { month, submitted, submitting, changed } = oldest;
  const told = [
    t('todoMonthOldest', { month: sayPeriod(month, words), days: sayDays(daysSince(lastDay(month))) }),
    whole && submitting > 0 && t('todoMonthSubmitted', { submitted, submitting }),
    changed > 0 && t('todoMonthChanged', { count: changed }),
  ].filter((one) => one !== false);
  const title = t(whole ? 'todoClose' : 'todoSubmit');
  return [
    {
      key: 'months',
      title,
      count: due.length,
      unit: t('countedMonths', { count: due.length }),
      told,
      to: { tab: 'months', month },
    },
  ];
}

function lineTasks(year: string, { lines, assessments }: LinesDue, { words: { t, label, ...words } }: Asking): Task[] {
  const [first] = assessments;
  if (!first) return [];
  const told = assessments.slice(0, 3).map(({ title, period, due }) => {
    const said = (['actual', 'cause', 'reason'] as const).flatMap((lacks) => {
      const those = due.filter(({ what }) => what === lacks).map(({ name }) => name);
      const names = those.slice(0, 3).join(t('listComma')) + (those.length > 3 ? '…' : '');
      return those.length === 0 ? [] : [t(`todoLines_${lacks}`, { names })];
    });
    const of = sayPeriod(period, { t, label, ...words });
    return t('todoLinesIn', { title: label(title), period: of, lines: said.join(t('clause')) });
  });
  return [
    {
      key: `lines ${year}`,
      title: t('todoLines'),
      count: lines,
      unit: t('countedLines', { count: lines }),
      told,
      to: { tab: 'assessment', form: first.form, period: first.period, project: first.project || undefined },
    },
  ];
}

function reviewTasks(
  year: string,
  { assessments }: Reviews,
  { words: { t, label, ...words }, session }: Asking,
): Task[] {
  const due = assessments.filter(({ state, makers, progress }) => {
    if (state === 'frozen' || (state !== 'approved' && makers.includes(session.name))) return false;
    return state !== 'draft' || progress.actualsDue + progress.causesDue + progress.reasonsDue === 0;
  });
  const [first] = due;
  if (!first) return [];
  const told = due.slice(0, 3).flatMap(({ state, title, period }) => {
    if (state === 'frozen') return [];
    const fill = { title: label(title), period: sayPeriod(period, { t, label, ...words }) };
    return [t(`todoReview_${state}`, fill)];
  });
  const to = { tab: 'assessment', form: first.form, period: first.period, project: first.project || undefined };
  return [
    {
      key: `review ${year}`,
      title: t('todoReview'),
      count: due.length,
      unit: t('countedForms', { count: due.length }),
      told,
      to,
    },
  ];
}

function overdueTasks({ lists, counts }: Worklists, { words: { t, label } }: Asking): Task[] {
  return lists.flatMap(({ key, label: name, on }) => {
    const those = counts.filter((one) => one.key === key);
    const overdue = those.reduce((sum, one) => sum + one.overdue, 0);
    if (overdue === 0) return [];
    const days = sayDays(Math.max(...those.map(({ longestDays }) => longestDays)));
    const told = [t('todoOverdueLongest', { days })];
    const title = `${label(name)}${t('clause')}${t('todoOverdue')}`;
    return [
      {
        key,
        title,
        count: overdue,
        unit: t(WAITING_UNIT[on], { count: overdue }),
        told,
        urgent: true,
        to: { list: key },
      },
    ];
  });
}

function importTasks(imports: readonly Import[], { words: { t } }: Asking): Task[] {
  const oldest = imports.at(-1);
  if (!oldest) return [];
  const told = [t('todoImportsOldest', { at: sayInstant(oldest.createdAt) }), oldest.fileName];
  const to = { tab: 'import', file: imports.length === 1 ? oldest.importId : undefined };
  return [
    {
      key: 'imports',
      title: t('todoImports'),
      count: imports.length,
      unit: t('countedFiles', { count: imports.length }),
      told,
      to,
    },
  ];
}

function findingTasks({ mine, counts }: FindingSummary, { words: { t }, session }: Asking): Task[] {
  const unowned = counts.reduce((sum, one) => sum + one.unowned, 0);
  if (mine.open === 0 || mine.since === null) return [];
  const told = [
    t('todoFindingsOldest', { days: sayDays(daysSince(dateInShanghai(new Date(mine.since)))) }),
    unowned > 0 && t('todoUnowned', { count: unowned }),
  ].filter((one) => one !== false);
  const to = { tab: 'quality', owner: session.name };
  return [
    {
      key: 'findings',
      title: t('todoFindings'),
      count: mine.open,
      unit: t('countedFindings', { count: mine.open }),
      told,
      to,
    },
  ];
}

function lastDay(month: string): string {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return new Date(Date.UTC(year, number, 0)).toISOString().slice(0, 10);
}

function sayDays(days: number): string {
  return group(String(Math.max(0, days)));
}
