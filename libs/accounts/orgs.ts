import type { EntityManager } from 'typeorm';
import { DomainError } from '../core/domain-error';
import { isCalendarDate } from '../core/period';
import { actOf } from './act-of';
import { recordAct } from './audit';
import { findStaying, insertOrg, lockOrg, updateOrg, type KeptOrg } from './orgs.queries';
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
  const parent = orgWithin(principal, typeof input.parent === 'string' ? input.parent : undefined);
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
  const above = await lockOrg(manager, registryId, parent);
  if (above && above.closedOn !== null) {
    throw wrong(
      'parent',
      `机构“${parent}”已撤销，不能再设下级。`,
      `The org "${parent}" is closed; nothing goes below it.`,
    );
  }
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
  const before = await lockOrg(manager, registryId, org);
  if (!before) throw new Error('an org of the caller is there');
  const to = {
    nameZh: change.nameZh === undefined ? before.nameZh : readOrgName('nameZh', change.nameZh),
    nameEn: change.nameEn === undefined ? before.nameEn : readOrgName('nameEn', change.nameEn),
    closedOn: change.closedOn === undefined ? before.closedOn : readDay(change.closedOn),
  };
  if (to.closedOn !== null && to.closedOn !== before.closedOn) {
    await assertMayClose(manager, registryId, org, before.level, to.closedOn);
  }
  await updateOrg(manager, registryId, org, to);
  await recordAct(manager, actOf(principal, 'org.change', org, to));
  return { org, level: before.level, ...to };
}

async function assertMayClose(
  manager: EntityManager,
  registryId: number,
  org: string,
  level: string,
  day: string,
): Promise<void> {
  if (level === 'registry') {
    throw wrong('closedOn', '资料库本身不能撤销。', 'The registry itself cannot be closed.', 'org_stays');
  }
  const { lastDay, openBelow } = await findStaying(manager, registryId, org);
  if (openBelow !== null) {
    throw wrong(
      'closedOn',
      `下级机构“${openBelow}”还没有撤销，请先撤销它。`,
      `The org "${openBelow}" below it is open; close that first.`,
      'org_stays',
    );
  }
  if (lastDay !== null && lastDay > day) {
    throw wrong(
      'closedOn',
      `机构“${org}”在 ${lastDay} 还有登记，撤销日期不能早于这一天。`,
      `The org "${org}" has an entry of ${lastDay}; it cannot close before that day.`,
      'org_stays',
    );
  }
}

function readDay(value: unknown): string | null {
  if (value === null || (typeof value === 'string' && isCalendarDate(value))) return value;
  throw wrong('closedOn', '撤销日期应写成 2024-05-31 的样子。', 'The closing day is written like 2024-05-31.');
}

function wrong(field: string, zh: string, en: string, code = 'field_not_readable'): DomainError {
  return new DomainError(code, { zh, en }, { field });
}
