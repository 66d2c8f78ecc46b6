import type { EntityManager } from 'typeorm';
import { DomainError } from '../core/domain-error';
import { isCalendarDate, parsePeriod } from '../core/period';
import { listSeals, SealUnknown, type Seal } from '../ledger/seals';
import { findPlaces, findPositionAt, findRecordedAt, type LedgerMoment } from './as-of.queries';

const DAY_MS = 86_400_000;

class AsOfNotReadable extends DomainError {
  constructor(text: string, field: string) {
    super(
      'as_of_not_readable',
      {
        zh: `“${text}”不是可以回看的时刻，请写日期（2024-12-31）、时间（2024-12-31T18:00）、封存（seal:2024-11 或 seal:2024-11#1）或台账位置（position:1 起）。`,
        en: `"${text}" is no moment to look back to; write a date (2024-12-31), a time (2024-12-31T18:00), a seal (seal:2024-11 or seal:2024-11#1) or a position of the ledger (position:1 and on).`,
      },
      { field },
    );
  }
}

/** A number that is as well a year, a month or a day. */
const DATE_LIKE = /^(19|20)\d{2}((0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])?)?$/;

class AsOfAmbiguous extends DomainError {
  constructor(text: string, field: string) {
    super(
      'as_of_ambiguous',
      {
        zh: `“${text}”像年月日，也可以是台账位置。要某一天的数值，请写全日期（2024-12-31）；要台账位置，请写 position:${text}。`,
        en: `"${text}" looks like a date and may be a position of the ledger. For a day write it in full (2024-12-31); for the position write position:${text}.`,
      },
      { field },
    );
  }
}

/**
 * The place in the ledger that a moment stands for: an ISO date (its end) or time in Asia/Shanghai, a seal, or a
 * position (`position:17`; a bare number too, unless it looks like a date).
 *
 * @param text as it was asked
 * @param field the parameter that it was given in
 * @throws {DomainError} when it cannot be read, lies in the future or before the ledger's first write
 */
export async function resolveAsOf(
  manager: EntityManager,
  registryId: number,
  text: string,
  field = 'asOf',
): Promise<LedgerMoment> {
  const places = await findPlaces(manager, registryId);
  const [, named, number] = /^(position:)?(\d{1,18})$/.exec(text) ?? [];
  if (number !== undefined) {
    if (named === undefined && DATE_LIKE.test(number)) throw new AsOfAmbiguous(text, field);
    const position = BigInt(number).toString();
    if (position === '0') throw new AsOfNotReadable(text, field);
    if (BigInt(position) > BigInt(places.last)) throw inTheFuture(text, field);
    return findMoment(manager, registryId, position);
  }
  const sealed = /^seal:([^#]*)(?:#([1-9]\d{0,5}))?$/.exec(text);
  if (sealed) {
    const [, period = '', time] = sealed;
    const seal = await findSeal(manager, registryId, period, time === undefined ? undefined : Number(time)).catch(
      (error: unknown) => {
        // Here the parameter is called otherwise.
        throw error instanceof DomainError ? new DomainError(error.code, error.sentence, { field }) : error;
      },
    );
    const { hash, position } = seal;
    return { ...(await findMoment(manager, registryId, position)), seal: { period, number: seal.number, hash } };
  }
  const { ends } = readPast(text, field, places.now);
  const position = await findPositionAt(manager, registryId, ends);
  if (position === '0') throw beforeTheBeginning(text, places.firstRecordedAt, field);
  return findMoment(manager, registryId, position);
}

/**
 * The later of two moments: where today's values stand, unless another is said.
 *
 * @throws {DomainError} as `resolveAsOf`, and when it lies before the earlier one
 */
export async function resolveEnd(
  manager: EntityManager,
  registryId: number,
  text: string | undefined,
  since: LedgerMoment,
): Promise<LedgerMoment> {
  const end =
    text === undefined ? await findComputed(manager, registryId) : await resolveAsOf(manager, registryId, text);
  if (BigInt(end.position) >= BigInt(since.position)) return end;
  // Of what is written already, but not computed yet.
  if (text === undefined) return since;
  throw new DomainError(
    'moments_reversed',
    { zh: '起始时刻晚于截止时刻，请对调。', en: 'The first moment lies after the second; exchange them.' },
    { field: 'since' },
  );
}

/** The place that is looked at, and its position where it is of the past: without one, today's values are read. */
export interface LookedAt {
  readonly asOf: LedgerMoment;
  readonly position?: string;
}

/**
 * What a moment stands for; where today's values stand unless one is said.
 *
 * @throws {DomainError} as `resolveAsOf`
 */
export async function findLookedAt(
  manager: EntityManager,
  registryId: number,
  text: string | undefined,
): Promise<LookedAt> {
  if (text === undefined) return { asOf: await findComputed(manager, registryId) };
  const asOf = await resolveAsOf(manager, registryId, text);
  return { asOf, position: asOf.position };
}

/** The place that today's values stand at. */
export async function findComputed(manager: EntityManager, registryId: number): Promise<LedgerMoment> {
  const { computed } = await findPlaces(manager, registryId);
  return findMoment(manager, registryId, computed);
}

/** The place of a position that there is. */
export async function findMoment(manager: EntityManager, registryId: number, position: string): Promise<LedgerMoment> {
  return { position, recordedAt: await findRecordedAt(manager, registryId, position) };
}

async function findSeal(
  manager: EntityManager,
  registryId: number,
  period: string,
  number: number | undefined,
): Promise<Seal> {
  const seals = await listSeals(manager, registryId, [parsePeriod(period).code]);
  const seal = number === undefined ? seals.at(-1) : seals.find((one) => one.number === number);
  if (!seal) throw new SealUnknown(period, number);
  return seal;
}

/**
 * When a moment is that was asked for: a day, or the millisecond of a time; all else is that in which the last of it was
 * written. `ends` does not belong to it any more.
 */
export function instantOf(text: string, { recordedAt }: LedgerMoment): { begins: Date; ends: Date } {
  if (isCalendarDate(text.slice(0, 10))) return readMoment(text, 'asOf');
  const written = recordedAt ?? new Date(0);
  return { begins: written, ends: new Date(written.getTime() + 1) };
}

/**
 * A day or time that has begun, as `instantOf`.
 *
 * @throws {DomainError} when it is neither, or lies in the future
 */
export function readPast(text: string, field: string, now: Date): { begins: Date; ends: Date } {
  const moment = readMoment(text, field);
  if (moment.begins > now) throw inTheFuture(text, field);
  return moment;
}

function readMoment(text: string, field: string): { begins: Date; ends: Date } {
  const match = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?)(Z|[+-]\d{2}:\d{2})?)?$/.exec(text);
  const [, day = '', time, zone = '+08:00'] = match ?? [];
  if (!isCalendarDate(day)) throw new AsOfNotReadable(text, field);
  const begins = new Date(`${day}T${time ?? '00:00'}${zone}`);
  if (Number.isNaN(begins.getTime())) throw new AsOfNotReadable(text, field);
  return { begins, ends: new Date(begins.getTime() + (time === undefined ? DAY_MS : 1)) };
}

function inTheFuture(text: string, field: string): DomainError {
  return new DomainError(
    'as_of_in_the_future',
    { zh: `“${text}”还没有到，请选过去的时刻。`, en: `"${text}" has not come yet; choose a moment of the past.` },
    { field },
  );
}

function beforeTheBeginning(text: string, first: Date | null, field: string): DomainError {
  const since = first?.toLocaleString('sv-SE', { timeZone: 'Asia/Shanghai' });
  return new DomainError(
    'as_of_before_beginning',
    since === undefined
      ? { zh: '台账里还没有任何登记，无从回看。', en: 'Nothing was written to the ledger yet.' }
      : {
          zh: `“${text}”时台账里还没有任何登记；第一笔写于 ${since}。回看的是何时登记的，不是何时发生的。`,
          en: `Nothing was in the ledger by "${text}"; its first write was at ${since}. What counts here is when things were recorded, not when they happened.`,
        },
    { field },
  );
}
