import type { DataSource, EntityManager } from 'typeorm';
import { actOf } from '../accounts/act-of';
import { recordAct } from '../accounts/audit';
import { orgWithin, type Principal } from '../accounts/principal';
import { DomainError } from '../core/domain-error';
import { isCalendarDate, parsePeriod } from '../core/period';
import { instantOf, readPast, resolveAsOf } from '../indicators/as-of';
import { findPlaces } from '../indicators/as-of.queries';
import { checkFreeText } from '../ledger/entry-fields';
import type { TargetInput } from './target-input';
import {
  findLastVersions,
  findTargets,
  findTargetVersions,
  insertTargetVersions,
  lockTargets,
  type TargetPlace,
  type TargetRow,
  type TargetVersion,
} from './targets.queries';

export interface TargetsSet {
  readonly set: number;
  readonly changed: number;
  /** Said again as they stood: nothing was written for them. */
  readonly unchanged: number;
}

const AT_MOST = 1_000;

/**
 * Sets targets, all of them or none; what stood stays in their history (R15).
 *
 * @param reason compulsory when a target that stands is changed
 * @throws {DomainError} when one is named twice, there are too many, or the reason is missing
 */
export async function setTargets(
  source: DataSource,
  principal: Principal,
  inputs: readonly TargetInput[],
  reason: string | null,
): Promise<TargetsSet> {
  requireFew(inputs);
  const because = checkFreeText(reason?.trim() || null, 'reason');
  return source.transaction(async (manager) => {
    const { registryId, name } = principal;
    await lockTargets(manager, registryId);
    const last = await lastAt(manager, registryId, inputs);
    const differing = inputs.filter((input) => {
      const stood = last.get(placeOf(input));
      return stood?.operator !== input.operator || stood.value !== input.value;
    });
    const changed = differing.filter((input) => last.get(placeOf(input))?.operator);
    if (changed[0] && because === null) throw new ReasonMissing(changed[0]);
    const versions = differing.map((input) => {
      const { org, period, key, operator, value } = input;
      const version = (last.get(placeOf(input))?.version ?? 0) + 1;
      return { org, period, key, operator, value, version, reason: because, recordedBy: name };
    });
    const counts = {
      set: differing.length - changed.length,
      changed: changed.length,
      unchanged: inputs.length - differing.length,
    };
    if (versions.length > 0) {
      await insertTargetVersions(manager, registryId, versions);
      const thing = [...new Set(versions.map(({ period }) => period))].join(' ');
      await recordAct(manager, actOf(principal, 'targets.set', thing, { ...counts, reason: because }));
    }
    return counts;
  });
}

/**
 * Withdraws a target: from now on none stands there; what stood stays in its history.
 *
 * @throws {DomainError} when none stands, or no reason is given
 */
export async function withdrawTarget(
  source: DataSource,
  principal: Principal,
  place: TargetPlace,
  reason: string | null,
): Promise<void> {
  const { registryId, name } = principal;
  const at = { ...place, org: orgWithin(principal, place.org), period: parsePeriod(place.period).code };
  const because = checkFreeText(reason?.trim() || null, 'reason');
  if (because === null) throw new ReasonMissing(at);
  await source.transaction(async (manager) => {
    await lockTargets(manager, registryId);
    const stood = (await lastAt(manager, registryId, [at])).get(placeOf(at));
    if (!stood?.operator) throw new TargetUnknown(at);
    const { org, period, key } = stood;
    const version = stood.version + 1;
    const withdrawn = { org, period, key, version, operator: null, value: null, reason: because, recordedBy: name };
    await insertTargetVersions(manager, registryId, [withdrawn]);
    await recordAct(manager, actOf(principal, 'targets.withdraw', `${org} ${period} ${key}`, { reason: because }));
  });
}

/**
 * The targets of a period that the caller reaches, as they stand or stood at a moment: a day's end, a time, a seal or a
 * position of the ledger. A day may lie before the ledger begins.
 *
 * @throws {DomainError} when the period, the org or the moment cannot be read, or the moment lies in the future
 */
export async function readTargets(
  manager: EntityManager,
  principal: Principal,
  question: { readonly period?: string; readonly org?: string; readonly asOf?: string },
): Promise<TargetRow[]> {
  const { period, org, asOf } = question;
  const orgs = org === undefined ? [...principal.orgs] : [orgWithin(principal, org)];
  const periods = period === undefined ? null : [parsePeriod(period).code];
  const { registryId } = principal;
  const until = asOf === undefined ? null : await findEnd(manager, registryId, asOf);
  return findTargets(manager, registryId, { periods, orgs }, until);
}

/** A day has its end also before the ledger's first write; all else is a place in it. */
async function findEnd(manager: EntityManager, registryId: number, moment: string): Promise<Date> {
  if (!isCalendarDate(moment.slice(0, 10)))
    return instantOf(moment, await resolveAsOf(manager, registryId, moment)).ends;
  const { now } = await findPlaces(manager, registryId);
  return readPast(moment, 'asOf', now).ends;
}

/** Every version of one target, the first first; none if none was ever set. */
export async function readTargetHistory(
  manager: EntityManager,
  principal: Principal,
  { org, period, key }: { readonly org?: string; readonly period: string; readonly key: string },
): Promise<TargetVersion[]> {
  const place = { org: orgWithin(principal, org), period: parsePeriod(period).code, key };
  return findTargetVersions(manager, principal.registryId, place);
}

async function lastAt(
  manager: EntityManager,
  registryId: number,
  places: readonly TargetPlace[],
): Promise<Map<string, TargetVersion>> {
  return new Map((await findLastVersions(manager, registryId, places)).map((one) => [placeOf(one), one]));
}

function placeOf({ org, period, key }: TargetPlace): string {
  return `${org} ${period} ${key}`;
}

function requireFew(inputs: readonly TargetInput[]): void {
  if (inputs.length > AT_MOST) {
    throw new DomainError(
      'too_many_targets',
      { zh: `一次最多设定 ${AT_MOST} 个目标。`, en: `At most ${AT_MOST} targets are set at once.` },
      { field: 'targets' },
    );
  }
  const places = inputs.map(placeOf);
  const index = places.findIndex((place, at) => places.indexOf(place) < at);
  const twice = inputs[index];
  if (!twice) return;
  throw new DomainError(
    'target_twice',
    {
      zh: `${twice.org} ${twice.period} 的 ${twice.key} 写了两次，请只留一个。`,
      en: `${twice.key} of ${twice.org} in ${twice.period} stands there twice; keep one.`,
    },
    { field: 'key', index },
  );
}

class ReasonMissing extends DomainError {
  constructor({ org, period, key }: TargetPlace) {
    super(
      'reason_missing',
      {
        zh: `${org} ${period} 的 ${key} 已有目标，更改或撤销必须写明理由。`,
        en: `${key} of ${org} in ${period} has a target; say why it is changed or withdrawn.`,
      },
      { field: 'reason' },
    );
  }
}

class TargetUnknown extends DomainError {
  constructor({ org, period, key }: TargetPlace) {
    super(
      'target_unknown',
      { zh: `${org} ${period} 的 ${key} 没有目标。`, en: `${key} of ${org} in ${period} has no target.` },
      { field: 'key' },
    );
  }
}
