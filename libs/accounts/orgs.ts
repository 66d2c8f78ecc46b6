import type { EntityManager } from 'typeorm';
import { DomainError } from '../core/domain-error';
import { isCalendarDate } from '../core/period';
import { actOf } from './act-of';
import { recordAct } from './audit';
import { findStaying, insertOrg, lockOrg, lockWriters, takeOrgPosition, updateOrg, type KeptOrg } from './orgs.queries';
import { orgWithin, type Principal } from './principal';
import { readOrgCode, readOrgName } from './registry-input';

/** What an org below the registry can be. */
export const ORG_LEVELS = ['city', 'county', 'station', 'university'] as const;

export interface OrgInput {
  readonly code?: unknown;
  readonly parent?: unknown;
  readonly level?: unknown;
  readonly nameZh?: unknown;
  readonly nameEn?: unknown;
}

export interface OrgChange {
  readonly nameZh?: unknown;
  readonly nameEn?: unknown;
  /** `YYYY-MM-DD`, the last day of which it may log; null opens it again. */
  readonly closedOn?: unknown;
}

export interface OrgView extends KeptOrg {
  readonly org: string;
}

/**
 * Adds an org below one of the caller's (R14: there it stays once it has entries).
 *
 * @throws {DomainError} when a field cannot be used, the parent is closed, or the code is taken
 */
export async function addOrg(manager: EntityManager, principal: Principal, input: OrgInput): Promise<OrgView> {
  const { registryId } = principal;
  const org = readOrgCode('code', input.code);
  const parent = orgWithin(principal, readParent(input.parent));
  const level = ORG_LEVELS.find((one) => one === input.level);
  if (level === undefined) {
    throw wrong(
      'level',
      `机构类别应是 ${ORG_LEVELS.join('、')} 之一。`,
      `The level is one of ${ORG_LEVELS.join(', ')}.`,
    );
  }
  const nameZh = readOrgName('nameZh', input.nameZh);
  const nameEn = readOrgName('nameEn', input.nameEn ?? nameZh);
  await lockWriters(manager, registryId);
  const above = await lockOrg(manager, registryId, parent);
  if (above && above.closedOn !== null) {
    throw wrong(
      'parent',
      `机构“${parent}”已撤销，不能再设下级。`,
      `The org "${parent}" is closed; nothing goes below it.`,
    );
  }
  await takeOrgPosition(manager, registryId, principal.name);
  if (!(await insertOrg(manager, registryId, { org, parent, level, nameZh, nameEn }))) {
    throw wrong('code', `代码“${org}”已有机构使用。`, `The code "${org}" is taken.`, 'org_code_taken');
  }
  await recordAct(manager, actOf(principal, 'org.add', org, { parent, level, nameZh }));
  return { org, level, nameZh, nameEn, closedOn: null };
}

/**
 * Renames an org, closes it on a day, or opens it again.
 *
 * @throws {DomainError} when it lies outside the caller's subtree, has entries after that day or an open org below it
 */
export async function changeOrg(
  manager: EntityManager,
  principal: Principal,
  code: string,
  change: OrgChange,
): Promise<OrgView> {
  const { registryId } = principal;
  const org = orgWithin(principal, code);
  // Before the org's own row, as whoever writes entries takes them.
  await lockWriters(manager, registryId);
  const before = await lockOrg(manager, registryId, org);
  if (!before) throw new Error('an org of the caller is there');
  const to = {
    nameZh: change.nameZh === undefined ? before.nameZh : readOrgName('nameZh', change.nameZh),
    nameEn: change.nameEn === undefined ? before.nameEn : readOrgName('nameEn', change.nameEn),
    closedOn: change.closedOn === undefined ? before.closedOn : readDay(change.closedOn),
  };
  const after = { org, level: before.level, ...to };
  if (to.nameZh === before.nameZh && to.nameEn === before.nameEn && to.closedOn === before.closedOn) return after;
  if (to.closedOn !== before.closedOn) await assertMayClose(manager, registryId, after);
  await takeOrgPosition(manager, registryId, principal.name);
  await updateOrg(manager, registryId, org, to);
  await recordAct(manager, actOf(principal, 'org.change', org, to));
  return after;
}

/** @param closedOn null when it opens again */
async function assertMayClose(
  manager: EntityManager,
  registryId: number,
  { org, level, closedOn }: OrgView,
): Promise<void> {
  if (level === 'registry') throw stays('资料库本身不能撤销。', 'The registry itself cannot be closed.');
  const { lastDay, openBelow, closedAbove } = await findStaying(manager, registryId, org, closedOn);
  if (closedAbove !== null && (closedOn === null || closedOn > closedAbove)) {
    throw stays(
      `上级机构已于 ${closedAbove} 撤销，下级不能开到那一天之后。`,
      `The org above it closed on ${closedAbove}; this one cannot be open after that day.`,
    );
  }
  if (closedOn === null) return;
  if (openBelow !== null) {
    throw stays(
      `下级机构“${openBelow}”在 ${closedOn} 之后还没有撤销，请先撤销它。`,
      `The org "${openBelow}" below it is open after ${closedOn}; close that first.`,
    );
  }
  if (lastDay !== null && lastDay > closedOn) {
    throw stays(
      `机构“${org}”在 ${lastDay} 还有登记，撤销日期不能早于这一天。`,
      `The org "${org}" has an entry of ${lastDay}; it cannot close before that day.`,
    );
  }
}

function stays(zh: string, en: string): DomainError {
  return wrong('closedOn', zh, en, 'org_stays');
}

function readParent(value: unknown): string | undefined {
  if (value === undefined || typeof value === 'string') return value;
  throw wrong('parent', '上级机构应写机构代码。', 'The parent is the code of an org.');
}

function readDay(value: unknown): string | null {
  if (value === null || (typeof value === 'string' && isCalendarDate(value))) return value;
  throw wrong('closedOn', '撤销日期应写成 2024-05-31 的样子。', 'The closing day is written like 2024-05-31.');
}

function wrong(field: string, zh: string, en: string, code = 'field_not_readable'): DomainError {
  return new DomainError(code, { zh, en }, { field });
}
