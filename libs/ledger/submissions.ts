import { randomUUID } from 'node:crypto';
import type { DataSource, EntityManager } from 'typeorm';
import { recordAct } from '../accounts/audit';
import { dutiesOf } from '../catalogue/duties';
import { DomainError } from '../core/domain-error';
import { dateInShanghai, nextMonth, parsePeriod, type Month } from '../core/period';
import { appendWithin } from './append';
import { lockRegistry } from './append.queries';
import type { EntryInput } from './entry-input';
import { checkFreeText } from './entry-fields';
import {
  callSubmitMonth,
  findKindsWithout,
  findSubmissions,
  findSubmittingOrgs,
  type SubmissionRow,
  type SubmittingOrg,
} from './submissions.queries';

export interface SubmitOptions {
  readonly registryId: number;
  readonly org: string;
  readonly month: Month;
  /** Who submits. */
  readonly actor: string;
  readonly note?: string | null;
  /** Where the request came from, for the audit log. */
  readonly address?: string | null;
}

export interface Submitted {
  readonly status: 'submitted' | 'unchanged';
  readonly submission: SubmissionRow;
  /** The kinds of which a nil return was written (R10). */
  readonly nilReturns: readonly string[];
}

/**
 * Submits a month of an org with all below it: of each kind that it owes and of which nothing stands, a nil return is
 * written with it, in one transaction. It locks nothing: what comes later makes the month not submitted again (R3).
 * Where nothing has come since it was submitted, nothing happens.
 *
 * @throws {DomainError} when the month is not over or is closed, or the org does not submit
 */
export async function submitMonth(dataSource: DataSource, options: SubmitOptions): Promise<Submitted> {
  requireMonth(options.month);
  const note = checkFreeText(options.note?.trim() || null, 'note');
  return dataSource.transaction('READ COMMITTED', (manager) => submitWithin(manager, { ...options, note }));
}

async function submitWithin(
  manager: EntityManager,
  { registryId, org, month, actor, note = null, address = null }: SubmitOptions,
): Promise<Submitted> {
  // What is missing is asked when nobody else is writing: else a nil return would stand beside what has just come.
  const firstOpen = await lockRegistry(manager, registryId);
  if (firstOpen !== undefined && `${month}-01` < firstOpen) throw monthClosed(month);
  if (dateInShanghai(new Date()) < `${nextMonth(month)}-01`) throw monthNotOver(month);
  const [before] = await findSubmissions(manager, registryId, [`${month}-01`], org);
  if (before && !before.changed) return { status: 'unchanged', submission: before, nilReturns: [] };
  const nilReturns = await returnNil(manager, { registryId, org, month, actor });
  await callSubmitMonth(manager, registryId, org, `${month}-01`, actor, note);
  const [submission] = await findSubmissions(manager, registryId, [`${month}-01`], org);
  if (!submission) throw new Error('what was submitted is there');
  await recordAct(manager, {
    ...{ registryId, actor, act: 'months.submit', thing: month, org, address, result: 'done' },
    detail: { nilReturns, note },
  });
  return { status: 'submitted', submission, nilReturns };
}

async function returnNil(
  manager: EntityManager,
  { registryId, org, month, actor }: Pick<SubmitOptions, 'registryId' | 'org' | 'month' | 'actor'>,
): Promise<readonly string[]> {
  const submitting = (await findSubmittingOrgs(manager, registryId, `${month}-01`)).find((one) => one.org === org);
  if (!submitting) throw orgSubmitsNothing(org, month);
  const kinds = await findMissingDuties(manager, registryId, submitting, month);
  const entries = kinds.map((kind): EntryInput => {
    return { id: randomUUID(), kind, org, occurredOn: submitting.lastDay, quantity: '0' };
  });
  if (entries.length === 0) return [];
  const { results } = await appendWithin(manager, entries, { registryId, actor, source: 'submit', atomic: true });
  for (const one of results) if (one.status === 'refused') throw one.problem;
  return kinds;
}

/** The kinds that an org owes in a month, and has nothing of (R10). */
export function findMissingDuties(
  manager: EntityManager,
  registryId: number,
  { org, level }: Pick<SubmittingOrg, 'org' | 'level'>,
  month: Month,
): Promise<readonly string[]> {
  return findKindsWithout(manager, registryId, org, `${month}-01`, dutiesOf(level));
}

/** @throws {DomainError} when the text is no month */
export function requireMonth(month: string): Month {
  if (/^\d{4}-\d{2}$/.test(month) && parsePeriod(month).grain === 'month') return month;
  throw new DomainError(
    'month_not_readable',
    { zh: `“${month}”不是月份，应写作 2024-05。`, en: `"${month}" is no month; write 2024-05.` },
    { field: 'month' },
  );
}

function monthNotOver(month: Month): DomainError {
  return new DomainError('month_not_over', {
    zh: `${month} 尚未结束，过了最后一天才能报送。`,
    en: `${month} is not over; it can be submitted after its last day.`,
  });
}

function monthClosed(month: Month): DomainError {
  return new DomainError('month_closed', {
    zh: `${month} 已结账（或早于台账），不再报送；晚到的登记会作为调整记入第一个未结月份。`,
    en: `${month} is closed, or before the ledger: it is not submitted any more. What comes late is an adjustment of the first open month.`,
  });
}

/** Whether an org submits is decided by its place: it is right below the registry, and was there in that month. */
export function orgSubmitsNothing(org: string, month: Month): DomainError {
  return new DomainError(
    'org_submits_nothing',
    {
      zh: `机构“${org}”在 ${month} 不单独报送：由资料库的直属机构（市州）连同其下级一起报送，已撤销的不再报送。`,
      en: `The org "${org}" does not submit ${month} by itself: the orgs right below the registry do, for all below them, unless they were closed before.`,
    },
    { field: 'org' },
  );
}
