import type { EntityManager } from 'typeorm';
import type { Label } from '../catalogue/label';
import { DomainError } from '../core/domain-error';
import { dateInShanghai, type Month } from '../core/period';
import { findAdjustments, findMonths, findNilReturns, type Adjustment, type MonthRow } from './month-overview.queries';
import { findStandingSeal, type Seal } from './seals';
import { requireMonth } from './submissions';
import { findSubmissions, findSubmittingOrgs, type SubmissionRow, type SubmittingOrg } from './submissions.queries';

/** Whose months are looked at: a registry's, as far as somebody reaches. */
export interface MonthReach {
  readonly registryId: number;
  /** The root of their subtree. */
  readonly org: string;
  /** All orgs of the subtree. */
  readonly orgs: ReadonlySet<string>;
}

export interface MonthLine extends MonthRow {
  /** How many submit it, of those within reach. */
  readonly submitting: number;
  /** How many of them have, and nothing has come since. */
  readonly submitted: number;
  /** How many have, and something has come since (R3). */
  readonly changed: number;
}

export interface MonthOrg {
  readonly org: string;
  readonly name: Label;
  /** `changed`: it was submitted, and something has come since. */
  readonly state: 'submitted' | 'changed' | 'not_submitted';
  /** The last one. */
  readonly submission: Pick<SubmissionRow, 'position' | 'submittedAt' | 'submittedBy' | 'nilReturns' | 'note'> | null;
  /** The kinds of which a submission wrote a nil return that stands. */
  readonly nilReturns: readonly string[];
}

export interface MonthOverview extends MonthRow {
  readonly orgs: readonly MonthOrg[];
  /** The latest of them. */
  readonly adjustments: readonly Omit<Adjustment, 'total'>[];
  /** How many there are in all. */
  readonly adjusted: number;
  /** What the month was when it was closed; null while it is open. */
  readonly seal: Seal | null;
}

const ADJUSTMENTS_SHOWN = 200;

/** The months of the ledger, the latest first, with how many have submitted them. */
export async function readMonths(manager: EntityManager, reach: MonthReach): Promise<MonthLine[]> {
  const { registryId, orgs } = reach;
  const months = await findMonths(manager, registryId, dateInShanghai(new Date()));
  const submissions = await findSubmissions(
    manager,
    registryId,
    months.map(({ month }) => `${month}-01`),
  );
  const [earliest] = months.slice(-1);
  const submitting = earliest ? await findSubmittingOrgs(manager, registryId, `${earliest.month}-01`) : [];
  return months.map((line) => {
    const those = submitting.filter((one) => orgs.has(one.org) && wasThere(one, line));
    const told = submissions.filter(({ month, org }) => month === line.month && those.some((one) => one.org === org));
    const changed = told.filter((one) => one.changed).length;
    return { ...line, submitting: those.length, submitted: told.length - changed, changed };
  });
}

/** A closed month is owed by nobody who was added after it was closed. */
function wasThere({ closedOn, since }: SubmittingOrg, { month, state, position }: MonthRow): boolean {
  if (state === 'closed' && BigInt(since) > BigInt(position ?? 0)) return false;
  return closedOn === null || closedOn >= `${month}-01`;
}

/**
 * All about a month: who has submitted it, what was posted into it late, and its seal.
 *
 * @throws {DomainError} when it is no month of the ledger
 */
export async function readMonth(manager: EntityManager, reach: MonthReach, month: Month): Promise<MonthOverview> {
  requireMonth(month);
  const { registryId, org: root, orgs: within } = reach;
  const firstDay = `${month}-01`;
  const [row] = await findMonths(manager, registryId, dateInShanghai(new Date()), firstDay);
  if (!row) throw monthUnknown(month);
  const seal = await findStandingSeal(manager, registryId, month);
  const adjustments = await findAdjustments(manager, { registryId, org: root }, firstDay, ADJUSTMENTS_SHOWN);
  return {
    ...row,
    orgs: (await readMonthOrgs(manager, registryId, month, seal?.position)).filter(({ org }) => within.has(org)),
    adjustments: adjustments.map(({ total: _, ...one }) => one),
    adjusted: adjustments[0]?.total ?? 0,
    seal: seal ?? null,
  };
}

/** Who submits a month, and whether they have: the orgs of today, or of a position of the ledger. */
export async function readMonthOrgs(
  manager: EntityManager,
  registryId: number,
  month: Month,
  position?: string,
): Promise<MonthOrg[]> {
  const firstDay = `${month}-01`;
  const submitting = await findSubmittingOrgs(manager, registryId, firstDay, position);
  const submissions = new Map((await findSubmissions(manager, registryId, [firstDay])).map((one) => [one.org, one]));
  const nil = new Map((await findNilReturns(manager, registryId, firstDay)).map(({ org, kinds }) => [org, kinds]));
  return submitting.map(({ org, nameZh, nameEn }): MonthOrg => {
    const found = submissions.get(org);
    const name = { zh: nameZh, en: nameEn };
    const nilReturns = nil.get(org) ?? [];
    if (!found) return { org, name, state: 'not_submitted', submission: null, nilReturns };
    const { changed, org: _, month: __, ...submission } = found;
    return { org, name, state: changed ? 'changed' : 'submitted', submission, nilReturns };
  });
}

function monthUnknown(month: Month): DomainError {
  return new DomainError(
    'month_unknown',
    {
      zh: `台账里没有 ${month}：月份从建账的第一个月到本月。`,
      en: `The ledger has no ${month}: its months run from its first day to now.`,
    },
    { field: 'month' },
  );
}
