import type { DataSource } from 'typeorm';
import { dutiesOf, OUTLIER_RULE } from '../catalogue/duties';
import { dateInShanghai, type Month } from '../core/period';
import { readFindings } from '../ledger/findings';
import { findMissingDuties, orgSubmitsNothing, requireMonth } from '../ledger/submissions';
import { findSubmittingOrgs } from '../ledger/submissions.queries';
import { readWorklists } from '../ledger/worklists';
import type { WaitingCount } from '../ledger/worklists.queries';
import { findOutliers, type Outlier, type OutlierRule } from './month-check.queries';

/** What looks wrong about a month of an org with all below it; none of it keeps the org from submitting. */
export interface MonthCheck {
  readonly org: string;
  readonly month: Month;
  /** The kinds that the org owes and has nothing of: submitting writes a nil return of each (R10). */
  readonly nilReturns: readonly string[];
  /** Counts far from the org's own past, the farthest first. */
  readonly outliers: readonly Outlier[];
  /** By what they were found. */
  readonly rule: OutlierRule;
  /** Who waited at the end of the month (today, while it runs), by list and org. */
  readonly waiting: readonly WaitingCount[];
  /** How many entries of imported history have a gap before them, of any month. */
  readonly findings: number;
}

/**
 * What looks wrong about a month, to be shown before it is submitted.
 *
 * @throws {DomainError} when it is no month, or the org does not submit
 */
export async function readMonthCheck(
  source: DataSource,
  { registryId, org, month }: { readonly registryId: number; readonly org: string; readonly month: Month },
): Promise<MonthCheck> {
  requireMonth(month);
  const { manager } = source;
  const firstDay = `${month}-01`;
  const submitting = (await findSubmittingOrgs(manager, registryId, firstDay)).find((one) => one.org === org);
  if (!submitting) throw orgSubmitsNothing(org, month);
  const nilReturns = await findMissingDuties(manager, registryId, submitting, month);
  const outliers = await findOutliers(manager, { registryId, org, firstDay }, dutiesOf(submitting.level), OUTLIER_RULE);
  const [now, last] = [dateInShanghai(new Date()), submitting.lastDay];
  const { counts } = await readWorklists(source, { registryId, org, today: now < last ? now : last });
  const { total } = await readFindings(source, { registryId, org }, { limit: 1 });
  return { org, month, nilReturns, outliers, rule: OUTLIER_RULE, waiting: counts, findings: total ?? 0 };
}
