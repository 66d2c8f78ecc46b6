import type { DataSource } from 'typeorm';
import { actOf } from '../../libs/accounts/act-of';
import { recordAct } from '../../libs/accounts/audit';
import type { Principal } from '../../libs/accounts/principal';
import { INDICATORS } from '../../libs/catalogue/indicators';
import { METRICS } from '../../libs/catalogue/metrics';
import { readChangedValues, readChanges } from '../../libs/indicators/changes';
import type { Value } from '../../libs/indicators/values';
import { STATE_WORDS } from '../../libs/indicators/value-states';
import { timeInShanghai } from '../../libs/reports/shanghai-time';
import { requireFormat } from './format';
import { asCsv, asTable } from './table';

export interface ChangesOptions {
  readonly period: string;
  readonly since: string;
  readonly asOf?: string;
  readonly org?: string;
  readonly key?: string;
  readonly part?: 'numerator' | 'denominator';
  readonly format: string;
}

const LABELS = new Map<string, string>([...METRICS, ...INDICATORS].map(({ key, label }) => [key, label.zh]));
const SHOWN = 1000;

function toldOf({ state, value }: Value): string {
  return value ?? STATE_WORDS[state].zh;
}

/**
 * Which figures of a period differ between two moments; with a key, the entries that moved it.
 *
 * @throws {DomainError} when a moment, the period, the org or the key cannot be read
 */
export async function printChanges(source: DataSource, owner: Principal, options: ChangesOptions): Promise<string> {
  requireFormat(options.format, ['table', 'json', 'csv']);
  const { format, key, part, ...between } = options;
  const { registryId } = owner;
  if (key === undefined) {
    const answer = await readChangedValues(source, { ...between, registryId });
    if (format === 'json') return `${JSON.stringify(answer, null, 2)}\n`;
    const rows = answer.changed.map(({ then, now, difference }) => ({
      key: now.key,
      then: toldOf(then),
      now: toldOf(now),
      difference: difference ?? '',
    }));
    if (format === 'csv') return asCsv(rows);
    if (rows.length === 0) return '没有数值变化。 No figure has changed.\n';
    return asTable(
      ['指标', '当时', '现在', '差额'],
      rows.map((row) => [LABELS.get(row.key) ?? row.key, row.then, row.now, row.difference]),
    );
  }
  const changes = await readChanges(source, { ...between, registryId, key, part, limit: SHOWN });
  await recordAct(source.manager, actOf(owner, 'entries.list', key, { ...between, rows: changes.entries.length }));
  if (format === 'json') return `${JSON.stringify(changes, null, 2)}\n`;
  const rows = changes.entries.map(({ recordedAt, ...one }) => ({ ...one, recordedAt: timeInShanghai(recordedAt) }));
  if (format === 'csv') return asCsv(rows);
  const { then, now, total, byMeaning } = changes;
  const table = asTable(
    ['日期', '记账月份', '机构', '计入', '记录时间', '编号 id'],
    rows.map((one) => [one.occurredOn, one.postedMonth, one.org, one.contribution, one.recordedAt, one.id]),
  );
  const more = changes.next === null ? '' : `只列出前 ${SHOWN} 条，请缩小机构或期间。 Only the first ${SHOWN}.\n`;
  const meaning = byMeaning === null ? '' : `口径改变：${byMeaning}，不属于任何登记。 Another meaning: ${byMeaning}.\n`;
  return `${LABELS.get(key) ?? key} ${toldOf(then)} → ${toldOf(now)}（${total?.sum}）\n${meaning}${table}${more}`;
}
