import type { EntityManager } from 'typeorm';
import { DomainError } from '../core/domain-error';
import { parsePeriod, type PeriodCode } from '../core/period';
import { findSealedValues, findSealNumberAt, findSeals, type SealedValueRow, type SealRow } from './seals.queries';

/** What a period was when it was closed, as a link of the registry's chain (R21). */
export interface Seal {
  readonly period: PeriodCode;
  /** 1 the first time that the period was closed, 2 when it was closed again, and so on. */
  readonly number: number;
  /** Its place in the chain. */
  readonly seq: string;
  /** The position of the ledger that closed it. */
  readonly position: string;
  readonly sealedAt: Date;
  readonly sealedBy: string;
  /** The fingerprint of the definitions that the values were computed by. */
  readonly definitions: string | null;
  /** How many entries were posted to the month; null of a longer period, whose months have sealed theirs. */
  readonly entries: number | null;
  /** How many values it holds. */
  readonly figures: number;
  /** The hash of the seal before it in the chain, in hexadecimal; empty in the first. */
  readonly previous: string;
  /** In hexadecimal. */
  readonly hash: string;
  /** Its period is closed and was not closed again since. */
  readonly standing: boolean;
}

/** All seals of a registry in the order of its chain, or those of some periods. */
export async function listSeals(
  manager: EntityManager,
  registryId: number,
  periods: readonly PeriodCode[] | null = null,
): Promise<Seal[]> {
  return (await findSeals(manager, registryId, periods)).map(sealOf);
}

/** The seal of a period that is closed; none while it is open. */
export async function findStandingSeal(
  manager: EntityManager,
  registryId: number,
  period: PeriodCode,
): Promise<Seal | undefined> {
  return (await listSeals(manager, registryId, [period])).find(({ standing }) => standing);
}

/** The seal of a period that stood when the ledger was at a position; none while the period was open. */
export async function findSealAt(
  manager: EntityManager,
  registryId: number,
  period: PeriodCode,
  position: string,
): Promise<Seal | undefined> {
  const { lastMonth } = parsePeriod(period);
  const number = await findSealNumberAt(manager, registryId, { period, lastMonth }, position);
  return (await listSeals(manager, registryId, [period])).find((one) => one.number === number);
}

/**
 * A seal, standing or not, with what it holds of an org and those below it.
 *
 * @param number the last one of the period unless said
 * @throws {DomainError} when there is no such seal
 */
export async function readSeal(
  manager: EntityManager,
  registryId: number,
  period: PeriodCode,
  within: string,
  number?: number,
): Promise<Seal & { readonly values: readonly SealedValueRow[] }> {
  const seals = await listSeals(manager, registryId, [period]);
  const seal = number === undefined ? seals.at(-1) : seals.find((one) => one.number === number);
  if (!seal) throw new SealUnknown(period, number);
  return { ...seal, values: await findSealedValues(manager, registryId, seal, within) };
}

export class SealUnknown extends DomainError {
  constructor(period: PeriodCode, number: number | undefined) {
    const which = number === undefined ? '' : `第 ${number} 号`;
    super('seal_unknown', {
      zh: `${period} 没有${which}封存记录。结账后才有。`,
      en: `${period} has no seal${number === undefined ? '' : ` number ${number}`}. Closing makes one.`,
    });
  }
}

function sealOf({ latest, firstOpenMonth, entries, figures, ...seal }: SealRow): Seal {
  return {
    ...seal,
    entries: entries === null ? null : Number(entries),
    figures: Number(figures),
    standing: latest && parsePeriod(seal.period).lastMonth < firstOpenMonth,
  };
}
