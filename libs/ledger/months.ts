import { QueryFailedError, type EntityManager } from 'typeorm';
import { recordAct } from '../accounts/audit';
import { DomainError } from '../core/domain-error';
import { nextMonth, periodsEndingWith, type Month } from '../core/period';
import { lockRegistry } from './append.queries';
import { checkFreeText } from './entry-fields';
import { callCloseMonth, callReopenMonth, findFirstMonths } from './months.queries';
import { tellOfMonths } from './months-notice';
import { listSeals, type Seal } from './seals';
import { requireMonth } from './submissions';

/**
 * Closes the registry's first open month and seals it, with every longer period that ends with it (R3, R21), in the
 * caller's transaction, which so keeps every writer out until it has recomputed what it closes. The act is recorded
 * with it, with the hashes of the seals.
 *
 * @returns the seals, in the order of the chain
 * @throws {DomainError} when an earlier month is open, the month is not over or entries of it wait to be computed
 */
export async function closeMonth(
  manager: EntityManager,
  registryId: number,
  month: Month,
  actor: string,
  reason: string | null = null,
  address: string | null = null,
): Promise<Seal[]> {
  requireMonth(month);
  await refusing(month, () => callCloseMonth(manager, registryId, `${month}-01`, actor, reason));
  const seals = await standingSealsOf(manager, registryId, [month]);
  await tellOfMonths(manager, registryId, { event: 'closed', months: [month], seals });
  await recordMonths(manager, { registryId, month, actor, address }, 'months.close', { reason, seals: named(seals) });
  return seals;
}

/** What reopening a month would undo. */
export interface ReopenEffect {
  /** The months that open again, from the last closed one back to the one asked for (R3). */
  readonly months: readonly Month[];
  /** The seals that stop standing, in the order of the chain. They stay readable. */
  readonly seals: readonly Seal[];
  /** How many sealed values may then move. */
  readonly figures: number;
}

/**
 * Says what reopening a month would undo, and does nothing.
 *
 * @throws {DomainError} when the month is not closed
 */
export async function findReopenEffect(
  manager: EntityManager,
  registryId: number,
  month: Month,
): Promise<ReopenEffect> {
  requireMonth(month);
  const { begins, firstOpen } = await findFirstMonths(manager, registryId);
  if (month < begins || month >= firstOpen) throw notClosed(month, firstOpen);
  const months: Month[] = [];
  for (let one = month; one < firstOpen; one = nextMonth(one)) months.unshift(one);
  const seals = await standingSealsOf(manager, registryId, months);
  return { months, seals, figures: seals.reduce((sum, seal) => sum + seal.figures, 0) };
}

/**
 * Opens a closed month again, and every later one before it, from the end, in one act (R3). No entry moves (R4), and
 * no seal is lost. The act is recorded with it.
 *
 * @throws {DomainError} when the month is not closed, or there is no reason
 */
export async function reopenMonths(
  manager: EntityManager,
  registryId: number,
  month: Month,
  actor: string,
  reason: string,
  address: string | null = null,
): Promise<ReopenEffect> {
  const why = requireReason(reason);
  await lockRegistry(manager, registryId);
  const effect = await findReopenEffect(manager, registryId, month);
  for (const one of effect.months) {
    await refusing(one, () => callReopenMonth(manager, registryId, `${one}-01`, actor, why));
  }
  await tellOfMonths(manager, registryId, { event: 'reopened', ...effect });
  const detail = { reason: why, months: effect.months, seals: named(effect.seals) };
  await recordMonths(manager, { registryId, month, actor, address }, 'months.reopen', detail);
  return effect;
}

/** The standing seals of some months and of the longer periods that end with them. */
async function standingSealsOf(manager: EntityManager, registryId: number, months: readonly Month[]): Promise<Seal[]> {
  const periods = months.flatMap((month) => periodsEndingWith(month).map(({ code }) => code));
  return (await listSeals(manager, registryId, periods)).filter(({ standing }) => standing);
}

function named(seals: readonly Seal[]): Pick<Seal, 'period' | 'number' | 'hash'>[] {
  return seals.map(({ period, number, hash }) => ({ period, number, hash }));
}

interface MonthActor {
  readonly registryId: number;
  readonly month: Month;
  readonly actor: string;
  readonly address: string | null;
}

function recordMonths(
  manager: EntityManager,
  { month, ...who }: MonthActor,
  act: string,
  detail: Record<string, unknown>,
): Promise<void> {
  return recordAct(manager, { ...who, act, thing: month, org: null, result: 'done', detail });
}

function requireReason(reason: string): string {
  const why = checkFreeText(reason.trim() || null, 'reason');
  if (why !== null) return why;
  throw new DomainError(
    'reason_missing',
    { zh: '重开月份须写明理由。', en: 'Reopening a month needs a reason.' },
    { field: 'reason' },
  );
}

function notClosed(month: Month, firstOpen: Month): DomainError {
  return new DomainError('month_not_closed', {
    zh: `${month} 没有结账，不需要重开。第一个未结月份是 ${firstOpen}。`,
    en: `${month} is not closed. The first open month is ${firstOpen}.`,
  });
}

async function refusing(month: Month, act: () => Promise<unknown>): Promise<void> {
  try {
    await act();
  } catch (error) {
    const constraint =
      error instanceof QueryFailedError ? (error.driverError as { constraint?: string }).constraint : '';
    if (constraint === 'month_order') {
      throw new DomainError('month_order', {
        zh: `月份须按顺序结账，${month} 还轮不到，或已经结账。`,
        en: `Months close in order; it is not the turn of ${month}, or it is closed.`,
      });
    }
    if (constraint === 'month_over') {
      throw new DomainError('month_not_over', {
        zh: `${month} 尚未结束，过了最后一天才能结账。`,
        en: `${month} is not over; it can be closed after its last day.`,
      });
    }
    if (constraint === 'month_marks') {
      throw new DomainError('month_waiting', {
        zh: `${month} 还有登记没有算进数字，请稍候片刻再结账。`,
        en: `Entries of ${month} wait to be computed; try again in a moment.`,
      });
    }
    throw error;
  }
}
