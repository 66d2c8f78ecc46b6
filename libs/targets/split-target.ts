import type { DataSource } from 'typeorm';
import { orgWithin, type Principal } from '../accounts/principal';
import { decimal, isDecimal, type DecimalString } from '../core/decimal';
import { DomainError } from '../core/domain-error';
import { rangeOf, sameMonthsLastYear } from '../core/month-range';
import { parsePeriod } from '../core/period';
import { findOrgs } from '../indicators/orgs.queries';
import { KeyUnknown } from '../indicators/values';
import { findDefinition } from './definition';
import { readRunning } from './running';
import { splitTarget, type SplitShare } from './split';
import { findTargets, type TargetRow } from './targets.queries';

export const SPLIT_WAYS = ['last_year', 'equal', 'given'] as const;
export type SplitWay = (typeof SPLIT_WAYS)[number];

export interface SplitQuestion {
  readonly org?: string;
  readonly period: string;
  readonly key: string;
  readonly by: SplitWay;
  /** Of every org that is to have a part; only with `given`. */
  readonly shares?: Readonly<Record<string, DecimalString>>;
  /** What does not go into whole units stays with the whole. */
  readonly keepRest?: boolean;
}

export interface ProposedPart {
  readonly org: string;
  /** Null where a rate goes down as it is. */
  readonly share: DecimalString | null;
  readonly value: DecimalString;
  /** What stands there now, if any does. */
  readonly standing: TargetRow | null;
}

/** How a target would be split. Nothing is written: `setTargets` takes the parts. */
export interface ProposedSplit {
  readonly whole: TargetRow;
  readonly by: SplitWay | 'as_it_is';
  readonly parts: readonly ProposedPart[];
  /** The parts and the remainder come to the whole; null of what does not add up over orgs. */
  readonly partsTotal: DecimalString | null;
  readonly remainder: DecimalString | null;
}

/**
 * How an org's target would be split over those directly below it. A rate and a typed
 * value are not split: they go down as they are.
 *
 * @throws {DomainError} when the org has no such target, none below it, or there are no shares to split by
 */
export async function proposeSplit(
  source: DataSource,
  principal: Principal,
  question: SplitQuestion,
): Promise<ProposedSplit> {
  const { by, keepRest = false } = question;
  const { whole, below, standing } = await findWhole(source, principal, question);
  const found = (org: string): TargetRow | null => standing.get(org) ?? null;
  if (!addsOverOrgs(whole.key)) {
    const parts = below.map((org) => ({ org, share: null, value: whole.value, standing: found(org) }));
    return { whole, by: 'as_it_is', parts, partsTotal: null, remainder: null };
  }
  const shares = await sharesOf(source, principal, question, below);
  const { parts, partsTotal, remainder } = splitTarget(whole.value, shares, keepRest);
  return { whole, by, parts: parts.map((part) => ({ ...part, standing: found(part.org) })), partsTotal, remainder };
}

/** A target and those that stand below it, with what no org below has. */
export interface StandingSplit {
  readonly whole: TargetRow;
  readonly parts: readonly TargetRow[];
  readonly partsTotal: DecimalString | null;
  readonly remainder: DecimalString | null;
}

/** @throws {DomainError} when the org has no such target, or none below it */
export async function readSplit(
  source: DataSource,
  principal: Principal,
  question: Pick<SplitQuestion, 'org' | 'period' | 'key'>,
): Promise<StandingSplit> {
  const { whole, below, standing } = await findWhole(source, principal, question);
  const parts = below.flatMap((org) => standing.get(org) ?? []);
  if (!addsOverOrgs(whole.key)) return { whole, parts, partsTotal: null, remainder: null };
  const total = parts.reduce((sum, { value }) => sum.plus(value), decimal('0'));
  return { whole, parts, partsTotal: total.toFixed(), remainder: decimal(whole.value).minus(total).toFixed() };
}

async function findWhole(
  source: DataSource,
  principal: Principal,
  { org: asked, period: code, key }: Pick<SplitQuestion, 'org' | 'period' | 'key'>,
): Promise<{ whole: TargetRow; below: string[]; standing: Map<string, TargetRow> }> {
  if (!findDefinition(key)) throw new KeyUnknown(key);
  const { registryId } = principal;
  const org = orgWithin(principal, asked);
  const period = parsePeriod(code);
  const orgs = await findOrgs(source.manager, registryId);
  const isOpen = (closedOn: string | null) => closedOn === null || closedOn >= `${period.firstMonth}-01`;
  const below = orgs.filter((one) => one.parent === org && isOpen(one.closedOn)).map((one) => one.org);
  const of = { periods: [period.code], orgs: [org, ...below] };
  const targets = (await findTargets(source.manager, registryId, of)).filter((one) => one.key === key);
  const standing = new Map(targets.map((target) => [target.org, target]));
  const whole = standing.get(org);
  if (!whole) throw nothingToSplit(org, period.code, key);
  if (below.length === 0) throw noneBelow(org);
  standing.delete(org);
  return { whole, below, standing };
}

/** Numbers of persons are split too, though they are counted anew above: their sum is then the most that can come. */
function addsOverOrgs(key: string): boolean {
  const adds = findDefinition(key)?.adds;
  return adds !== 'ratio' && adds !== 'reported';
}

async function sharesOf(
  source: DataSource,
  { registryId }: Principal,
  { by, period, key, shares = {} }: SplitQuestion,
  below: readonly string[],
): Promise<SplitShare[]> {
  if (by === 'equal') return below.map((org) => ({ org, share: '1' }));
  if (by === 'given') {
    const unknown = Object.entries(shares).find(([org, share]) => !below.includes(org) || !isDecimal(share));
    if (unknown) throw shareNotUsable(unknown[0], unknown[1]);
    return below.map((org) => ({ org, share: shares[org] ?? null }));
  }
  const { firstMonth, lastMonth } = parsePeriod(period);
  const range = sameMonthsLastYear(rangeOf(firstMonth, lastMonth));
  const scopes = below.map((org) => ({ org, own: false }));
  const values = await source.transaction('REPEATABLE READ', (manager) =>
    readRunning(manager, { registryId, range, scopes, keys: [key] }),
  );
  return values.map(({ org, value }) => ({ org, share: value }));
}

function shareNotUsable(org: string, share: string): DomainError {
  return new DomainError(
    'share_not_usable',
    {
      zh: `比例“${org}=${share}”不能用：应是直属下级机构的代码和一个数。`,
      en: `The share "${org}=${share}" is not usable: give an org directly below and a number.`,
    },
    { field: 'shares' },
  );
}

function nothingToSplit(org: string, period: string, key: string): DomainError {
  return new DomainError(
    'target_unknown',
    {
      zh: `${org} ${period} 的 ${key} 没有目标，请先设定再分解。`,
      en: `${key} of ${org} in ${period} has no target; set it first.`,
    },
    { field: 'key' },
  );
}

function noneBelow(org: string): DomainError {
  return new DomainError(
    'none_below',
    { zh: `${org} 没有下级机构，不能分解。`, en: `There is no org below ${org} to split to.` },
    { field: 'org' },
  );
}
