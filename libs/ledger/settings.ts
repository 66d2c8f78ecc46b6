import type { DataSource, EntityManager } from 'typeorm';
import { QueryFailedError } from 'typeorm';
import { findRootOrg } from '../accounts/accounts.queries';
import { actOf } from '../accounts/act-of';
import { recordAct } from '../accounts/audit';
import type { Principal } from '../accounts/principal';
import { findChoice, timelineOf } from '../catalogue/effective';
import { ALL_SETTINGS, type ChoiceOfSetting, type SettingDefinition } from '../catalogue/settings';
import { DomainError } from '../core/domain-error';
import { dateInShanghai, parsePeriod } from '../core/period';
import { lockRegistry } from './append.queries';
import { checkFreeText } from './entry-fields';
import { callChooseSetting, findChosen, findRecordedChoices, type RecordedChoice } from './settings.queries';

/** A setting as an office sees it: what may be chosen, and what was. */
export interface SettingView {
  readonly key: string;
  readonly label: SettingDefinition['label'];
  readonly choices: readonly (Pick<ChoiceOfSetting, 'code' | 'label' | 'effect'> & {
    /** The metrics and indicators that mean something else where this is chosen. */
    readonly changes: readonly string[];
  })[];
  /** What holds where nothing was chosen. */
  readonly default: string;
  /** What holds from which month on, the oldest first; before the first of them the default does. */
  readonly timeline: readonly { readonly number: number; readonly choice: string; readonly since: string }[];
  /** Every choice that was ever made, in the order of choosing. */
  readonly history: readonly RecordedChoice[];
}

export async function readSettings({ manager }: DataSource, registryId: number): Promise<SettingView[]> {
  const chosen = await findRecordedChoices(manager, registryId);
  return ALL_SETTINGS.map(({ key, label, choices }) => ({
    key,
    label,
    choices: choices.map(({ code, label: name, effect, metrics = {}, indicators = {} }) => {
      return { code, label: name, effect, changes: [...Object.keys(metrics), ...Object.keys(indicators)] };
    }),
    default: choices[0].code,
    timeline: timelineOf(key, chosen).map(({ number, choice, since }) => ({ number, choice, since })),
    history: chosen.filter((one) => one.key === key),
  }));
}

export interface SettingInput {
  readonly key?: unknown;
  readonly choice?: unknown;
  /** `YYYY-MM`. */
  readonly since?: unknown;
  readonly reason?: unknown;
}

/**
 * Chooses which of its meanings a definition has from a month on, for the whole registry (R15). Whoever computes next
 * computes every value anew; those of closed months stay as they are.
 *
 * @returns the number of the choice
 * @throws {DomainError} when there is no such setting or choice, the month is closed or no month, the reason is missing,
 *   or the choice holds there already
 */
export async function chooseSetting(
  manager: EntityManager,
  principal: Principal,
  input: SettingInput,
): Promise<number> {
  const { registryId } = principal;
  const { key, choice, since, reason } = readInput(input);
  if (principal.org !== (await findRootOrg(manager, registryId))) {
    throw wrong(
      'key',
      'setting_of_registry',
      '口径由资料库统一选择，请资料库的管理员来改。',
      'A meaning holds for the whole registry: an administrator of the registry chooses it.',
    );
  }
  // What holds is looked at under the lock that the choice is written under.
  await lockRegistry(manager, registryId);
  const before = timelineOf(key, await findChosen(manager, registryId)).findLast((one) => one.since <= since);
  const holds = before?.choice ?? ALL_SETTINGS.find((one) => one.key === key)!.choices[0].code;
  if (holds === choice) {
    throw wrong(
      'choice',
      'setting_unchanged',
      `${since} 起已经是这个选择。`,
      `That is chosen from ${since} on already.`,
    );
  }
  const actor = principal.name;
  const number = await callChooseSetting(manager, registryId, { key, choice, since, reason, actor }).catch(explain);
  await recordAct(manager, actOf(principal, 'settings.choose', key, { choice, since, reason, number }));
  return number;
}

function readInput({ key, choice, since, reason }: SettingInput) {
  const setting = ALL_SETTINGS.find((one) => one.key === key);
  if (!setting) {
    const keys = ALL_SETTINGS.map((one) => one.key).join('、');
    throw wrong('key', 'setting_unknown', `没有这项设置，可选：${keys}。`, `There is no such setting: ${keys}.`);
  }
  const chosen = typeof choice === 'string' ? findChoice(setting.key, choice) : undefined;
  if (!chosen) {
    const codes = setting.choices.map(({ code }) => code).join('、');
    throw wrong('choice', 'choice_unknown', `没有这个选择，可选：${codes}。`, `There is no such choice: ${codes}.`);
  }
  if (typeof since !== 'string' || !/^\d{4}-\d\d$/.test(since) || parsePeriod(since).grain !== 'month') {
    throw wrong('since', 'month_not_readable', '起始月份应写作 2024-05。', 'Write the month as 2024-05.');
  }
  const latest = `${Number(dateInShanghai(new Date()).slice(0, 4)) + 1}-12`;
  if (since > latest) {
    throw wrong(
      'since',
      'month_too_late',
      `起始月份最晚可以是 ${latest}；再往后的口径到时再选。`,
      `The month may be ${latest} at the latest; choose what holds after it when the time comes.`,
    );
  }
  if (typeof reason !== 'string' || reason.trim() === '') {
    throw wrong('reason', 'reason_missing', '请写明改变口径的理由。', 'Say why the meaning changes.');
  }
  checkFreeText(reason, 'reason');
  return { key: setting.key, choice: chosen.code, since, reason: reason.trim() };
}

function explain(error: unknown): never {
  const driven = error instanceof QueryFailedError ? (error.driverError as { constraint?: string }) : {};
  if (driven.constraint === 'setting_month') {
    throw wrong(
      'since',
      'setting_month_closed',
      '该月已结账，口径只能从未结账的月份起改变。请选一个未结账的月份。',
      'That month is closed: a meaning changes from an open month on. Choose an open one.',
    );
  }
  if (driven.constraint === 'setting_number_check') {
    throw wrong(
      'key',
      'settings_used_up',
      '这个资料库的口径已经改变过 999 次，不能再改变：每次改变都在版本号里占一个号，号已用完。',
      'The meanings of this registry have been changed 999 times and cannot be changed again: each change takes a number of its own within the versions, and there is none left.',
    );
  }
  throw error;
}

function wrong(field: string, code: string, zh: string, en: string): DomainError {
  return new DomainError(code, { zh, en }, { field });
}
