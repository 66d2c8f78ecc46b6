import type { DataSource, EntityManager } from 'typeorm';
import { actOf } from '../accounts/act-of';
import { recordAct } from '../accounts/audit';
import type { Principal } from '../accounts/principal';
import type { Severity } from '../catalogue/quality-rule';
import { findQualityRule, QUALITY_RULES } from '../catalogue/quality-rules';
import { DomainError, type Sentence } from '../core/domain-error';
import { isUuid } from '../core/uuid';
import { checkFreeText } from '../ledger/entry-fields';
import {
  countFindings,
  countOwned,
  findEvents,
  findFinding,
  findFindings,
  findLastRun,
  findOwner,
  lockFinding,
  updateFinding,
  type EventRow,
  type FindingCount,
  type FindingCursor,
  type FindingRow,
  type FindingState,
  type OwnedFindings,
} from './findings.queries';
import { sentenceOf } from './sentence';

export const FINDING_STATES = ['open', 'acknowledged', 'resolved', 'gone'] as const satisfies readonly FindingState[];
/** Those that people set. */
export const SET_STATES = ['open', 'acknowledged', 'resolved'] as const satisfies readonly FindingState[];

export interface FindingView extends FindingRow {
  readonly sentence: Sentence;
}

export interface FindingPage {
  readonly findings: readonly FindingView[];
  readonly next: string | null;
}

/**
 * The findings of an org and those below it, the latest months first, a page at a time.
 *
 * @throws {DomainError} when there is no such rule, or the cursor cannot be read
 */
export async function listFindings(
  manager: EntityManager,
  scope: { readonly registryId: number; readonly org: string },
  page: {
    state?: FindingState;
    rule?: string;
    severity?: Severity;
    owner?: string;
    after?: string;
    limit?: number;
  } = {},
): Promise<FindingPage> {
  const { state = null, rule, severity, owner = null, limit = 50 } = page;
  if (rule !== undefined && !findQualityRule(rule)) {
    throw new DomainError(
      'rule_unknown',
      { zh: `没有代码为“${rule}”的规则。`, en: `There is no rule "${rule}".` },
      { field: 'rule' },
    );
  }
  const asked = QUALITY_RULES.filter(
    (one) => (rule === undefined || one.code === rule) && (severity === undefined || one.severity === severity),
  ).map(({ code }) => code);
  const rules = rule === undefined && severity === undefined ? null : asked;
  const found = await findFindings(manager, { ...scope, state, rules, owner }, readMark(page.after), limit + 1);
  const findings = found.slice(0, limit).map(viewOf);
  const last = findings.at(-1);
  return { findings, next: found.length > limit && last ? `${last.period}_${last.id}` : null };
}

export interface FindingSummary {
  readonly counts: readonly FindingCount[];
  /** The open ones that somebody has taken. */
  readonly mine: OwnedFindings;
  readonly ranAt: Date | null;
}

/**
 * How many findings of an org and those below it are not gone, by rule and org, how many of the open ones are somebody's,
 * and when the rules last looked.
 *
 * @param owner the name of an account
 */
export async function summariseFindings(
  manager: EntityManager,
  { registryId, org, owner }: { readonly registryId: number; readonly org: string; readonly owner: string },
): Promise<FindingSummary> {
  const counts = await countFindings(manager, registryId, org);
  const mine = await countOwned(manager, registryId, org, owner);
  return { counts, mine, ranAt: await findLastRun(manager, registryId) };
}

export interface FindingChange {
  readonly state?: unknown;
  /** The name of an account; null for nobody. */
  readonly owner?: unknown;
  readonly reason?: unknown;
}

/**
 * What a person says of a finding: whose it is, that it is right so (with the reason why), that it is resolved, or that
 * it is open after all. Each change is kept, and recorded.
 *
 * @throws {DomainError} when it lies outside the caller's reach, is gone, or a field cannot be used
 */
export async function changeFinding(
  source: DataSource,
  principal: Principal,
  id: string,
  change: FindingChange,
): Promise<FindingView & { history: EventRow[] }> {
  const { registryId } = principal;
  const state = readState(change.state);
  const reason = readReason(change.reason);
  return source.transaction('READ COMMITTED', async (manager) => {
    if (isUuid(id)) await lockFinding(manager, registryId, id);
    const before = isUuid(id) ? await findFinding(manager, registryId, id) : undefined;
    if (!before || !principal.orgs.has(before.org)) throw findingUnknown(id);
    if (before.state === 'gone') throw findingGone();
    const to = {
      state: state ?? before.state,
      owner: change.owner === undefined ? before.owner : await readOwner(manager, principal, change.owner),
      reason: reason ?? (state === undefined || state === before.state ? before.reason : null),
    };
    if (to.state === 'acknowledged' && to.reason === null) throw reasonMissing();
    if (to.state !== before.state || to.owner !== before.owner || to.reason !== before.reason) {
      await updateFinding(manager, { registryId, id, actor: principal.name }, to);
      const act = actOf(principal, 'quality.change', id, { rule: before.rule, from: before.state, ...to });
      await recordAct(manager, { ...act, org: before.org });
    }
    return { ...viewOf({ ...before, ...to }), history: await findEvents(manager, registryId, id) };
  });
}

function viewOf(row: FindingRow): FindingView {
  return { ...row, sentence: sentenceOf(row) };
}

function readMark(text: string | undefined): FindingCursor | null {
  if (text === undefined) return null;
  const [, period, id] = /^((?:\d{4}-\d{2})?)_(.*)$/.exec(text) ?? [];
  if (period !== undefined && id !== undefined && isUuid(id)) return { period, id };
  throw new DomainError(
    'cursor_not_readable',
    { zh: '翻页标记无法识别，请从第一页重新打开。', en: 'The page mark cannot be read; start from the first page.' },
    { field: 'after' },
  );
}

function readState(value: unknown): FindingState | undefined {
  if (value === undefined) return undefined;
  const state = SET_STATES.find((one) => one === value);
  if (state) return state;
  const known = SET_STATES.join('、');
  throw wrong('state', `状态应是 ${known} 之一。`, `The state is one of ${SET_STATES.join(', ')}.`);
}

function readReason(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'string') throw wrong('reason', '理由应是文字。', 'The reason is a text.');
  return checkFreeText(value.trim() || null, 'reason') ?? undefined;
}

async function readOwner(manager: EntityManager, { registryId, orgs }: Principal, value: unknown) {
  if (value === null) return null;
  const account = typeof value === 'string' ? await findOwner(manager, registryId, value) : undefined;
  if (account && orgs.has(account.org)) return value as string;
  throw new DomainError(
    'owner_unknown',
    {
      zh: '负责人应是本机构或下级机构中可登录的账号名。',
      en: 'The owner is the name of an account of this org, or of one below it, that can sign in.',
    },
    { field: 'owner' },
  );
}

function reasonMissing(): DomainError {
  return wrong('reason', '确认无误须写明理由。', 'Say why it is right so.', 'reason_missing');
}

function findingUnknown(id: string): DomainError {
  return new DomainError('finding_unknown', {
    zh: `没有编号为“${id}”的数据质量问题。`,
    en: `There is no finding "${id}".`,
  });
}

function findingGone(): DomainError {
  return new DomainError('finding_gone', {
    zh: '这个问题已经不存在，无需处理。请刷新列表。',
    en: 'This problem is there no more; nothing is to be done. Load the list anew.',
  });
}

function wrong(field: string, zh: string, en: string, code = 'field_not_readable'): DomainError {
  return new DomainError(code, { zh, en }, { field });
}
